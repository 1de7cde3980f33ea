"""A reading as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transforms.records import Reading


def as_json(reading: Reading) -> str:
    """Everything but the page's own text twice; values are numbers, unknown slots null."""
    body = asdict(reading)
    del body["decoded"]["text"]
    for line in body["lines"]:
        line["text"] = reading.text[line["start"] : line["end"]]
    return json.dumps(body, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")
