"""Numerals into numbers and back: digits with separators, Chinese numerals, 万 and 亿, mixed.

>>> parse("1万5千"), parse("三百二十一"), parse("1,100万"), parse("四十三点九六")
(Decimal('15000'), Decimal('321'), Decimal('11000000'), Decimal('43.96'))
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
CHINESE = "零〇○一二三四五六七八九十百千万亿两俩"  # for character classes of regular expressions

_ARABIC = re.compile(r"\d[\d,，\s]*(?:\.\d+)?")
_DECIMALS = re.compile(r"点([零〇一二三四五六七八九]+)")
_SEPARATORS = re.compile(r"[,，\s]")
# 三四十 is 30 to 40, 两三家 2 to 3; 三五 is the one pair that skips a digit.
_PAIR = re.compile(r"([一二两三四五六七八])([二三四五六七八九])(?=[十百千万亿]|$)")
_LONGEST = 48  # longer runs of numerals are noise


def parse(text: str) -> Decimal | None:
    """The number that a numeral writes, None where it is none.

    Each of 千百十 multiplies the digit before it, 万 and 亿 multiply all that stands before them; a last bare digit behind a
    unit counts in the next lower unit (三万四 is 34000). Digits alone are read in their places (二〇二〇 is 2020).
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = Decimal(0)
    number: Decimal | None = None
    lowest = 10**4  # the units of one section must fall: 五十三百 is no number
    unit, zero, at = 1, False, 0
    while at < len(text):
        c = text[at]
        if m := _ARABIC.match(text, at):
            if number is not None:
                return None
            number, at = Decimal(_SEPARATORS.sub("", m.group())), m.end()
            continue
        if c in DIGITS:
            if number is not None:
                return None
            zero = DIGITS[c] == 0
            number = None if zero else Decimal(DIGITS[c])
        elif c in SMALL:
            if SMALL[c] >= lowest:
                return None
            section += (Decimal(1) if number is None else number) * SMALL[c]
            lowest = unit = SMALL[c]
            number, zero = None, False
        elif c in LARGE:
            section += number or Decimal(0)
            if total and total < LARGE[c]:  # 一万五千亿: all of it counts in 亿
                total = (total + section) * LARGE[c]
            elif section or not total:
                total += (section or Decimal(1)) * LARGE[c]
            else:
                return None
            section, number, lowest, unit, zero = Decimal(0), None, 10**4, LARGE[c], False
        elif (m := _DECIMALS.match(text, at)) and at:
            number = (number or Decimal(0)) + Decimal("0." + "".join(str(DIGITS[d]) for d in m[1]))
            at = m.end()
            continue
        else:
            return None
        at += 1
    if number is not None:
        short = unit >= 100 and not zero and number < 10 and number == number.to_integral_value()
        section += number * (unit // 10) if short and text[-2] in (*SMALL, *LARGE) else number
    return total + section


def parse_pair(text: str) -> tuple[Decimal, Decimal] | None:
    """The two ends of an estimate that names neighbouring digits.

    >>> parse_pair("三四十"), parse_pair("十五六"), parse_pair("三十四")
    ((Decimal('30'), Decimal('40')), (Decimal('15'), Decimal('16')), None)
    """
    m = _PAIR.search(text)
    if not m or (len(text) > 2 and all(c in DIGITS for c in text)):
        return None
    first, second = DIGITS[m[1]], DIGITS[m[2]]
    if second - first != 1 and (first, second) != (3, 5):
        return None
    low = parse(text[: m.start()] + m[1] + text[m.end() :])
    high = parse(text[: m.start()] + m[2] + text[m.end() :])
    return (low, high) if low is not None and high is not None and low < high else None


def whole(value: Decimal) -> Decimal:
    """The same number without idle decimals.

    >>> whole(Decimal("32000.00")), whole(Decimal("0.70"))
    (Decimal('32000'), Decimal('0.7'))
    """
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def write(number: int) -> str:
    """A whole number below 10^12 in Chinese numerals, as official texts write it.

    >>> write(12000), write(320), write(10), write(100305)
    ('一万二千', '三百二十', '十', '十万零三百零五')
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
