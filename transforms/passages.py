"""Passages whose numerals count nothing: dates, codes, list markers, ordinals of meetings, words such as 统一.

>>> [passage_at(t, t.index(c)) for t, c in (("电话0591-87095403", "0"), ("2015—2020年", "2"), ("进一步", "一"), ("12件", "1"))]
[(2, 15, 'code'), (0, 10, 'date'), (0, 3, 'lexical'), None]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import seeds
from seeds.tables import plan_periods
from transforms.numerals import CHINESE
from transforms.units import unit_at

_CN = CHINESE
_Y = r"(?:1[89]|20)\d{2}"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_TO = r"[ \t]*(?:[-—–－~～]{1,2}|至|到)[ \t]*"
_STRETCH = r"(?:年|季度|个?月|个?星期|周|天|日|个?工作日|个?小时|分钟)"
_DAY_OF = r"世界|知识产权|中国品牌|消费者|国际消费|系列|宣传|活动|期间|[”\"]"

# What begins with a digit, in order of preference. "?" marks what holds only where no counting word follows (2024 世界…).
_DIGITS = (
    ("date", rf"{_Y}(?:[-./]{_M}[-./]|年[ \t]*{_M}[ \t]*月[ \t]*){_D}(?!\d)日?(?:[ T]*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?"),
    ("date", rf"{_Y}[ \t]*年?(?:度)?(?:{_TO}|\?){_Y}[ \t]*年(?:度)?"),
    ("date?", rf"{_Y}{_TO}{_Y}(?!\d)"),
    ("date", rf"{_Y}/{_Y}年(?:度)?|(?:\d0|\d{{1,2}}世纪(?:\d0)?)年代|\d{{1,2}}世纪"),
    ("code", r"\d{17,}"),
    ("date", rf"{_Y}[ \t]*年(?:度)?(?:[ \t]*{_M}(?:[ \t]*月?{_TO}{_M})?[ \t]*月份?(?:[ \t]*{_D}[日号])?)?"),
    ("date", rf"{_M}[ \t]*月?(?:份)?{_TO}{_M}[ \t]*月份?(?![ \t]*\d{{1,2}}[日号])"),
    ("date", rf"{_M}[ \t]*月[ \t]*{_D}(?:[-—–~～、至到]+{_D})*[日号](?:{_TO}(?:{_M}月)?{_D}[日号])?"),
    ("date", rf"{_M}月(?:份|[上中下]旬|底|末|初)?"),
    ("duration", rf"\d+(?:\.\d+)?(?:多|余)?(?:{_TO}\d+)?[ \t]*{_STRETCH}(?:以内|之内|内|间|来(?!自)|后|前(?!\d)|以来|时间)"),
    ("date", rf"{_D}日(?!内|以内|之内|均|产)(?:{_TO}{_D}日)?"),
    ("date", r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d)(?:[ \t]*[-—–~～至到]+[ \t]*\d{1,2}[:：]\d{2})?"),
    ("date", r"(?:[01]?\d|2[0-4])时(?!间|代|期|光|候|尚|段|至今)(?:\d{1,2}分)?"),
    ("date", r"\d{1,2}点(?:\d{1,2}分|半|整|钟)|(?<=[上中下晚]午|凌晨|晚上|早上)\d{1,2}点"),
    ("date", rf"{_Y}(?:Q[1-4]|(?=[上下]半年|前[一二两三]个?季度|第?[一二三四]季度))|[1-4]季度|Q[1-4]"),
    ("date", rf"(?:4\.?26|3\.?15|5\.?10|4\.?20)(?={_DAY_OF})|12\.4(?=国家宪法|宪法)|\d{{1,2}}[·•・‧]\d{{1,2}}"),
    ("code", rf"(?<=[〔\[［(（【]){_Y}[〕\]］)）】][ \t]*第?[ \t]*\d+(?:[-—]\d+)?[ \t]*号"),
    ("date", rf"(?<=[（(]){_Y}(?=[)）])"),
    ("code", r"0\d{2,3}[-—－]\d{7,8}(?:[-—－转]\d+)?|400[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)|1[3-9]\d{9}(?!\d)"),
    ("code", r"0\d+(?![.\d])(?:号(?:[-－]\d+)?)?|\d+(?:[-－]\d+){2,}|\d+(?:\.\d+){2,}"),
    ("code", r"\d+(?:[+＋](?:\d+|[A-Za-z]+))+[+＋]?|\d+[×xX*＊]\d+"),
    ("code", r"(?<=[“‘「『\"'])\d+(?:[-.+＋/]\d+)*(?=[”’」』\"'])|(?:211|985|863|973)(?=工程|高校|院校|计划|大学|、|/)"),
    ("code", r"(?:12\d{3}|11[0249]|12[02])(?=[\u4e00-\u9fff]{0,6}(?:热线|平台|电话|短信|报警))|(?<=拨打)\d{5,8}(?!\d)"),
    ("code", r"\d+[ \t]*号(?!召)(?:[-－]\d+)?|\d{1,4}(?:室|楼|弄)(?![宇市下])"),
    ("session", r"\d+届"),
    ("lexical", r"\d0后|\d{1,4}强(?![制化度])|\d+级(?!以上)|\d{1,2}大(?![于小约概致学厦赛队豆])"),
    ("lexical", r"(?<=工业|产业|版本)\d\.\d|\d\.\d(?=版|时代)"),
    ("code", r"\d+(?:\.\d+)?[A-Za-zα-ω]+[A-Za-z\d/-]*"),
    ("date?", rf"{_Y}[./]{_M}(?![\d.])|(?:19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    ("code?", r"\d{7,}(?![\d.,])|\d+[:：∶]\d+"),
    ("date?", rf"{_Y}(?![\d.,，%％‰/])(?=[ ]?[\u4e00-\u9fff（(])(?![余多来几])"),
)

# What begins with a Chinese numeral.
_MONTH = "(?:十[一二]?|[一二三四五六七八九])"
_HAN = (
    ("date", rf"[一二][〇零○OＯo0一二三四五六七八九]{{3}}[ \t]*年(?:度)?(?:[{_CN}]{{1,2}}月(?:[{_CN}]{{1,3}}[日号])?)?"),
    (
        "date",
        rf"{_MONTH}月?{_TO}{_MONTH}月(?:份)?|{_MONTH}月(?:份)?(?:初?[{_CN}]{{1,3}}[日号]|[上中下]旬|底|末|初)?|[一二三四]季度",
    ),
    ("date", r"(?:[一二]?十[一二三四五六七八九]?世纪)?[二三四五六七八九]十年代|[一二]?十[一二三四五六七八九]?世纪"),
    ("session", rf"[{_CN}]+届(?:[{_CN}]+[中次](?:[、和][{_CN}]+[中次])*(?:全会|全国|会议|全体会议)?)?"),
    ("session", r"(?:十[二三四五六七八九]|二十[一二三四五]?)大(?!于|约|概)|[一二三四五六七]中(?=、|全会|和[一二三四五六七]中)"),
    ("session", rf"[{_CN}]+次(?:全会|会议|全体会议|集体学习)"),
    (
        "duration",
        rf"[{_CN}]+(?:多|余)?(?:{_TO}[{_CN}]+)?{_STRETCH}(?:以内|之内|内|间|来(?!自)|后|前(?!\d)|以来|时间|行动|计划|规划|制|期)",
    ),
    ("date", rf"[{_CN}]{{1,3}}日(?!内|以内|之内|均|产|程|游)|[{_CN}]{{1,3}}点(?:钟|半|整|[{_CN}]+分)"),
    ("code", rf"[{_CN}]+号(?!召)(?:楼|院)?"),
    ("lexical", rf"[{_CN}]+级(?!以上)|[一二三四五六七八九十两]+大(?![于小约概致])"),
)

# Behind 第, and behind 前.
_ITEM = (
    "届|次|批|期|轮|场|章|条|款|版|卷|册|页|篇|集|回|站|代|梯队|方阵|阶段|部分|环节|方|季|年|天|周|日|个|组|类|级|层|产业|步|线|课|编|节|例|件|家|座|颗|"
    "架|艘|口|所|枚|块|项|间|大|时间|书记|责任"
)
_ORDINAL = re.compile(rf"第[ \t]*(?:\d+|[{_CN}]+)(?:{_TO}(?:\d+|[{_CN}]+))?[ \t]*(?:(季度)|(号)|(?:{_ITEM}))")
_FIRST = re.compile(rf"前[ \t]*(?:\d+|[{_CN}]+)[ \t]*(?:(个?季度|个?月)|(年)|批|期|届|次|轮|场|天|周)")

# Words before a number that make it a code, a label of a table, a denominator, a list marker.
_CODE_BEFORE = re.compile(
    r"(?:电话|传真|手机|座机|邮编|邮政编码|编号|编码|证号|号码|证|QQ|微信|标识码|备案|公网安备|文号|索引号|信用代码|账号|帐号|工号|代码|字第?)[ \t]*[)）]?[ \t]*[:：]?[ \t]*[（(]?$"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z/]*[-—./ ]?$")
_LABEL_BEFORE = re.compile(r"(?:附件|附表|附图|附录|专栏|案例|(?<![代发报列])表|(?<![地试企意])图|(?<![关])注)[ \t]*$")
_REACHES = re.compile(r"(?:[到至为]|控制在|压[缩减]在|不超过)$")
_EACH_BEFORE = re.compile(r"每[ \t]*$")
_NUMBERED_TITLE = re.compile(r"(?:总结|方案|报告|范文|篇|之|其|例|[表图])$")
_ITEM_MARK = re.compile(
    rf"\d{{1,2}}(?:[.．、](?!\d)|[)）](?![{_CN}]))|[一二三四五六七八九十]{{1,3}}(?:[.．、]|[)）](?![{_CN}]))"
    r"|[一二三四五六七八九十]{1,2}(?:是|要|则)(?=[\u4e00-\u9fff“])|第[一二三四五六七八九十][，,、]"
)
_IN_BRACKETS = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?=[)）])")
_CODE = re.compile(r"\d+(?:[-./]\d+)*[A-Za-z]*")
_NUMBERED = re.compile(r"[A-Za-z\d][A-Za-z\d-]*号?(?:[-－]\d+)?")
_LABEL = re.compile(r"\d+(?:[-.]\d+)*")
_SCALED = re.compile(r"[\d.]+[十百千万亿]*")
_RUN = re.compile(rf"[{_CN}]+")
_SLOGAN = re.compile(r"[“\"][^“”\"\n]{1,14}[”\"]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]{1,40}@[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumeralWord:
    """A word whose numeral counts nothing."""

    word: str
    note: str


@cache
def _words() -> dict[str, tuple[tuple[int, str], ...]]:
    """The words by their first numeral, with its place in the word; longest first."""
    made: dict[str, list[tuple[int, str]]] = {}
    for row in seeds.load("numeral_words", NumeralWord, key=("word",)):
        at = next(i for i, c in enumerate(row.word) if c in _CN)
        made.setdefault(row.word[at], []).append((at, row.word))
    return {c: tuple(sorted(words, key=lambda w: -len(w[1]))) for c, words in made.items()}


@cache
def _compiled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted((n for p in plan_periods() for n in (p.name, *p.aliases)), key=len, reverse=True)
    long, short = [n for n in names if len(n) > 2], [n for n in names if len(n) < 3]
    plans = (
        "date",
        rf"(?:{'|'.join(long)})(?!家|件|个|项)|(?:{'|'.join(short)})(?=[”\"]?(?:期间|时期|计划|规划|末|以来))|(?<=[“\"])(?:{'|'.join(short)})(?=[”\"])",
    )
    return _join(_DIGITS), _join((plans, *_HAN))


def _join(passages: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{k.replace('?', '_weak')}_{i}>{p})" for i, (k, p) in enumerate(passages)))


def addresses(text: str) -> list[tuple[int, int, str]]:
    """Web and mail addresses; their digits are codes."""
    return (
        [(m.start(), m.end(), "code") for m in _ADDRESS.finditer(text)] if "@" in text or "www" in text or "http" in text else []
    )


def slogans(text: str) -> list[tuple[int, int]]:
    """Short passages in quotation marks, whose small Chinese numerals are names (“四换三名”)."""
    return [(m.start(), m.end()) for m in _SLOGAN.finditer(text)]


def passage_at(text: str, at: int, floor: int = 0) -> tuple[int, int, str] | None:
    """Start, end and class of the passage whose first numeral stands at `at`; None where the numeral may count something.

    `floor` is the end of what was read before: nothing left of it belongs to the passage.
    """
    c = text[at]
    if c == "第":
        m = _ITEM_MARK.match(text, at) if _opens_item(text, at) else None
        if m:
            return at, m.end(), "list_marker"
        m = _ORDINAL.match(text, at)
        return _word(text, at, floor) or ((at, m.end(), "date" if m[1] else ("code" if m[2] else "session")) if m else None)
    if c == "前":
        m = _FIRST.match(text, at)
        return (at, m.end(), "date" if m[1] else ("duration" if m[2] else "session")) if m else None
    if c.isdecimal():
        return _digits(text, at, floor)
    return _han(text, at, floor) if c in _CN else _word(text, at, floor)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    m = pattern.match(text, at)
    return m.end() if m else at + 1


def _opens_item(text: str, at: int) -> bool:
    """Whether a line, a sentence or an item begins at `at` (white space and an opening bracket aside)."""
    before = text[max(0, at - 8) : at].rstrip(" \u3000\t（(“")
    return (
        not before or before[-1] in "\n\r。；;:：！？!?" or (before != text[max(0, at - 8) : at] and text[at - 1] not in "（(“")
    )


def _digits(text: str, at: int, floor: int) -> tuple[int, int, str] | None:
    before = text[max(floor, at - 12) : at]
    if text[at - 1 : at] in "（(" and at and (m := _IN_BRACKETS.match(text, at)):
        return at, m.end(), "list_marker"
    if (m := _ITEM_MARK.match(text, at)) and _opens_item(text, at):
        return at, m.end(), "list_marker"
    if before and before[-1] not in "，。；、,;":
        if (m := _LATIN_BEFORE.search(before)) and not before.endswith(("Q", "%")):
            end = _end(_CODE, text, at)
            if not _counts(text, end):
                return max(floor, at - len(m.group().lstrip())), end, "code"
        if _CODE_BEFORE.search(before):
            end = _end(_NUMBERED, text, at)
            if end - at > 4 or not _counts(text, end):
                return at, end, "code"
        if _LABEL_BEFORE.search(before):
            end = _end(_LABEL, text, at)
            if end - at < 4 and not _counts(text, end):
                return at, end, "list_marker"
        if _EACH_BEFORE.search(before):
            end = _end(_SCALED, text, at)
            unit = unit_at(text, end)
            return (at, unit[2] if unit else end, "lexical")
    m = _compiled()[0].match(text, at)
    if not m:
        return None
    klass, _, weak = (m.lastgroup or "").partition("_")
    if weak.startswith("weak") and _counts(text, m.end()):
        return None
    if klass == "duration" and m.group().endswith("内") and _REACHES.search(before):
        return None  # 压减到15个工作日以内 states a value
    return at, m.end(), klass


def _han(text: str, at: int, floor: int) -> tuple[int, int, str] | None:
    before = text[max(floor, at - 4) : at]
    if before.endswith(("（", "(")) and (m := _IN_BRACKETS.match(text, at)):
        return at, m.end(), "list_marker"
    if (m := _ITEM_MARK.match(text, at)) and (_opens_item(text, at) or (m.group()[-1] in "是要则" and before[-1:] in "，、,（")):
        return at, m.end(), "list_marker"
    run = _end(_RUN, text, at)
    if run - at > 24:
        return at, run, "lexical"
    if text.startswith("分之", run):
        return None
    if _NUMBERED_TITLE.search(before) and run - at < 3 and (run == len(text) or text[run] in "\n\r \t:：，,"):
        return at, run, "list_marker" if before[-1] not in "之其" else "lexical"
    found = _compiled()[1].match(text, at)
    if found:
        klass = (found.lastgroup or "").partition("_")[0]
        if klass == "duration" and found.group().endswith("内") and _REACHES.search(before):
            return None
        return at, found.end(), klass
    if word := _word(text, at, floor):
        return word
    if before.endswith("每"):
        unit = unit_at(text, run)
        return at, unit[2] if unit else run, "lexical"
    return None


def _word(text: str, at: int, floor: int) -> tuple[int, int, str] | None:
    for offset, word in _words().get(text[at] if text[at] != "第" else text[at + 1 : at + 2], ()):
        start = at - offset + (1 if text[at] == "第" else 0)
        if start >= floor and text.startswith(word, start):
            return start, start + len(word), "lexical"
    return None


def _counts(text: str, at: int) -> bool:
    """Whether a scale or a counting word stands at `at`, so that the digits before it count something."""
    at += text[at : at + 1] == " "
    if text[at : at + 1] in ("余", "多") or text[at : at + 1] in tuple("十百千万亿%％‰"):
        return True
    return unit_at(text, at) is not None
