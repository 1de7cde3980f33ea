"""What we know before reading anything: reviewed tables, each loaded by the one strict reader of this module."""

from __future__ import annotations

import csv
import dataclasses
import types
import typing
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parent
T = TypeVar("T")


class SeedError(ValueError):
    """A seed table that is not as its row class declares it; the message names file, line and remedy."""


def load(name: str, row: type[T], *, key: tuple[str, ...] = ("code",), root: Path = ROOT) -> tuple[T, ...]:
    """All rows of `seeds/<name>.csv` as frozen records.

    Lists are written with "|" between their members; an empty cell is "" for text, None for an optional field.

    Raises:
        SeedError: unknown or missing columns, a value of another type, a key that stands twice.
    """
    path = root / f"{name}.csv"
    fields = dataclasses.fields(row)  # type: ignore[arg-type]
    types_of = typing.get_type_hints(row)
    wanted = [f.name for f in fields]
    rows: list[T] = []
    seen: dict[tuple[Any, ...], int] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != wanted:
            extra, missing = sorted(set(header) - set(wanted)), sorted(set(wanted) - set(header))
            raise SeedError(
                f"{path}:1: columns should be {','.join(wanted)} (unknown: {extra or 'none'}, missing: {missing or 'none'})"
            )
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            if len(cells) != len(wanted):
                raise SeedError(f"{where}: {len(cells)} cells where {len(wanted)} are declared; check the commas and quotes")
            made = row(*(_value(text, types_of[column], where, column) for column, text in zip(wanted, cells, strict=True)))
            natural = tuple(getattr(made, k) for k in key)
            if natural in seen:
                raise SeedError(
                    f"{where}: {'/'.join(map(str, natural))} stands already on line {seen[natural]}; remove one of them"
                )
            seen[natural] = reader.line_num
            rows.append(made)
    return tuple(rows)


def refuse_clashes(name: str, aliases: typing.Iterable[tuple[str, str]]) -> None:
    """Check that no alias names two codes.

    Raises:
        SeedError: it does; both codes are named.
    """
    owner: dict[str, str] = {}
    for alias, code in aliases:
        if owner.setdefault(alias, code) != code:
            raise SeedError(
                f"seeds/{name}.csv: the alias {alias!r} is claimed by {owner[alias]} and by {code}; keep it with one of them"
            )


def _value(text: str, kind: Any, where: str, column: str) -> Any:
    text = text.strip()
    if isinstance(kind, types.UnionType):
        if not text:
            return None
        kind = next(a for a in typing.get_args(kind) if a is not type(None))
    if typing.get_origin(kind) is tuple:
        return tuple(part for part in text.split("|") if part)
    try:
        if kind is bool:
            return {"yes": True, "no": False}[text]
        if kind is date:
            return date.fromisoformat(text)
        return kind(text)
    except (ValueError, KeyError, InvalidOperation):
        expected = {bool: "yes or no", date: "a date such as 2020-12-31", int: "a whole number", Decimal: "a number"}.get(
            kind, kind.__name__
        )
        raise SeedError(f"{where}: column {column} holds {text!r}; {expected} is expected") from None
