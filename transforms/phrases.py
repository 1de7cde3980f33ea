"""What the words before (or behind) a number say: the evidence, the scope, and what is left unexplained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import seeds
from transforms.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transforms.clauses import Layout, Word

# A slice of a place: an industry, a field, a firm, a park, a court ... recognised by how its name ends.
_SCOPE_ENDS = (
    "产业", "行业", "领域", "公司", "集团", "研究院", "研究所", "大学", "学院", "经济技术开发区", "高新技术产业园区",
    "高新技术产业开发区", "技术产业开发区", "开发区", "高新区", "经开区", "产业园区", "工业园区", "园区", "自贸区", "保税区",
    "机器人", "芯片", "材料", "医药", "能源", "智能", "装备", "通信", "区块链", "大数据", "云计算", "物联网", "集成电路", "汽车", "电池",
    "光伏", "接口", "类作品", "法院", "法庭", "展会", "博览会", "广交会", "交易会", "进博会", "交易中心", "纠纷", "团队", "技术", "渠道",
)  # fmt: skip
_SCOPE_NAME = re.compile(r"[A-Za-z0-9\u3400-\u9fff·“”]{0,14}?(?:" + "|".join(sorted(_SCOPE_ENDS, key=len, reverse=True)) + r")$")
_ORGAN = re.compile(
    r"(?:其中|目前|截至目前|[，,])?([\u4e00-\u9fffA-Za-z]{2,14}?(?:股份有限公司|有限责任公司|有限公司|集团公司|研究院|研究所|交易中心)|该[院校所]|该公司|该企业|该集团)"
)
_TURNS = frozenset({"share", "rank", "to", "yoy"})
_TECHNOLOGY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{3,10}")
_FIELD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,10}?(?:领域|产业(?![园链集带化基])|行业)")
_CODE_NAME = re.compile(r"[0-9]?[A-Z][A-Z0-9]{0,3}|[0-9][A-Z]")  # 6G, AI
_ONLY_HAN = re.compile(r"[A-Za-z\u3400-\u9fff]+")
_SPAN = re.compile(r"(?<![一二三四五六七八九十两\d])[一二三四五六七八九十两\d]+(?:多|余)?年")
_PUNCT = re.compile(r"[\s“”\"'‘’《》〈〉【】\[\]()（）,，、。；;：:！!？?…—\-·|/]+")
_HAN = re.compile(r"[\u3400-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A word that names a slice of a place, and the slice's usual name."""

    word: str
    scope: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a clause read for its evidence."""

    start: int
    end: int
    tags: frozenset[str]
    scope: str
    residual: str  # what no lexicon explains
    words: tuple[Word, ...]

    def cue(self, *kinds: str) -> Word | None:
        """The last cue of one of the kinds."""
        return next((w for w in reversed(self.words) if w.kind in kinds), None)


@cache
def _scopes() -> Matcher[str]:
    return Matcher({r.word: r.scope for r in seeds.load("scopes", ScopeRow, key=("word",))})


def read_phrase(layout: Layout, start: int, end: int, *, scoped: bool = True) -> Phrase:
    """The evidence of `text[start:end]`; places and periods are set aside, known words counted, the rest kept as residual."""
    words = layout.words_in(start, end)
    covered: list[tuple[int, int]] = [(p.start, p.end) for p in layout.periods if start <= p.start and p.end <= end]
    terms = [w for w in words if w.kind == "term"]
    for p in layout.places:
        if (
            start <= p.start
            and p.end <= end
            and not p.weak
            and not any(w.start <= p.start and p.end <= w.end and "china" not in w.tags for w in terms)
        ):
            covered.append((p.start, p.end))
    tags: set[str] = set()
    for w in terms:
        tags |= w.tags
    scope, scope_span = _scope(layout, start, end, terms, covered) if scoped else ("", None)
    if scope_span:
        covered.append(scope_span)
        tags = set().union(*(w.tags for w in terms if not (scope_span[0] <= w.start and w.end <= scope_span[1])))
    rest = _left_over(layout.text, start, end, [*covered, *((w.start, w.end) for w in words)])
    return Phrase(start, end, frozenset(tags), scope, rest, tuple(words))


def _left_over(text: str, start: int, end: int, covered: Iterable[tuple[int, int]]) -> str:
    out, at = [], start
    for low, high in sorted(covered):
        if low > at:
            out.append(text[at:low])
        at = max(at, high)
    if at < end:
        out.append(text[at:end])
    return _PUNCT.sub("", _SPAN.sub("", "".join(out)))


def _scope(
    layout: Layout, start: int, end: int, terms: list[Word], covered: list[tuple[int, int]]
) -> tuple[str, tuple[int, int] | None]:
    """The slice that the phrase names: a listed owner, or a name that ends as slices do, before the words of the subject."""
    text = layout.text
    if layout.text[start : start + 1] in ("为", "助", "帮"):
        return "", None  # whom it helps is not whose it is
    strong = [w for w in terms if w.tags - {"enterprise", "univ", "court", "case", "benefit", "china"}]
    limit = strong[0].start if strong else end
    if organ := _ORGAN.match(text, start, end):
        return organ.group(1), organ.span(1)
    edges = sorted((low, high) for low, high in covered if low < limit)
    for at, stop in _gaps(start, limit, edges):
        found = _named_in(layout, at, stop)
        if found[1]:
            return found
    if strong and edges and (slot := _between(layout, edges[-1][1], limit)):
        return slot, (edges[-1][1], limit)
    return "", None


def _between(layout: Layout, begin: int, limit: int) -> str:
    """A technology that stands right between a place and the words of the subject: 我国卫星导航专利申请."""
    head = layout.text[begin:limit]
    placed = any(p.end == begin for p in layout.places)
    return head if placed and _TECHNOLOGY.fullmatch(head) and not layout.words_in(begin, limit) else ""


def _gaps(start: int, limit: int, edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches between periods and places, the last first."""
    gaps, at = [], start
    for low, high in edges:
        if low > at:
            gaps.append((at, low))
        at = max(at, high)
    if at < limit:
        gaps.append((at, limit))
    return gaps[::-1]


