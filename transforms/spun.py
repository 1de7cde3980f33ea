"""Text spun with synonyms (学问产权 for 知识产权): told by its signature words, put back in one simultaneous pass.

A text without the signature is never touched: half of the spun words are ordinary words.
"""

from __future__ import annotations

import re
from functools import cache

from seeds.tables import spun_terms
from transforms.matcher import Matcher
from transforms.records import Edit

_PER_1000 = 3.0
_DISTINCT = 3


@cache
def _signature() -> Matcher[str]:
    return Matcher({t.spun: t.original for t in spun_terms() if t.klass == "S"})


@cache
def _table() -> re.Pattern[str]:
    """One pattern of all pairs, longest first; those that need a context carry it."""
    parts = []
    for i, t in sorted(enumerate(spun_terms()), key=lambda it: -len(it[1].spun)):
        word = re.escape(t.spun)
        if not t.context:
            parts.append(f"(?P<t{i}>{word})")
            continue
        sides = t.context.split("/")
        behind = [re.escape(s[1:]) for s in sides if s.startswith("<")]
        ahead = ["".join(r"\d" if c == "#" else re.escape(c) for c in s[1:]) for s in sides if s.startswith(">")]
        either = [f"(?<={b}){word}" for b in behind] + ([f"{word}(?={'|'.join(ahead)})"] if ahead else [])
        parts.append(f"(?P<t{i}>{'|'.join(either)})")
    return re.compile("|".join(parts))


def score(text: str) -> float:
    """Signature words per thousand Chinese characters; 0 where fewer than three different ones stand.

    >>> score("全省学问产权事业稳步发展，发觉专利具有量居首位，代庖机构增至百家") > 3 > score("全省知识产权工作")
    True
    """
    hits = [v for _, _, v in _signature().find(text)]
    strong = text.count("产权") >= 5 and text.count("知识产权") < text.count("产权") / 2
    if len(set(hits)) < _DISTINCT and not strong:
        return 0.0
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    return round(1000 * len(hits) / max(han, 1), 2)


def is_spun(text: str) -> bool:
    """Whether the signature is dense enough."""
    return score(text) >= _PER_1000


def unspin(text: str) -> list[Edit]:
    """The edits that put the terms back; no numeral is ever part of one."""
    terms = spun_terms()
    edits = []
    for m in _table().finditer(text):
        index = int((m.lastgroup or "t0")[1:])
        edits.append(Edit(m.start(), m.end(), terms[index].original, "spun"))
    return edits
