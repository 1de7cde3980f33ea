"""The report: one static page that works offline, in Chinese and English, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from flows import figures
from flows.outcome import shown_uri
from flows.query import published, shown

if TYPE_CHECKING:
    from decimal import Decimal

    from flows.settings import Settings

_SCRIPTS = {"simplified": "简体 simplified", "traditional": "繁体 traditional", "mixed": "简繁混用 mixed"}
LIMIT = 100  # rows of a table; the warehouse has them all


def write_report(settings: Settings) -> None:
    """Write the page for the current release, whole or not at all."""
    with published(settings) as connection:
        page = _template().render(
            release=(settings.published / "current").resolve().name,
            totals=figures.totals(connection),
            categories=figures.categories(connection),
            verdicts=figures.verdicts(connection),
            documents=figures.documents(connection, LIMIT),
            figures=figures.top_figures(connection, LIMIT),
            repaired=figures.repaired(connection, LIMIT),
            repair_kinds=figures.repair_kinds(connection),
            quarantine=figures.quarantine(connection, LIMIT),
            unread=figures.unread(connection, LIMIT),
            scripts=_SCRIPTS,
            limit=LIMIT,
        )
    settings.report.parent.mkdir(parents=True, exist_ok=True)
    temporary = settings.report.with_name(f".{settings.report.name}.tmp")
    temporary.write_text(page, encoding="utf-8")
    temporary.replace(settings.report)


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("flows"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(value=_value, uri=shown_uri, place=_place, marked=_marked)
    return environment.get_template("report.html")


def _value(value: Decimal) -> str:
    """A number with its thousands apart.

    >>> from decimal import Decimal
    >>> _value(Decimal("4149000000.000000")), _value(Decimal("7.50"))
    ('4,149,000,000', '7.5')
    """
    whole, _, fraction = shown(value).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "") if whole not in ("-0", "") else shown(value)


def _place(uri: str) -> str:
    """The last part of an address."""
    return shown_uri(uri).rstrip("/").rpartition("/")[2] or uri


def _marked(sentence: str, words: str) -> Markup:
    """The sentence with the words marked.

    >>> _marked("授权<3>件", "3")
    Markup('授权&lt;<mark>3</mark>&gt;件')
    """
    before, found, after = sentence.partition(words)
    return escape(before) + (Markup("<mark>") + escape(found) + Markup("</mark>") if found else "") + escape(after)
