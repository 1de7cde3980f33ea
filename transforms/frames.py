"""What is measured: words become typed evidence (tags), evidence and unit choose an indicator of the catalogue.

A frame is the set of tags that a phrase gives. A tag that ends in "!" is strong: an indicator that does not name it is
out, so that 专利申请资助资金 never becomes a count of applications. Where a phrase is elliptic, the slots that it leaves
open are filled from the frame before it (其中发明专利11537件 after 专利授权量78723件).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import seeds
from seeds.tables import indicators
from transforms.matcher import Matcher

# Tags of one slot exclude each other: a phrase that fills the slot does not inherit it.
SLOTS: tuple[frozenset[str], ...] = (
    frozenset({"patent", "tm", "gi", "copyright", "variety!", "layout!", "dataip!", "pct!", "hague!", "royalty!"}),
    frozenset({"invention!", "utility!", "design!", "highvalue!", "software!", "wellknown!", "famous!", "madrid!"}),
    frozenset(
        {"apply", "grant", "force", "register", "registered", "entry", "obtain", "cert!", "accept", "close!", "new", "total"}
    ),
    frozenset({"per10k!", "perent!", "per10kother!"}),
)
# What an elliptic phrase may take over; 每万人 and the like must be said each time.
CARRIED = (
    SLOTS[0]
    | SLOTS[1]
    | SLOTS[2]
    | frozenset(
        {
            "ip",
            "pledge!",
            "court",
            "seize!",
            "goods",
            "domestic",
            "intensive!",
            "newcase",
            "case",
            "transfer",
            "dispute!",
            "contract!",
        }
    )
)
# Tags that say nothing of intellectual property by themselves.
BARE = frozenset({
    "obtain", "accept", "amount", "enterprise", "benefit", "univ", "operate", "register", "entry", "finance", "deal", "case",
    "invest", "guide", "exam", "goods", "batch", "loss", "china", "prize", "project", "apply", "grant", "force", "domestic",
    "enforce", "court", "customs", "casefile", "transfer", "transfer2", "output!", "export!", "import!", "trade!", "rate!",
    "index!", "sales!", "valueadded!", "contract!", "employees!", "base!", "platform!", "station!", "alliance!", "centre!",
    "demo!", "pilot!", "advantage!", "client!", "insure!", "close!", "criminal!", "training!", "consult!", "publicity!",
    "talent!", "complaint!", "subsidy!", "satisfaction!", "period!", "pool", "unitword", "agriword", "seize",
    "insured!", "cost!", "fine!", "refer!", "admin!", "arrest!", "oldstock!", "enforcework", "assess!", "povcounty!", "agency!",
    "subcentre!", "new", "total", "asof", "task!", "newcase", "cover", "involve", "product", "standard!", "riskpool!", "badloan!",
})  # fmt: skip
# Counted things beside the point: their numbers are ignored with a reason.
ASIDE = {"subsidy!": "a subsidy or reward", "training!": "training", "consult!": "visits and enquiries", "publicity!": "publicity",
         "task!": "a task or a rule", "complaint!": "complaints"}  # fmt: skip
# Counting words that mean the same thing for one indicator; the first is the catalogue's.
SAME_UNIT: dict[str, frozenset[str]] = {
    "件": frozenset(["件", "项", "个", "宗", "枚", "份", "款", "幅", "种"]),
    "家": frozenset(["家", "户", "个", "所"]),
    "个": frozenset(["个", "件", "家", "项", "枚", "种", "处", "座"]),
    "所": frozenset(["所", "家", "个"]),
    "笔": frozenset(["笔", "项", "件", "宗", "次"]),
    "项": frozenset(["项", "件", "个"]),
    "次": frozenset(["次", "件", "项", "笔", "宗"]),
    "起": frozenset(["起", "件", "宗"]),
    "批": frozenset(["批", "批次"]),
    "人": frozenset(["人", "名"]),
    "元": frozenset(["元", "美元"]),
    "月": frozenset(["月", "个月"]),
    "件/万人": frozenset(["件/万人", "件", "项", "个"]),
    "件/家": frozenset(["件/家", "件", "项"]),
    "条": frozenset(["条"]),
    "%": frozenset(["%"]),
    "位": frozenset(["位", "名"]),
}


@dataclass(frozen=True, slots=True)
class TermRow:
    """A word of the subject and the tags that it gives."""

    word: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """An indicator, the tags that it needs, the units it takes (else the catalogue's) and further strong tags that it bears."""

    indicator: str
    needs: tuple[str, ...]
    units: tuple[str, ...]
    allows: tuple[str, ...]
    scope: str  # the slice that this evidence stands for


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure row made ready."""

    indicator: str
    needs: frozenset[str]
    allows: frozenset[str]
    units: frozenset[str]
    scope: str


@cache
def terms() -> Matcher[frozenset[str]]:
    """The words of the subject."""
    rows = seeds.load("terms", TermRow, key=("word",))
    return Matcher({r.word: frozenset(r.tags) for r in rows})


@cache
def measures() -> tuple[Measure, ...]:
    """The rules of the catalogue, most demanding first."""
    catalogue = {i.code: i for i in indicators()}
    rows = seeds.load("measures", MeasureRow, key=("indicator", "needs"))
    made = [
        Measure(
            r.indicator,
            frozenset(r.needs),
            frozenset(r.allows) | frozenset(r.needs),
            frozenset(r.units) or SAME_UNIT.get(catalogue[r.indicator].unit, frozenset({catalogue[r.indicator].unit})),
            r.scope,
        )
        for r in rows
    ]
    return tuple(sorted(made, key=lambda m: -len(m.needs)))


@cache
def kind_of(code: str) -> str:
    """`flow`, `stock`, or "" for a measure outside the catalogue."""
    return next((i.kind for i in indicators() if i.code == code), "")


@cache
def unit_of(code: str) -> str:
    """The catalogue's unit of an indicator, "" outside it."""
    return next((i.unit for i in indicators() if i.code == code), "")


def indicator(tags: frozenset[str], unit: str) -> str | None:
    """The indicator that the evidence names; `unit` "" leaves the unit out of account (growth, rank, share).

    >>> indicator(frozenset({"invention!", "patent", "grant"}), "件")
    'invention_patent_grants'
    >>> indicator(frozenset({"patent", "apply", "subsidy!"}), "元") is None
    True
    """
    found = _measure(tags, unit)
    return found.indicator if found else None


def scope_of(tags: frozenset[str], unit: str) -> str:
    """The slice that the evidence itself names (商标质押 is the trademark share of IP pledges)."""
    found = _measure(tags, unit)
    return found.scope if found else ""


@cache
def _measure(tags: frozenset[str], unit: str) -> Measure | None:
    strong = {t for t in tags if t.endswith("!")}
    if "per10k!" in tags:
        strong |= tags & {"apply", "grant"}  # 每万人专利授权量 is no stock per head
    return next((m for m in measures() if m.needs <= tags and strong <= m.allows and (not unit or unit in m.units)), None)


def inherit(own: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    """Own evidence, with the slots that it leaves open filled from the frame before it."""
    if own and own <= {"total", "asof", "new"}:
        return (before - {"new"}) | own  # 总数达31个 speaks of the same thing
    if "contract!" in own:
        before = before - SLOTS[0]  # a technology contract is no patent's unless it says so
    closed = frozenset().union(*(slot for slot in SLOTS if own & slot)) if own else frozenset()
    return own | ((before & CARRIED) - closed) if own - {"asof", "new"} else before | own


def topical(tags: frozenset[str]) -> bool:
    """Whether the evidence names a right or an institution of intellectual property."""
    return bool(tags - BARE)
