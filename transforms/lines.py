"""The part that each line plays on the page, and where one page holds several documents. Lines are marked, never deleted."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from seeds.tables import regions
from transforms.records import Line, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

_FURNITURE = re.compile(
    r"ICP\s*[备备案证]|公网安备|网出证|视听节目|增值电信|许可证|版权所有|版权声明|Copyright|©|All Rights Reserved|未经.{0,12}(?:授权|许可).{0,6}不得|"
    r"不得(?:转载|摘编)|举报(?:电话|邮箱)|不良信息|网站地图|设为首页|加入收藏|友情链接|技术支持\s*[:：]|网站标识码|主办(?:单位)?\s*[:：]|承办单位\s*[:：]|"
    r"打印\s*\|?\s*(?:收藏|关闭|本页)|【?字号|字体\s*[:：]|分享到|扫一扫|二维码|关闭窗口|返回(?:顶部|列表|首页)|发给好友|访问量|您是第|"
    r"以上就是小编|更多范文|VIP会员|本文来源.{0,20}转载|网警|责任?编\s*[:：]?|编辑[:：]|编审|校对|审核[:：]|"
    r"邮编\s*[:：]|联系(?:人|电话|方式)\s*[:：]|咨询电话|传真\s*[:：]"
)
_LIST_HEAD = re.compile(
    r"^\s*[【\[]?(?:相关(?:阅读|新闻|链接|文章|推荐|报道)|推荐阅读|延伸阅读|精选推荐|热门(?:推荐|文章|排行)|点击排行|猜你喜欢|您可能还喜欢|更多(?:新闻|阅读)|"
    r"附近期会议安排|参考文献|最新文章|上一[篇条页]|下一[篇条页])[】\]]?"
)
_CRUMB = re.compile(r"(?:首页|当前位置|您的位置|您所在的位置)\s*[:：]?.{0,20}[>»›]|^\s*首页(?:\s+\S{2,6}){2,}\s*$")
_BYLINE = re.compile(
    r"(?:发布|更新|生成|成文|发文|公开)?(?:日期|时间)\s*[:：]|(?:来源|稿源|信息来源|发布机构|发文机关|索引号|文号|浏览(?:次数)?|点击数?|阅读|作者)\s*[:：]?\s*\S|^\s*(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}"
)
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+[章节部分]|\d{1,2}[.．、](?!\d)|[【▲■●◆])"
)
_END = re.compile(r"[。！？!?；;：:…”）)]\s*$")
_CLAUSES = re.compile(r"[，。；]")
_FULL_DATE = re.compile(r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_NUMBERED = re.compile(
    r"^\s*(?P<stem>[\u4e00-\u9fff（）()“”\w]{3,30}?)\s*[（(]?(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})[)）]?\s*$"
)
_MARKED = re.compile(r"^\s*[▲■◆●★☆]\s*(?P<title>\S.{3,40})$")
_ABBREVIATED = re.compile(r"^\s*(?P<abbreviation>[\u4e00-\u9fff])[ \u3000](?P<title>\S.{3,40})$")
_READABLE = ("heading", "body")
_ANNOUNCES = 45  # characters of a headline inside a page of several news
_PARAGRAPH = 400  # characters of a line that is text whatever words stand in it
_SHORT = 28  # characters of a line of an infographic
_CONTINUES = re.compile(r"(?:\d[\d.,]*\s*[^\d\s.、）)．]|同比|环比|其中|分别|较|比|列|居|位居|增长|下降|占)")
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]?|$)")


def classify(text: str) -> tuple[Line, ...]:
    """Every line with its role: title, byline, heading, body, table, furniture, empty."""
    spans, at = [], 0
    for raw in text.split("\n"):
        spans.append((at, at + len(raw)))
        at += len(raw) + 1
    lines = [text[s:e] for s, e in spans]
    furniture = [_is_furniture(line) for line in lines]
    long = [(i, line) for i, line in enumerate(lines) if len(line.strip()) >= 20 and not furniture[i]]
    body = [i for i, line in long if len(line.strip()) >= 40 and _END.search(line[-40:])]
    first = body[0] if body else len(lines)
    wrapped = [i for i, line in long if _CLAUSES.search(line)]
    last = max([*body, *wrapped], default=len(lines))  # a line may break off within its sentence
    made: list[Line] = []
    title_seen = related = False
    for i, (line, (start, end)) in enumerate(zip(lines, spans, strict=True)):
        s = line.strip()
        role, reason = "body", ""
        if not s:
            role = "empty"
        elif _LIST_HEAD.match(s) and (i > first or not body):
            related, role, reason = True, "furniture", "list of other pages"
        elif i < first and len(s) < 160 and _BYLINE.search(s) and _FULL_DATE.search(s) and not _CRUMB.search(s):
            role = "byline"
        elif furniture[i]:
            role, reason = "furniture", "words of page furniture"
        elif _CRUMB.search(s):
            role, reason = "furniture", "breadcrumb or menu"
        elif not title_seen and i <= first and not _BYLINE.search(s) and len(s) <= 60:
            role, title_seen = "title", True
        elif (i < first and len(s) < 120 and _BYLINE.search(s)) or (
            i < 4 and len(s) < 60 and _FULL_DATE.search(s) and not s.endswith(("。", "；", "！", "？"))
        ):
            role = "byline"
        elif "\t" in line:
            role = "table"
        elif related and not _END.search(s) and not (len(s) >= 20 and _CLAUSES.search(s)):
            role, reason = "furniture", "list of other pages"
        elif i > last and len(s) < 40 and not _END.search(s) and not re.search(r"\d", s):
            role, reason = "furniture", "short line behind the text"
        elif (_HEADING.match(s) and len(s) <= 40 and not _END.search(s)) or (
            len(s) <= 30 and not _END.search(s) and not re.search(r"[，,。；]|\d{2,}", s)
        ):
            role = "heading"
        made.append(Line(start, end, role, reason))
    return tuple(made)


def _is_furniture(line: str) -> bool:
    size = len(line.strip())
    if size > _PARAGRAPH:
        return False
    hits = len(_FURNITURE.findall(line))
    return hits > 0 and (size < 60 or (size < 120 and "。" not in line) or hits >= 2)


@cache
def _provinces() -> dict[str, str]:
    """Short names of the provinces by their abbreviations."""
    return {r.abbreviation: r.short_name for r in regions() if r.abbreviation and r.level == 1}


def split_parts(text: str, lines: Sequence[Line]) -> list[Part]:
    """The sub-documents of a page: headings that repeat a stem with 一, 二, 三; marked titles; a province's abbreviation and a title."""
    heads: list[tuple[Line, str, str]] = []
    stems = Counter(
        m.group("stem")
        for line in lines
        if (m := _NUMBERED.match(text[line.start : line.end])) and line.role in ("heading", "title", "body", "furniture")
    )
    marked = sum(1 for line in lines if _MARKED.match(text[line.start : line.end]))
    known = _provinces()
    abbreviated = [
        m for line in lines if (m := _ABBREVIATED.match(text[line.start : line.end])) and m.group("abbreviation") in known
    ]
    for line in lines:
        s = text[line.start : line.end]
        if (m := _NUMBERED.match(s)) and stems[m.group("stem")] >= 2 and not _END.search(s.rstrip("）)")):
            heads.append((line, s.strip(), ""))
        elif marked >= 2 and (m := _MARKED.match(s)):
            heads.append((line, m.group("title"), m.group("title")))
        elif len(abbreviated) >= 2 and (m := _ABBREVIATED.match(s)) and m.group("abbreviation") in known:
            heads.append((line, m.group("title"), known[m.group("abbreviation")]))
    if not heads:
        return [Part(0, len(text))]
    parts = [Part(0, heads[0][0].start)] if text[: heads[0][0].start].strip() else []
    for i, (line, heading, hint) in enumerate(heads):
        stop = heads[i + 1][0].start if i + 1 < len(heads) else len(text)
        parts.append(Part(line.start, stop, heading, hint))
    return parts


