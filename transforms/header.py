"""What the page says of itself: title, date of publication, source. A date of an event is never taken for the page's."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from transforms.numerals import DIGITS, parse
from transforms.records import Header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.records import Line, Page

_DATE = re.compile(r"((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})\s*(?:[-./月]\s*(\d{1,2})?日?)?")
_CLOCK = re.compile(
    r"(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}"
)  # the moment of publication, never that of an event
_CHINESE = re.compile(
    r"([一二][零〇○0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日?)?"
)
_LABELLED = re.compile(r"(?:发布|更新|生成|成文|发文|公开|印发)?(?:日期|时间)\s*[:：]\s*|(?:发布|印发)\s*[:：]\s*")
_OWN_DATE = re.compile(r"(?:发文|成文|生成|印发)日期\s*[:：]\s*(?:((?:19|20)\d{2})(\d{2})(\d{2})(?!\d))?")
_SOURCE = re.compile(r"(?:信息来源|文章来源|来源|稿源|发布机构|发文机关|发文单位|作者单位)\s*[:：]\s*([^\s|｜,，;；]{2,30})")
_OFFICE = re.compile(r"^[\u4e00-\u9fff]{3,24}(?:局|厅|委员会|政府|办公室|法院|中心|调查队|研究室)$")


def read_header(text: str, lines: Sequence[Line], page: Page) -> Header:
    """Title, date and source of a page, each with where it was found; None and "" where the page does not tell."""
    title = next((text[x.start : x.end].strip() for x in lines if x.role == "title"), "")
    published, reason = _published(text, lines, page)
    source, source_reason = _source(text, lines)
    if not source and page.meta.get("source"):
        source, source_reason = page.meta["source"], "meta"
    return Header(title, published, reason, source, source_reason)


def _published(text: str, lines: Sequence[Line], page: Page) -> tuple[date | None, str]:
    for line in [x for x in lines if x.role != "empty"][:8]:  # a document's own date before the page's
        if m := _OWN_DATE.search(text[line.start : line.end]):
            found = _made(*map(int, m.groups()[:3])) if m.group(1) else _first_date(text[line.start : line.end], m.end())
            if found:
                return found, "document"
    bylines = [x for x in lines if x.role == "byline"]
    body = next((x.start for x in lines if x.role == "body"), len(text))
    heads = [x for x in lines if x.role in ("byline", "furniture", "title") and x.start < body][:6]
    stamped = [x for x in heads if x.role == "title" and _CLOCK.search(text, x.start, x.end)]
    for line in [*stamped, *bylines, *heads]:
        s = text[line.start : line.end]
        label = _LABELLED.search(s)
        if (found := _first_date(s, label.end() if label else 0)) and (label or line.role != "title" or _CLOCK.search(s)):
            return found, "byline"
    if (meta := page.meta.get("published")) and (found := _first_date(meta, 0)):
        return found, "meta"
    for line in [x for x in lines if x.role != "empty"][:3]:
        s = text[line.start : line.end].strip()
        if (len(s) < 40 and re.fullmatch(r"[（(]?.{0,3}" + _CHINESE.pattern + r".{0,12}", s)) or (len(s) < 60 and "印发" in s):
            if found := _first_date(s, 0):
                return found, "byline"
    for line in reversed([x for x in lines if x.role != "empty"][-6:]):
        s = text[line.start : line.end].strip()
        if len(s) <= 40 and (m := _DATE.search(s) or _CHINESE.search(s)) and m.end() >= len(s) - 3:
            if found := _first_date(s, m.start()):
                return found, "signature"
    if (stated := page.meta.get("stated")) and (found := _first_date(stated, 0)):
        return found, "page"
    return None, ""


def _first_date(s: str, start: int) -> date | None:
    for m in _DATE.finditer(s, start):
        if found := _made(int(m.group(1)), int(m.group(2)), int(m.group(3) or 1)):
            return found
    if c := _CHINESE.search(s, start):
        year = int("".join(str(DIGITS.get(x, 0)) for x in c.group(1)))
        return _made(year, int(parse(c.group(2)) or 0), int(parse(c.group(3) or "一") or 1))
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _source(text: str, lines: Sequence[Line]) -> tuple[str, str]:
    for line in lines:
        if line.role in ("byline", "furniture", "title") and (m := _SOURCE.search(text[line.start : line.end])):
            return m.group(1), "byline"
    for line in lines:
        if line.role == "byline":
            first = re.split(r"\s{1,}|｜|\|", text[line.start : line.end].strip())[0]
            if _OFFICE.match(first):
                return first, "byline"
    for line in lines[-6:]:
        s = text[line.start : line.end].strip()
        if _OFFICE.match(s) and 4 < len(s) < 25:
            return s, "signature"
    return "", ""
