"""Number, scale and unit as one amount: 3.2万余件, 1万5千元, 20—30家, 142个(件).

>>> a = amount_at("融资2300多万元", 2)
>>> a.low, a.unit, a.qualifier, a.end
(Decimal('23000000'), '元', 'gt', 9)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from transforms.numerals import CHINESE, DIGITS, LARGE, SMALL, parse, parse_pair
from transforms.units import unit_at

_CN = CHINESE
_SCALES = SMALL | LARGE
RANGE = r"[ \t]*(?:[-—–－~～]{1,2}|至|到)[ \t]*"
_COUNTS = r"(?=[余多]?[十百千万亿]?[\u4e00-\u9fff])"
# Full-width commas and spaces divide thousands only in front of a word, or 分别为3，456件 would be one number.
_ARABIC = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    rf"|\d{{1,3}}(?:，\d{{3}})+(?:\.\d+)?(?![\d.]){_COUNTS}|(?<![\s\d])\d{{1,3}}(?: \d{{3}})+(?:\.\d+)?(?![\d.]){_COUNTS}|\d+(?:\.\d+)?"
)
_SEPARATORS = re.compile(r"[,，\s]")
_SCALE = re.compile(r"[ \t]?(?:[十万亿]|百(?!分[点比位制])|千(?![克米瓦赫卡伏焦]))+")
_PARTS = re.compile(r"(?:(?<=[百千万亿])零?\d{1,4}(?![\d,.%％年月日:：\-—])[十百千]?万?)+")  # 3万4000, 1万5千, 2亿3000万
_CHINESE = re.compile(
    rf"(?P<vague>[几数上](?=[十百千万亿]))?(?P<body>[{_CN}]+(?:点[零〇一二三四五六七八九]+[万亿]*)?)(?P<some>(?<=[十百千万])几)?"
)
_MORE = re.compile(
    r"[ \t]?(?:余(?![杭姚额下干江庆])|多(?!元化|元素|元格|样|次|边|国|少|数|媒|方|层|点|维|语)|来(?=[十百千万亿]*[件家个项人名元条笔所次种户]))"
)
_MORE_BEHIND = re.compile(r"多(?![元样次边国少数媒方层点维语种个家项])|余(?![杭姚额下干江庆])|有余")
_LOOSE = frozenset({"倍", "年", "月", "%", "元", "美元", "小时", "天", "吨", "公里", "亩", "个百分点", "平方米"})
_TO = re.compile(RANGE + rf"(?=[\d{_CN}])")
_FROM = re.compile(r"[从由自][^，。；,;]{0,12}$")
_ALSO = re.compile(r"[（(][ \t]*[^\d（()）]{1,3}[ \t]*[)）]")
_VAGUE = {"几": "gt", "数": "gt", "上": "ge"}
# 新增示范企业一家，: a one behind its noun counts; before its noun it is an article.
_ONES = frozenset("家项件所笔起宗名人枚户")
_STOP = re.compile(r"[，,。；;、）)\s]|$")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the unit's base; `qualifier` is what the numeral itself says (余, 几), `lexical` that it counts nothing."""

    start: int
    number_end: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str
    unit_text: str
    qualifier: str
    lexical: bool


@dataclass(frozen=True, slots=True)
class _Number:
    end: int
    low: Decimal
    high: Decimal | None
    scale: Decimal  # of the last scale word, 1 where there is none
    qualifier: str
    chinese: str  # the numeral, where it is a Chinese one


def _number_at(text: str, at: int) -> _Number | None:
    qualifier, chinese = "", ""
    high: Decimal | None = None
    if m := _ARABIC.match(text, at):
        end = m.end()
        written = _SEPARATORS.sub("", m.group())
        if scale := _SCALE.match(text, end):
            parts = _PARTS.match(text, scale.end())
            end = parts.end() if parts else scale.end()
            written += text[m.end() : end]
        low = parse(written.replace(" ", ""))
        last = _factor(scale.group()) if scale else Decimal(1)
    elif m := _CHINESE.match(text, at):
        end, chinese = m.end(), m["body"]
        pair = parse_pair(chinese)
        low, high = pair or (parse(chinese), None)
        qualifier = _VAGUE[m["vague"]] if m["vague"] else ("gt" if m["some"] else "")
        last = _factor(chinese.lstrip("零〇一二三四五六七八九两俩点")[-1:])
    else:
        return None
    if low is None:
        return None
    if more := _MORE.match(text, end):
        qualifier, end = "gt", more.end()
    if qualifier == "gt" and (scale := _SCALE.match(text, end)):  # 20多亿, 十几万
        last = _factor(scale.group())
        low, end = low * last, scale.end()
        if more := _MORE.match(text, end):
            end = more.end()
    return _Number(end, low, high, last, qualifier, chinese)


