"""One page from bytes to observations: the composition of all steps, and the file to read first.

    decode ► main text ► mend (repair, simplify, unspin) ► lines ► parts ► sentences ► numbers, periods, places ► statements

Everything is pure: the same bytes give the same reading, on any machine, at any time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.actors import names_office, protagonist
from transforms.authority import authority_of, held_at, only_place_of
from transforms.clauses import lay_out
from transforms.context import Setting
from transforms.decode import decode
from transforms.found import LONGEST, Found, covering
from transforms.frames import CARRIED, indicator, terms, topical
from transforms.header import read_header
from transforms.html import looks_like_html, read_html, read_text
from transforms.lines import classify, is_headline, join_figures, sentences, split_parts
from transforms.periods import find_periods, resolve
from transforms.places import find_places
from transforms.records import Observation, Reading, UnreadNumber
from transforms.repair import mend
from transforms.statements import read_sentence
from transforms.tables import read_tables
from transforms.terms import count_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transforms.numbers import Quantity
    from transforms.records import Header, Line, Part, RawPage
    from transforms.thread import Draft
    from transforms.traced import Traced

_REPORT = re.compile(r"工作报告|回顾|年度?总结|统计公报|年报")
_MENTIONS, _DENSE = 4, 110  # words of the subject that make a text one about it: so many, and one in so many characters
_AHEAD = re.compile(r"安排|计划|打算|目标|要点")
_REPORTING = 4  # months in which reports on the year before appear
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:新区|高新技术产业(?:园区|开发区)|经济技术开发区|高新技术开发区|高新区|经开区|开发区|产业园区?|自贸区|科学城)"
)
_HEADLINE = (", title", ", heading")
_CONFIDENCE = {"named": 0.95, "paired measures": 0.92, "paired places": 0.92, "each": 0.92, "value before noun": 0.85,
               "elliptic": 0.85, "elliptic change": 0.88, "paired changes": 0.88, "open": 0.6, "table": 0.95}  # fmt: skip


def read(page: RawPage) -> Reading:
    """Read one page. Never raises on content: what cannot be read is in `unread`, what is no Chinese text gives no observation."""
    decoded = decode(page)
    html = page.media == "html" or (page.media is None and looks_like_html(decoded.text))
    body = read_html(decoded.text) if html else read_text(decoded.text)
    mended = mend(body.text)
    text = mended.text.text
    lines = classify(text)
    header = read_header(text, lines, body)
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in text[:20000]) > 0.1 * min(len(text), 20000)
    observations: list[Observation] = []
    unread: list[UnreadNumber] = []
    parts = split_parts(text, lines)
    if chinese:
        found = Found(text)
        for number, part in enumerate(parts):
            drafts, missed = _read_part(text, lines, header, part, found, whole=len(parts) == 1)
            kept = _distinct(drafts)
            observations += [_trace(d, mended.text, decoded.text, number) for d in kept]
            unread += sorted([*missed, *_repeated(text, drafts, kept, found)], key=lambda u: u.start)
    return Reading(
        uri=page.uri, decoded=decoded, header=header, text=text, script=mended.script, spun_score=mended.spun_score, lines=lines,
        repairs=mended.repairs, observations=tuple(observations), unread=tuple(unread), terms=count_terms(text) if chinese else (),
        parts=len(parts), language="zh" if chinese else "other",
    )  # fmt: skip


def _read_part(
    text: str, lines: Sequence[Line], header: Header, part: Part, found: Found, *, whole: bool
) -> tuple[list[Draft], list[UnreadNumber]]:
    """All statements of one sub-document, and the numbers that are none."""
    setting = _setting(text, lines, header, part, found, whole=whole)
    mine = join_figures(text, [x for x in lines if part.start <= x.start and x.end <= part.end])
    drafts, tabled = read_tables(text, mine, setting)
    unread: list[UnreadNumber] = []
    for i, line in enumerate(mine):
        if i in tabled:
            read_at = covering((d.start, d.end) for d in drafts if line.start <= d.start < line.end)
            for q in found.inside(line.start, line.end)[0]:
                if not read_at(q):
                    unread.append(
                        _unread(
                            text,
                            q,
                            line.start,
                            line.end,
                            "a table's header, or a cell whose column tells no measure",
                            in_scope=False,
                        )
                    )
            continue
        setting.open_paragraph(line.start)
        if line.role == "heading":
            setting.open_section(text[line.start : line.end])
        readable = line.role in ("title", "heading", "body", "table")
        for start, end in (x for s, e in sentences(text, [line]) for x in found.stretches(s, e)):
            quantities, periods, places = found.inside(start, end)
            if not readable:
                unread += [_unread(text, q, start, end, f"the line is page {line.role}", in_scope=False) for q in quantities]
                continue
            layout = lay_out(text, start, end, quantities, periods, places)
            thread = read_sentence(layout, setting)
            if line.role == "title":
                setting.forget_period()  # the title's period is the default, no more
            role = line.role if line.role == "title" else "heading" if is_headline(text, line) else ""
            drafts += [replace(d, rule=f"{d.rule}, {role}") if role else d for d in thread.drafts]
            read_at = covering((d.start, d.end) for d in thread.drafts)
            for q in quantities:
                if not read_at(q) or q.start in thread.ignored:
                    reason = thread.ignored.get(q.start, q.klass)
                    unread.append(_unread(text, q, start, end, reason or "unread", in_scope=not reason))
    return drafts, unread


def _setting(text: str, lines: Sequence[Line], header: Header, part: Part, found: Found, *, whole: bool) -> Setting:
    """Authority, anchor and kind of a part."""
    title = header.title if whole else f"{part.hint} {part.heading}"
    titled = [
        p
        for p in find_places(title)
        if p.kind in ("named", "country", "relative", "group")
        and not held_at(title, p)
        and p.text not in ("国内", "国家知识产权局")
    ]
    source = find_places(header.source) if whole else []
    body_start = next((x.end for x in lines if x.role == "title"), part.start) if whole else part.start + len(part.heading)
    body = [p for p in found.inside(body_start, part.end)[2] if not held_at(text, p)]
    authority, reason = authority_of(titled, source, body)
    about_ip = _about_ip(title, text, part)
    if whole and not titled and not source and not about_ip:
        authority, reason = only_place_of(
            body, _lead(text, body_start)
        )  # a page of mixed news: each paragraph names its own place
    if authority is None and about_ip and not any(p.kind == "named" for p in body) and names_office(text, part.start, part.end):
        authority, reason = "100000", "a national office"
    if authority is None and not whole:
        authority, reason = authority_of(find_places(header.title), find_places(header.source), [])
    anchor = header.published_on
    setting = Setting(authority, reason, anchor, None)
    setting.ip_document = about_ip
    for p in find_periods(title) or (find_periods(header.title) if not whole else []):
        if p.kind == "plan" and not setting.ip_document:
            continue  # a slogan of the day
        if p.kind == "part" and p.year and _REPORT.search(title) and anchor and resolve(p, anchor, None) == f"{anchor:%Y-%m}":
            continue  # the month of the report, not its period
        if p.kind not in ("day", "now", "vague", "yoy") and p.role != "base" and setting.default_period is None:
            setting.default_period = resolve(p, anchor, anchor.year if anchor else None)
            if "政府工作报告" in title and p.kind == "year" and p.year and not _AHEAD.search(title):
                setting.default_period = str(p.year - 1)  # the report of a year is about the year before
    if (
        setting.default_period is None
        and anchor
        and anchor.month <= _REPORTING
        and _REPORT.search(title)
        and not _AHEAD.search(title)
    ):
        setting.default_period = str(anchor.year - 1)  # early in a year, a report looks back on the one before
    setting.protagonist = protagonist(title, text[body_start : part.end])
    setting.scope = _zone(title, text[part.start : part.end])
    setting.set_title(title)
    if setting.ip_document:
        tags = frozenset().union(*(t for _, _, t in terms().find(title)))
        setting.topic = tags & CARRIED
        setting.title_topic = indicator(setting.topic, "") is not None
    return setting


def _lead(text: str, start: int) -> int:
    """Where the opening ends: the first full stop behind the first 60 characters of the body."""
    stop = text.find("。", start + 60)
    return stop if stop > 0 else len(text)


def _zone(title: str, body: str) -> str:
    """The development zone that a title is about, by its full name where the text gives it."""
    m = _ZONE.search(title)
    if not m or any(p.kind == "named" and p.end == len(m.group()) for p in find_places(m.group())):
        return ""
    longer = [x for x in _ZONE.findall(body) if x.startswith(m.group()[:2])]
    return str(max([m.group(), *longer], key=len))


def _about_ip(title: str, text: str, part: Part) -> bool:
    """Whether a part is about intellectual property: its title says so, or its words do, often."""
    if any(topical(t) for _, _, t in terms().find(title)):
        return True
    if "工作报告" in title or "工作回顾" in title:
        return False  # a government's report is about everything
    hits = sum(1 for _, _, tags in terms().find(text, part.start, part.end) if topical(tags))
    return hits >= _MENTIONS and _DENSE * hits >= part.end - part.start


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """A figure that a headline repeats, or that is said twice, is one statement: the body's, the first."""
    seen: dict[tuple[object, ...], Draft] = {}
    for d in sorted(drafts, key=lambda d: (d.rule.endswith(_HEADLINE), d.start)):
        if d.rule.endswith(_HEADLINE) and any(_repeats(d, other) for other in seen.values()):
            continue
        key = (d.indicator, d.transformation, d.value, d.unit, d.scope, d.ref_area, d.status)
        same = seen.get(key)
        if same is None or same.time_period != d.time_period:
            seen[(*key, d.time_period) if same else key] = d
    return sorted(seen.values(), key=lambda d: (d.start, d.end))


