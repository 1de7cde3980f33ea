"""Numerals into numbers: digits with separators, Chinese numerals, 万 and 亿, mixed.

>>> parse("1万5千"), parse("三百二十一"), parse("1,100万")
(Decimal('15000'), Decimal('321'), Decimal('11000000'))
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
_ARABIC = re.compile(r"\d[\d,，\s]*(?:\.\d+)?")


def parse(text: str) -> Decimal | None:
    """The number that a numeral writes, None where it is none.

    Each of 千百十 multiplies what stands before it, 万 and 亿 multiply all that stands before them; a last bare digit behind
    a unit counts in the next lower unit (3万4 = 34000).
    """
    text = text.strip()
    if not text:
        return None
    total = section = Decimal(0)
    number: Decimal | None = None
    last_unit = Decimal(1)
    at = 0
    while at < len(text):
        c = text[at]
        if m := _ARABIC.match(text, at):
            number = Decimal(re.sub(r"[,，\s]", "", m.group()))
            at = m.end()
            continue
        if c in DIGITS:
            number = (
                (number or Decimal(0)) * 10 + DIGITS[c] if number is not None and text[at - 1] in DIGITS else Decimal(DIGITS[c])
            )
        elif c in SMALL:
            section += (Decimal(1) if number is None else number) * SMALL[c]
            last_unit, number = Decimal(SMALL[c]), None
        elif c in LARGE:
            section += number or Decimal(0)
            if total and total < LARGE[c]:  # 一万五千亿: all of it is in 亿
                total = (total + section) * LARGE[c]
            else:
                total += (section or Decimal(1)) * LARGE[c]
            last_unit, section, number = Decimal(LARGE[c]), Decimal(0), None
        else:
            return None
        at += 1
    if number is not None:
        bare = last_unit > 1 and len(text) > 1 and text[-1] in DIGITS and text[-2] in (*SMALL, *LARGE) and last_unit >= 100
        section += number * (last_unit / 10 if bare else 1)
    return total + section


def write(number: int) -> str:
    """A whole number below 10^12 in Chinese numerals, as official texts write it.

    >>> write(12000), write(320), write(10)
    ('一万二千', '三百二十', '十')
    """
    if number == 0:
        return "零"
    out: list[str] = []
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if part:
            gap = bool(out) and part < 1000
            out.append(("零" if gap else "") + _below_10000(part) + name)
    made = "".join(out)
    return made[1:] if made.startswith("一十") else made


def _below_10000(number: int) -> str:
    out, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif out:
            zero = True
    return out
