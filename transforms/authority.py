"""The place that a document speaks for: what its 全省 and 全市 mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.places import PlaceMention, ancestors, choose, is_inside, level

if TYPE_CHECKING:
    from collections.abc import Sequence

_STORY = 3  # mentions of a place that make it the story's
_HELD_AT = re.compile(r"[^，。；]{0,4}(?:召开|举行|举办|开幕|闭幕|揭牌|签约)")


def held_at(text: str, p: PlaceMention) -> bool:
    """Whether a mention only tells where a meeting was held (在长沙召开).

    >>> from transforms.places import find_places
    >>> [held_at(t, find_places(t)[0]) for t in ("会议在长沙召开", "长沙召开会议")]
    [True, False]
    """
    return text[max(0, p.start - 1) : p.start] in ("在", "于") and bool(_HELD_AT.match(text, p.end))


def _deepest(mentions: Sequence[PlaceMention], code: str | None = None) -> str | None:
    for p in mentions:
        if p.kind == "country" and p.text in ("我国", "中国", "全国") and code is None:
            code = "100000"
        elif p.kind == "named":
            found = choose(p, code)
            if found and (code is None or is_inside(found, code)):
                code = found
    return code


def authority_of(
    title: Sequence[PlaceMention], source: Sequence[PlaceMention], body: Sequence[PlaceMention]
) -> tuple[str | None, str]:
    """The place that a part speaks for: the title's, if the body bears it out; else the issuing office's; else the body's."""
    votes: dict[str, int] = {}
    lead: list[PlaceMention] = []
    for p in body:
        if p.kind == "named" and not p.weak and (not lead or p.start == lead[-1].end):
            lead.append(p)
        if p.kind == "named":
            code = choose(p, None)
            if code:
                votes[code] = votes.get(code, 0) + 1
        elif p.kind == "country" and p.text in ("我国", "中国"):
            votes["100000"] = votes.get("100000", 0) + 1

    def borne_out(code: str, beyond: str = "") -> int:
        return sum(n for c, n in votes.items() if c == code or is_inside(c, code) or (c != beyond and is_inside(code, c)))

    most = max(votes.values(), default=0)
    for mentions, reason in ((title, "the title"), (source, "the issuing office")):
        code = _deepest(mentions)
        if code is None and mentions is title and (office := _deepest(source)):
            code = _deepest(title, office)  # 盐池 alone, told by a paper of 吴忠
            code = code if code != office else None
        if code and (5 * borne_out(code) >= most or most <= 2):
            return code, reason
    first = _deepest(lead)
    if first and 2 * borne_out(first, "100000") >= sum(votes.values()):
        return first, "the place that the text opens with"
    best = max(votes, key=lambda c: (votes[c], borne_out(c)), default=None)
    if best and 2 * borne_out(best) >= sum(votes.values()):
        return best, "the place that the text names most"
    return None, ""


def only_place_of(body: Sequence[PlaceMention], lead: int) -> tuple[str | None, str]:
    """The place of a story that names no other and opens with it (before `lead`): the deepest one that its names agree on."""
    named: list[tuple[PlaceMention, str]] = []
    for p in body:
        joined = bool(named) and named[-1][0].end == p.start  # 安徽潜山
        if p.kind == "named" and (not p.weak or joined) and (code := choose(p, named[-1][1] if joined else None)):
            named.append((p, code))
    codes = [c for _, c in named]
    country = sum(p.text in ("我国", "中国", "全国") for p in body)
    if country and 2 * country >= len(codes):
        return ("100000", "the only place that the text names") if not codes else (None, "")
    opening = {c for p, c in named if p.start < lead}
    for code in sorted(opening, key=lambda c: (-(level(c) or 0), -codes.count(c))):
        branch = {code, *ancestors(code)}
        if len(codes) >= _STORY and sum(c in branch or is_inside(c, code) for c in codes) >= 0.9 * len(codes):
            return code, "the only place that the text names"
    return None, ""