def _repeats(headline: Draft, body: Draft) -> bool:
    """Whether the body says the same as a headline, with the same or closer words (专利申请 in the title is a PCT申请 below)."""
    alike = (headline.transformation, headline.value) == (body.transformation, body.value)
    return alike and (headline.indicator == body.indicator or headline.tags - {"asof", "new", "total"} < body.tags)


def _repeated(text: str, drafts: list[Draft], kept: list[Draft], found: Found) -> list[UnreadNumber]:
    """The numbers of the statements that `_distinct` left out."""
    read = covering((d.start, d.end) for d in kept)
    stay = {id(d) for d in kept}
    left = {q.start: (q, d) for d in drafts if id(d) not in stay for q in found.inside(d.start, d.end)[0]}
    reason = "the same statement stands elsewhere on the page"
    return [_unread(text, q, d.start, d.end, reason, in_scope=False) for q, d in left.values() if not read(q)]


def _trace(d: Draft, traced: Traced, page: str, part: int) -> Observation:
    raw_start, raw_end = traced.origin(d.start, d.end)
    return Observation(
        ref_area=d.ref_area, time_period=d.time_period, indicator=d.indicator, scope=d.scope, transformation=d.transformation,
        value=d.value, unit=d.unit, status=d.status, qualifier=d.qualifier, base=d.base, start=d.start, end=d.end,
        quote=traced.text[d.start : d.end], raw_start=raw_start, raw_end=raw_end, raw_quote=page[raw_start:raw_end], part=part,
        rule=d.rule, confidence=_CONFIDENCE.get(d.rule.removesuffix(", title"), 0.7), ref_area_reason=d.ref_area_reason,
        time_period_reason=d.time_period_reason, indicator_words=d.words,
    )  # fmt: skip


def _unread(text: str, q: Quantity, start: int, end: int, reason: str, *, in_scope: bool) -> UnreadNumber:
    low, high = max(start, q.start - LONGEST), min(end, q.end + LONGEST)
    return UnreadNumber(q.start, q.end, text[q.start : q.end], text[low:high].strip(), reason, in_scope)
