"""Who a statement is about when it is no place: a firm, a fair, a court, a university, a park, and the words that stand for them.

A company's patents must never be counted as a province's, so the grammar has to know when a sentence has turned to one.

>>> [(a.name, a.kind) for a in find_actors("位于合肥的江淮精工股份有限公司已申请专利1200多件，本届工博会展出新品", 0, 34)]
[('江淮精工股份有限公司', 'firm'), ('本届工博会', 'fair')]
>>> [(a.name, a.kind) for a in find_actors("走进这家激光器企业，公司已有22件发明专利", 0, 21)]
[('激光器企业', 'firm'), ('公司', 'pronoun')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import seeds
from transforms.matcher import Matcher
from transforms.places import find_places

_HAN = r"\u4e00-\u9fffA-Za-z0-9·"
_FIRM_ENDS = "股份有限公司|有限责任公司|有限公司|集团公司|股份公司|集团|公司"
_BODY_ENDS = "知识产权法庭|知识产权法院|研究院|研究所|大学|医院|产业园区|产业园|科技园|软件园|团队"
_ENDING = re.compile(rf"{_FIRM_ENDS}|{_BODY_ENDS}")
_STEM = re.compile(rf"[{_HAN}]{{1,12}}$")
_FIRM_END = re.compile(rf"(?:{_FIRM_ENDS})$")
_LEAD = re.compile(  # what may stand before a name without being part of it
    r".*(?:[的了和与及在由为对从向被把将是有]|位于|走进|来自|作为|其中|目前|记者|包括|例如|依托|通过|今年|近年来|[这那该][家间个]|以来|负责人|成立|旗下)"
)
_FAIR = re.compile(
    r"(?:第[\d一二三四五六七八九十百]+届|本届|本次)[\u4e00-\u9fff（）]{1,16}?(?:博览会|交易会|展览会|年会|[\u4e00-\u9fff]展会|展会|[\u4e00-\u9fff]会|大会|[\u4e00-\u9fff]{2}展)(?![议员场期商品览])"
    r"|(?<![\u4e00-\u9fff])(?:广交会|进博会|服贸会|高交会|工博会|消博会|链博会)"
)
_DESCRIBED = re.compile(r"(?:这|一|两|二|三|几|该|那)(?:家|间)(?!家)([\u4e00-\u9fffA-Za-z0-9“”]{0,14}?(?:企业|公司|工厂))")
_PRONOUN = re.compile(
    r"这家(?:企业|公司)|该(?:企业|公司|集团|院|校|所|园|园区|法庭)|(?<![\u4e00-\u9fff])(?:他们|公司|集团|园区|法庭|学校|企业)"
)
_GENERIC = re.compile(
    rf"(?:上市|跨国|保险|担保|子|分|母|总|国有|外资|民营|国际|投资|科技|代理|[一二三四五六七八九十几多各等数家]|\d)+(?:{_FIRM_ENDS})|企业集团|(?:研发|创新|科研|管理|专家|技术|服务|工作|创业)团队|(?:高等|所|个|各|重点)(?:大学|研究院|研究所)"
)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A well-known organisation that is often named without its class (腾讯, 格力电器)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of somebody who has statistics of his own; `kind` is firm, body, fair, office or pronoun."""

    start: int
    end: int
    name: str
    kind: str


@cache
def _known() -> Matcher[str]:
    return Matcher({r.name: r.kind for r in seeds.load("organisations", OrganisationRow, key=("name",))})


def is_firm(name: str) -> bool:
    """Whether a slice is one company (公司, 集团, or a well-known name)."""
    return bool(_FIRM_END.search(name)) or any(kind == "firm" for _, _, kind in _known().find(name))


def kind_of_actor(name: str, kind: str) -> str:
    """Which earlier actor a pronoun may stand for: a firm, a fair, a court, a park or a school.

    >>> [kind_of_actor(n, "pronoun") for n in ("这家公司", "法庭", "园区", "他们", "本届展会")]
    ['firm', 'court', 'park', 'firm', 'fair']
    """
    if kind == "fair" or name.startswith(("本届", "本次")):
        return "fair"
    for ends, made in ((("法庭", "法院"), "court"), (("园", "园区"), "park"), (("大学", "校", "院", "所", "医院"), "school")):
        if name.endswith(ends):
            return made
    return "firm"


def names_office(text: str, start: int, end: int) -> bool:
    """Whether a text names an office of the whole country (国家版权局, 最高法)."""
    return any(kind == "office" for _, _, kind in _known().find(text, start, end)) or text.find("国家知识产权局", start, end) >= 0


def find_actors(text: str, start: int, end: int) -> list[Actor]:
    """All mentions in `text[start:end]`, left to right."""
    found: list[Actor] = []
    for m in _FAIR.finditer(text, start, end):
        found.append(Actor(m.start(), m.end(), m.group(), "fair"))
    for m in _DESCRIBED.finditer(text, start, end):
        bare = m.group(1) in ("企业", "公司", "工厂")
        found.append(Actor(m.start(), m.end(), m.group() if bare else m.group(1), "pronoun" if bare else "firm"))
    for low, high, kind in _known().find(text, start, end):
        found.append(Actor(low, high, text[low:high], kind))
    for m in _ENDING.finditer(text, start, end):
        stem = _STEM.search(text, max(start, m.start() - 12), m.start())
        lead = _LEAD.match(stem.group()) if stem else None
        name = (stem.group()[lead.end() if lead else 0 :] if stem else "") + m.group()
        firm = bool(_FIRM_END.search(name))
        if len(name) - len(m.group()) >= 2 and not _GENERIC.fullmatch(name):
            found.append(Actor(m.end() - len(name), m.end(), name, "firm" if firm else "body"))
    for m in _PRONOUN.finditer(text, start, end):
        found.append(Actor(m.start(), m.end(), m.group(), "pronoun"))
    made: list[Actor] = []
    for a in sorted(found, key=lambda a: (a.start, -a.end)):
        if made and a.start == made[-1].end and made[-1].kind == a.kind == "firm":
            made[-1] = Actor(made[-1].start, a.end, text[made[-1].start : a.end], "firm")  # 华为 + 技术有限公司
        elif not made or a.start >= made[-1].end:
            made.append(a)
        elif a.end > made[-1].end and made[-1].kind == "firm" and a.kind == "firm":
            made[-1] = Actor(made[-1].start, a.end, text[made[-1].start : a.end], "firm")  # 云南白药 + 集团
    return made


def protagonist(title: str, body: str) -> str:
    """The firm or school that a story is about: named before the colon of its title, and called 公司 or 学校 in its text.

    A court for intellectual property that the title names speaks for itself as well.

    >>> protagonist("远航重工：十年一剑", "远航重工的车间里……公司成立于2011年。公司已获授权专利300件")
    '远航重工'
    """
    for a in find_actors(title, 0, len(title)):
        if kind_of_actor(a.name, a.kind) == "court":
            return a.name
    head = re.split("[：:]|——", title, maxsplit=1)[0]
    if (
        head == title
        or sum(p.end - p.start for p in find_places(head)) == len(head)
        or not 3 <= len(head) <= 10
        or not re.fullmatch(rf"[{_HAN}]+", head)
        or head not in body
    ):
        return ""
    return (
        head
        if len(re.findall(r"(?<![\u4e00-\u9fff])(?:公司|企业|学校|我校|全校|医院|我院|集团)(?![^，。；]{0,2}[0-9家])", body)) >= 2
        else ""
    )