def sentences(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Spans of sentences inside the lines; a full stop inside brackets or quotes ends none unless the bracket closes with it."""
    spans = []
    for line in lines:
        at = line.start
        depth = 0
        for i in range(line.start, line.end):
            c = text[i]
            if c in "（(《":
                depth += 1
            elif c in "）)》":
                depth = max(0, depth - 1)
            elif c in "。！？!" and (depth == 0 or i - at > 300):
                stop = i + 1
                if stop < line.end and text[stop] in "”’」』":
                    stop += 1
                if stop > at:
                    spans.append((at, stop))
                at, depth = stop, 0
        if at < line.end and text[at : line.end].strip():
            spans.append((at, line.end))
    return spans


def is_headline(text: str, line: Line) -> bool:
    """Whether a line only announces what the text below it says: a heading, or a short line that ends no sentence."""
    s = text[line.start : line.end].strip()
    return line.role == "heading" or (line.role == "body" and len(s) <= _ANNOUNCES and "\n" not in s and not _END.search(s))


def join_figures(text: str, lines: Sequence[Line]) -> list[Line]:
    r"""Short lines of an infographic that go on from one another become one: a measure, below it its number, below that its growth.

    >>> text = "一季度数据\n有效发明专利\n6347件\n同比增长19.8%"
    >>> [text[x.start : x.end].count("\n") for x in join_figures(text, classify(text))]
    [0, 2]
    """
    made: list[Line] = []
    for line in lines:
        s = text[line.start : line.end].strip()
        last = made[-1] if made else None
        if (
            last
            and line.role in _READABLE
            and last.role in _READABLE
            and len(s) <= _SHORT
            and _CONTINUES.match(s)
            and last.end - last.start > 1
            and len(text[text.rfind("\n", 0, last.end) + 1 : last.end].strip()) <= _SHORT
            and not _END.search(text[last.start : last.end])
        ):
            made[-1] = Line(last.start, line.end, "body", "figures below their measure")
        else:
            made.append(line)
    return made
