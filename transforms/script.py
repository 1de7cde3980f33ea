"""Traditional to simplified characters, only where a text is traditional, with every offset kept."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from transforms.records import Edit

# OpenCC keeps 著 where mainland text has 着; these are the words in which 著 is right (著作, 显著, 原著 ...).
_ZHE = re.compile(r"(?<![显编原专卓名巨土论译合遗拙昭新])著(?![作名者称书录述])")
_SHARE = 0.01  # stray 於 and 後 stand in simplified text too


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplify(text: str) -> tuple[list[Edit], str]:
    """The edits that make a text simplified, and its script: simplified, traditional or mixed.

    >>> simplify("全省專利授權量達到七萬件")[1]
    'traditional'
    """
    made = _converter().convert(text)
    if made == text:
        return [], "simplified"
    if len(made) != len(text):
        made = "".join(c if len(c) == 1 else o for o, c in ((o, _converter().convert(o)) for o in text))
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    changed = [i for i, (a, b) in enumerate(zip(text, made, strict=True)) if a != b]
    if len(changed) <= max(_SHARE * han, 2):  # a name in its old form is no reason
        return [], "simplified"
    made = _ZHE.sub("着", made)
    edits, start = [], -1
    for i, (a, b) in enumerate(zip(text, made, strict=True)):
        if a != b and start < 0:
            start = i
        elif a == b and start >= 0:
            edits.append(Edit(start, i, made[start:i], "simplified"))
            start = -1
    if start >= 0:
        edits.append(Edit(start, len(text), made[start:], "simplified"))
    return edits, "traditional" if len(changed) > 0.1 * han else "mixed"