def _named_in(layout: Layout, begin: int, limit: int) -> tuple[str, tuple[int, int] | None]:
    text = layout.text
    limit = next((w.start for w in layout.words_in(begin, limit) if w.kind in _TURNS and w.start > begin), limit)
    listed = [(s, e, v) for s, e, v in _scopes().find(text, begin, limit)]
    for s, e, v in reversed(listed):
        if text[e:limit].strip("的之共已有拥累计年获得中里内国家级所 ，,") in ("", "相关", "领域", "领域的"):
            behind = [x for x in listed if x[1] == s or text[x[1] : s] in ("和", "与", "、")]
            if behind:
                return text[behind[0][0] : e], (behind[0][0], limit)
            return v, (s, limit)
    for w in layout.words_in(begin, limit):
        if w.end <= limit and (
            w.kind in ("share", "rank", "among", "target", "each", "respectively")
            or (w.kind in ("up", "down", "to", "yoy") and len(w.text) > 1)
        ):
            begin = max(begin, w.end)
    head = text[begin:limit].rstrip("的之共已有拥累计年获得 ")
    for lead in ("其中", "从", "在", "由", "为", "对", "该", "我", "这家", "此外", "目前"):
        if head.startswith(lead):
            begin += len(lead)
            head = head[len(lead) :]
    if not head:
        return "", None
    if head.endswith(("法院", "中院")) and head.startswith(("各", "全", "两级", "基层", "三级")):
        return "", None  # all courts of the place
    if (m := _FIELD.match(head)) and len(head) - m.end() <= 4:
        return m.group(), (begin, begin + len(head))  # 氢能领域累计公开
    if head.endswith("相关") and 4 <= len(head) <= 12 and _ONLY_HAN.fullmatch(head) and head[-3] not in "在与和的":
        return head[:-2], (begin, begin + len(head))
    if head.endswith(("法院", "中院")) and any(begin <= p.start and p.end <= begin + len(head) for p in layout.places):
        return "", None  # a county's court tells the county
    if (
        head.endswith("类")
        and 3 <= len(head) <= 7
        and _ONLY_HAN.fullmatch(head)
        and (
            next_term := next(
                (w for w in layout.words_in(begin, layout.end) if w.kind == "term" and w.start >= begin + len(head)), None
            )
        )
    ):
        return head + next_term.text, (begin, begin + len(head))  # 陶瓷类作品
    if _CODE_NAME.fullmatch(head):
        return head, (begin, begin + len(head))
    if (len(head) >= 3 or head in ("公司", "集团", "法庭")) and _SCOPE_NAME.fullmatch(head):
        return head, (begin, begin + len(head))
    return "", None


def explained(phrase: Phrase) -> bool:
    """Whether next to nothing of the phrase is unknown, so that it may borrow the frame before it.

    A single left-over character is most often an adverb.
    """
    return len(_HAN.findall(phrase.residual)) <= 1