def _factor(scale: str) -> Decimal:
    value = Decimal(1)
    for c in scale:
        value *= _SCALES.get(c, 1)
    return value


def amount_at(text: str, at: int, floor: int = 0) -> Amount | None:
    """The amount whose first numeral stands at `at`; nothing left of `floor` belongs to it."""
    number = _number_at(text, at)
    if number is None:
        return None
    low, high, end, qualifier = number.low, number.high, number.end, number.qualifier
    unit = _unit(text, end)
    stop = unit[2] if unit else end
    if (
        (to := _TO.match(text, stop))
        and high is None
        and not (to.group().strip() in "至到" and _FROM.search(text, max(floor, at - 14), at))
    ):
        second = _number_at(text, to.end())
        other = _unit(text, second.end) if second else None
        if second and (unit is None or (other and other[0] == unit[0])):
            near = low * second.scale if number.scale == 1 and low * second.scale < second.low else low
            if near < second.low:
                low, high, end, unit = near, second.low, second.end, other
                qualifier = second.qualifier or qualifier
    start = at
    if at > floor and unit and not number.chinese and _is_minus(text, at - 1, unit[0]):
        start, low = at - 1, -low
    number_end, code, written = end, "", ""
    if unit:
        code, factor, stop = unit
        written = text[end:stop].strip()
        low, high = low * factor, high * factor if high is not None else None
        if written.endswith(("半月", "半小时")) or (code == "年" and text[stop : stop + 1] == "半"):
            low += Decimal("0.5")
            stop += code == "年"
        elif written == "个多月":
            qualifier = "gt"
        end = stop
        if also := _ALSO.match(text, end):
            found = unit_at(text, also.start() + 1)
            end = also.end() if found and found[2] == also.end() - 1 else end
        if code in _LOOSE and (more := _MORE_BEHIND.match(text, end)):
            qualifier, end = "gt", more.end()
    lexical = bool(number.chinese) and not qualifier and high is None and _is_word(text, at, number, code, end)
    return Amount(start, number_end, end, low, high, code, written, qualifier, lexical)


def _unit(text: str, end: int) -> tuple[str, Decimal, int] | None:
    return unit_at(text, end + (text[end : end + 1] in (" ", "\u3000")))


def _is_minus(text: str, at: int, unit: str) -> bool:
    """Whether `text[at]` is the sign of the number behind it: a dash that joins nothing, or 负 before a rate (not 肩负3项任务)."""
    if text[at] == "负":
        return unit in ("%", "个百分点")
    return text[at] in "-−－" and not _joins(text, at - 1)


def _joins(text: str, at: int) -> bool:
    """Whether the character at `at` makes a following dash a hyphen and no minus."""
    return at >= 0 and ((text[at].isalnum() and not "\u4e00" <= text[at] <= "\u9fff") or text[at] in "-—–)）]%％年月日号")


def _is_word(text: str, at: int, number: _Number, unit: str, end: int) -> bool:
    """Whether a Chinese numeral is part of a word: 一家 is an article, 二次 a compound, 万元 a column's unit, 三大 a name."""
    written = number.chinese
    if written == "一" and unit not in ("倍", "个百分点", "%"):
        if unit in ("年", "月", "天", "周", "小时"):
            return False
        counted = unit in _ONES and _STOP.match(text, end) and at and "\u4e00" <= text[at - 1] <= "\u9fff"
        return not (counted and text[at - 1] not in "这那某每任同另其之唯仅第哪统进")
    if written == "二" and unit not in ("倍", "个百分点", "%", "年", "月", "天"):
        return True
    if all(c in "百千万亿" for c in written):
        return text[at - 1 : at] not in tuple("达破到至") or not at or not unit
    if len(written) < 4 and len(written) > 1 and all(c in DIGITS for c in written) and not set(written) & set("〇零"):
        return True
    if unit:
        return False
    stands = not "\u4e00" <= text[end : end + 1] <= "\u9fff"
    return len(written) < 2 or not (stands or number.scale >= 10**4)
