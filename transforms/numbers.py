"""Every numeral of a text, with value, unit and qualifier, or the class that says why it counts nothing.

>>> [(q.value, q.unit, q.qualifier) for q in find_quantities("授权量超过3.2万余件，融资41.49亿元，不到三成")]
[(Decimal('32000'), '件', 'gt'), (Decimal('4149000000'), '元', 'eq'), (Decimal('30'), '%', 'lt')]
>>> [(q.words, q.klass) for q in find_quantities("一、2020年位列第三，进一步落实“1+3+N”")]
[('一、', 'list_marker'), ('2020年', 'date'), ('第三', 'ordinal'), ('进一步', 'lexical'), ('1+3+N', 'code')]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal

from transforms.amounts import RANGE, amount_at
from transforms.numerals import CHINESE, DIGITS, parse, whole
from transforms.passages import addresses, passage_at, slogans
from transforms.qualifiers import after, before, before_share

_CN = CHINESE
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_HAN = re.compile(r"[\u3400-\u9fff]")

_START = re.compile(rf"[\d{_CN}第前首榜翻半过大多几数上①-⑳㈠-㈩Ⅰ-Ⅻ]")
_MARK = re.compile(r"[①-⑳㈠-㈩Ⅰ-Ⅻ]")
_PER = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_OF = re.compile(
    rf"(?P<per>[百千万])分之(?P<n>[{_CN}]+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)(?:{RANGE}(?:(?P=per)分之)?(?P<n2>[{_CN}点]+|\d+(?:\.\d+)?))?|(?P<den>[{_CN}]+|\d+)分之(?P<num>[{_CN}]+|\d+)"
)
_SLASH = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,3})(?![\d/])")
_TENTHS = re.compile(
    rf"(?P<t>[一二两三四五六七八九十](?P<pair>[二三四五六七八九])?|[1-9])(?:{RANGE}(?P<t2>[一二三四五六七八九十]|[1-9]))?成(?![立就果员功本交长绩品熟效都套分活因批群型语化千百对])"
    r"(?P<half>[一二三四五六七八九半](?![家个件项成]))?(?P<more>[多余])?"
)
_HALF = re.compile(r"一半|(?:过|超|近|大|多)?半数(?![字据])|(?:过|近|大)半(?=[，。；、,;]|的|以上|企业|$)")
_DOUBLED = re.compile(r"翻了?(?P<q>将近|接近|近|超过|超|约|逾)?(?:(?P<n>[一两二三四五])?番(?P<more>多)?|倍)")
_ORDINAL = re.compile(
    rf"第[ \t]*(?P<n>\d+|[{_CN}]+)(?:{RANGE}第?(?P<n2>\d+|[{_CN}]+)(?=[ \t]*[位名]))?[ \t]*(?P<u>位|名(?!单|录|称))?"
)
_FIRST = re.compile(r"首位(?![度产])|榜首|(?<=[居列])首(?=[，。；、,;）)]|$)|(?<=之)首(?=[，。；、,;）)]|$)")
_TOP = re.compile(rf"前[ \t]*(?P<n>\d+(?:\.\d+)?(?P<share>%|/\d+)?|[{_CN}]+)[ \t]*(?:位|名|强|列|席|甲)?")
_RUN = re.compile(r"\d[\d,，.]*")
_LARGEST = Decimal(10**16)  # no statistic reaches it: what is longer is a code
_RANKING = re.compile(r"(?:[居列位名排占升至进跻获]|全国|全省|全市|全区|全县|世界|全球|亚洲|同类城市|地区|城市|连续)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral at its place; `start:end` holds qualifier, number, scale and unit, `number_start:number_end` the number.

    `value` is in the base unit (41.49亿元 is 4149000000), `high` the upper end of a range, `unit` the counting word's code.
    `klass` is quantity, percent, points, multiple, doubling, fraction, ordinal or top where something is counted; else
    date, duration, code, list_marker, session or lexical, where the value tells nothing.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    high: Decimal | None
    unit: str
    unit_text: str
    qualifier: str
    klass: str
    words: str = ""


def find_quantities(text: str) -> list[Quantity]:
    """All numerals, left to right, without overlaps."""
    found: list[Quantity] = []
    quoted = slogans(text)
    opens = [s for s, _ in quoted]
    fixed = iter([*addresses(text), (len(text), len(text), "")])
    stop, skip, klass = next(fixed)
    at = 0
    while True:
        m = _START.search(text, at)
        if m is None or m.start() >= stop:
            if stop == len(text):
                return found
            found.append(_plain(text, stop, skip, klass))
            at = skip
            stop, skip, klass = next(fixed)
            continue
        at = m.start()
        floor = found[-1].end if found else 0
        q = _read(text, at, floor, found)
        if q is None:
            at += 1
            continue
        if q.klass == "quantity" and q.value < _HUNDRED and text[q.number_start] in _CN:
            i = bisect_right(opens, q.start) - 1
            if i >= 0 and q.end <= quoted[i][1]:
                q = _plain(text, q.number_start, q.end, "lexical")
        found.append(q)
        at = max(q.end, at + 1)


def _plain(text: str, start: int, end: int, klass: str) -> Quantity:
    return Quantity(start, end, start, end, _ZERO, None, "", "", "eq", klass, text[start:end])


def _read(text: str, at: int, floor: int, found: list[Quantity]) -> Quantity | None:
    """The quantity or passage whose first character is `text[at]`, None where it is no numeral."""
    c = text[at]
    if _MARK.match(c):
        return _plain(text, at, at + 1, "list_marker")
    if (passage := passage_at(text, at, floor)) is not None:
        return _plain(text, *passage) if passage[2] != "duration" else _duration(text, *passage)
    if c == "第":
        return _ordinal(text, at)
    if m := _FIRST.match(text, at):
        put = text[max(0, at - 3) : at].endswith(("摆在", "放在", "置于", "在更", "在首"))
        return _plain(text, at, m.end(), "lexical") if put else _made(text, at, m.end(), "ordinal", Decimal(1), "位")
    if c == "前":
        return _top(text, at)
    if m := _DOUBLED.match(text, at):
        return _doubled(text, at, m, floor)
    if share := _share(text, at, floor):
        return share
    if c in "首榜翻半过大多":
        return None
    counted = _counted(text, at, floor)
    if counted is None or counted.unit not in ("位", "名") or not found or found[-1].klass != "ordinal":
        return counted
    listed = text[found[-1].end : counted.start].strip() in ("、", "和", "与", "及")
    return replace(counted, unit="位", klass="ordinal") if listed else counted  # 第二、三位


def _duration(text: str, start: int, end: int, klass: str) -> Quantity:
    a = amount_at(text, start)
    return _made(text, start, end, klass, a.low, a.unit) if a and a.end <= end else _plain(text, start, end, klass)


def _made(
    text: str, start: int, end: int, klass: str, value: Decimal, unit: str, qualifier: str = "eq", high: Decimal | None = None
) -> Quantity:
    return Quantity(start, end, start, end, value, high, unit, unit, qualifier, klass, text[start:end])


def _ordinal(text: str, at: int) -> Quantity | None:
    m = _ORDINAL.match(text, at)
    if not m:
        return None
    value, high = parse(m["n"]), parse(m["n2"] or "")
    behind = text[m.end() : m.end() + 1]
    stands = not _HAN.match(behind) or behind in "和与及并且的位；" or bool(_RANKING.search(text, max(0, at - 4), at))
    if value is None or not (m["u"] or stands):
        return _plain(text, at, m.end(), "lexical")
    return _made(text, at, m.end(), "ordinal", value, "位", high=high)


def _top(text: str, at: int) -> Quantity | None:
    m = _TOP.match(text, at)
    if not m or (text[at - 1 : at] in tuple("之以目日先提当此天年眼空") and at):
        return None
    if m["share"]:
        return _plain(text, at, m.end(), "lexical")  # 前1% is a part of a ranking, and no place in it
    value = parse(m["n"])
    return _made(text, at, m.end(), "top", value, "位", "le") if value is not None else None


def _doubled(text: str, at: int, m: re.Match[str], floor: int) -> Quantity:
    times = DIGITS[m["n"] or "一"]
    start, ahead = before(text, at, floor)
    end, behind = after(text, m.end())
    inside = "gt" if m["more"] or m["q"] in ("超过", "超", "逾") else ("approx" if m["q"] else "")
    made = _made(text, start, end, "doubling", Decimal(2**times * 100 - 100), "%", inside or behind or ahead or "eq")
    return replace(made, number_start=at, number_end=m.end())


def _share(text: str, at: int, floor: int) -> Quantity | None:
    """A part of a whole in per cent: 百分之十五, 三分之二, 1/3, 七成, 三成五, 一半."""
    high: Decimal | None = None
    more = False
    klass = "fraction"
    if m := _OF.match(text, at):
        if m["per"]:
            low, top = parse(m["n"]), parse(m["n2"] or "")
            if low is None:
                return None
            value, high, klass = low * _PER[m["per"]], top * _PER[m["per"]] if top is not None else None, "percent"
        else:
            part, of = parse(m["num"]), parse(m["den"])
            if part is None or not of:
                return None
            value = (part / of * 100).quantize(Decimal("0.01"))
    elif (m := _SLASH.match(text, at)) and 0 < int(m["a"]) < int(m["b"]):
        value = (Decimal(m["a"]) / Decimal(m["b"]) * 100).quantize(Decimal("0.01"))
    elif m := _TENTHS.match(text, at):
        value = (parse(m["t"][0]) or _ZERO) * 10
        second = m["pair"] or m["t2"]
        high = (parse(second) or _ZERO) * 10 if second else None
        if m["half"]:
            value += 5 if m["half"] == "半" else DIGITS[m["half"]]
        more = bool(m["more"])
    elif m := _HALF.match(text, at):
        value, more = Decimal(50), m.group()[0] in "过超大多"
    else:
        return None
    start, ahead = before(text, at, floor)
    end, behind = after(text, m.end())
    qualifier = "gt" if more else ("approx" if m.group()[0] == "近" else behind or ahead or before_share(text, at, floor) or "eq")
    return Quantity(
        start,
        end,
        at,
        m.end(),
        whole(value),
        whole(high) if high is not None else None,
        "%",
        "",
        qualifier,
        klass,
        text[start:end],
    )


# How the unit decides the class; time units count only where they are no window (近3年, 30日内).
_KLASS = {"%": "percent", "个百分点": "points", "倍": "multiple", "年": "duration", "季度": "duration"}
_TIME = frozenset({"月", "天", "日", "工作日", "小时", "分钟", "秒", "周", "年", "季度"})
_WINDOW = re.compile(r"(?:近|过去|连续|为期|历时|未来|今后|最近|每|前|头|短短|用时|时隔|耗时|这)$")


def _counted(text: str, at: int, floor: int) -> Quantity | None:
    """A number with scale, unit and qualifier; a numeral that counts nothing is lexical."""
    a = amount_at(text, at, floor)
    if a is None and text[at] in _CN:
        return _plain(text, at, at + 1, "lexical")
    if a is None or a.low >= _LARGEST:
        run = _RUN.match(text, at)
        return _plain(text, at, max(a.number_end if a else 0, run.end()), "code") if run else None
    start, ahead = before(text, a.start, floor)
    end, behind = after(text, a.end)
    if a.lexical and not ahead and not behind:
        return _plain(text, a.start, a.end, "lexical")
    klass = _KLASS.get(a.unit, "quantity")
    far = before_share(text, a.start, floor) if klass == "multiple" else ""
    qualifier = a.qualifier or behind or ahead or far or "eq"  # 突破20项以上 is at least 20
    window = a.unit in _TIME and bool(_WINDOW.search(text, max(0, a.start - 2), a.start))
    if window:
        klass = "duration"
    elif klass == "duration" and a.low != a.low.to_integral_value():
        klass = "quantity"  # an average of 6.4 years is a value, three years are a stretch of time
    if not a.unit and a.high is not None and not ahead and not behind:
        klass = "code" if text[at].isdecimal() else "lexical"
    words = text[start:end]
    return Quantity(
        start,
        end,
        a.start,
        a.number_end,
        whole(a.low),
        whole(a.high) if a.high is not None else None,
        a.unit,
        a.unit_text,
        qualifier,
        klass,
        words,
    )
