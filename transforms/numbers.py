"""Every numeral of a text, with its value, unit and qualifier, or the reason why it is no quantity.

>>> [(q.value, q.unit, q.qualifier) for q in find_quantities("授权量超过3.2万余件，融资41.49亿元")]
[(Decimal('32000.0'), '件', 'gt'), (Decimal('4149000000.00'), '元', 'eq')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from seeds.tables import units
from transforms.numerals import DIGITS, parse

_CN = "零〇一二三四五六七八九十百千万亿两"
_ARABIC = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:[ \u2009]\d{3})+(?![\d.])|\d+(?:\.\d+)?"
_NUMBER = (
    rf"(?:[-−](?=\d))?(?:{_ARABIC})(?:\s*[百千万亿]{{1,2}}(?:\d{{1,4}}[千百万]?(?:\d+)?)?)?|(?:几|数|上|近)?[{_CN}]+(?:几)?|几十"
)
_PREFIX = {
    "ge": ("不低于", "不少于", "至少", "不小于", "不下于", "≥", "高于等于"),
    "gt": ("超过了", "超过", "突破了", "突破", "胜过", "逾越", "逾", "超出", "超", "大于", "高于", "多于", "过", "＞", ">"),
    "le": ("不超过", "不高于", "不多于", "至多", "最多", "≤", "控制在"),
    "lt": ("不足", "低于", "不到", "少于", "小于", "未达", "＜", "<"),
    "approx": ("接近于", "接近", "大约", "约为", "约占", "约", "将近", "近"),
}
_SUFFIX = {
    "ge": ("及以上", "以上", "或以上", "起"),
    "le": ("及以下", "以下", "以内", "之内"),
    "gt": ("有余", "开外"),
    "approx": ("左右", "上下", "前后"),
}
_PREFIX_OF = {w: q for q, ws in _PREFIX.items() for w in ws}
_SUFFIX_OF = {w: q for q, ws in _SUFFIX.items() for w in ws if w != "起"}


def _alternatives(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


# Passages whose numerals are never quantities: (class, pattern). The first that matches at a place wins.
_PASSAGES = (
    (
        "code",
        r"[〔\[［(（]\d{4}[〕\]］)）]\s*第?\d+号|ICP[备证]\s*\d+号?(?:-\d+)?|公网安备\s*\d+号?|(?:证号|许可证|标识码|邮编|邮政编码|编号|索引号|文号)\s*[:：]?\s*[A-Za-z0-9\-]+|(?:电话|传真|热线|手机|QQ|电\s*话)\s*[:：]?\s*\d[\d\-]*|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)400-?\d{3,4}-?\d{3,4}|第\s*\d+\s*号|[A-Za-z]{1,4}\d+(?:-\d+)+|[A-Za-z]+\d+[-－]?\d{4,}|\d+[A-Za-z]{1,3}(?![A-Za-z%])|[“\"‘]\d+(?:[+＋·.]\d+)*[+＋]?[A-Za-z]?[”\"’]|\d+(?:[+＋]\d+)+(?:[+＋][NnXx])?|[“\"]?\d+·\d+[”\"]?|(?<!\d)(?:12345|12315|12330|110|12388)(?=热线|电话|平台|投诉|举报|维权|转办|报警)|[A-Z]栋?\d+室|[A-Za-z]座?\d+(?:会议)?室|R&D|PM2\.5|\bISO\s*\d+|GB/T\s*\d+",
    ),
    (
        "date",
        rf"\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?|(?:19|20)\d{{2}}[-./](?:0?[1-9]|1[0-2])[-./]\d{{1,2}}(?!\d)|(?:19|20)\d{{2}}\.(?:[1-9]|1[0-2])(?!\d)|(?:19|20)\d{{2}}\s*(?:年\s*)?[-—–~～至到]{{1,2}}\s*(?:19|20)\d{{2}}(?:\s*年)?|(?<![\d.])(?:19|20)\d{{2}}\s*年(?:度)?(?:\d{{1,2}}月(?:份)?(?:\d{{1,2}}日)?)?|[{_CN}]{{4}}年(?:[{_CN}]{{1,3}}月(?:[{_CN}]{{1,3}}日)?)?|\d{{1,2}}月\d{{1,2}}日(?:[-—–至]\d{{1,2}}日)?|\d{{1,2}}\s*[-—–至]\s*\d{{1,2}}\s*月(?:份)?|\d{{1,2}}月(?:份)?|[{_CN}]{{1,3}}月(?:份)?[{_CN}]{{1,3}}[日号]|\d{{1,2}}日|[“\"]?十[一二三四五六]五[”\"]?|前[三两二]个?季度|前\d{{1,2}}个月|前[{_CN}]+个月|第?[一二三四]季度|[今本去上前明]年|下午\d+点|\d+点(?:\d+分)?",
    ),
    (
        "list_marker",
        r"(?m:^)\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．，]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])|(?<=[。；;:：\s])[一二三四五六七八九十][是要](?=[\u4e00-\u9fff“])|(?<=[。；;:：\s])(?:\d{1,2}[.．](?!\d))",
    ),
    (
        "session",
        rf"第[{_CN}\d]+(?:届|次|批|期|轮|场|章|条|款|号|个(?=世界|全国|中国|国际)|年(?=发布|编制))|[{_CN}]+届[{_CN}]+(?:中全会|次全会|次会议)|党的[{_CN}]+大|[{_CN}]+大(?=精神|报告|以来|代表)",
    ),
    (
        "duration",
        rf"(?:[{_CN}]+|\d+)(?:多|余|来)?年(?:行动|计划|规划|制|期|来|间|内|累计|前|以上|以下|多|时间)|(?:近|过去|连续|历时|未来|今后|这|第)(?:[{_CN}]+|\d+)(?:多|余)?年|(?<![\d{_CN}])(?:[{_CN}]+|\d+)(?:多|余)?(?:个)?(?:小时|分钟|秒|周|天内|日内|工作日内)|第[{_CN}]+年|[{_CN}]+年(?=五?年?均)",
    ),
    (
        "lexical",
        r"每万(?:名|户)?(?:人口|人|从业人员|户籍人口|常住人口)?|(?<!\d)万人(?=口|有效|发明|高价值|专利)|(?<![个家件项所])[（(][万亿千百]?[件家元个项笔户次人]元?[)）]|(?<!分)之一|进一步|新一轮|一体化?|一系列|一批|统一|一流|一带一路|一些|一定|一起|一直|一律|一致|一般|一线|一手|一站式|一茶一果一工艺|唯一|同一|每一|某一|万一|专一|单一|逐一|一一|一方面|一会|一旦|一切|一度|一月一|一季一|零的突破|千家万户|百花|千方百计|万象|亿万|百姓|百强|两岸|两会|两级|两山|两翼|三角|三农|三线|四川|五星|七一|八一|九龙|十堰|十分(?!之)|十足|百色|千岛|万州|万宁|千年|百年|一百多|三亚|三明|三门|五指|六安|六盘水|四平|四会|双[一百千万]|[一二三四五六七八九十]+[带园库网中心平台区港城廊核翼轴]+[一二三四五六七八九十]|第一时间|第一线|第一责任|第一书记|一是|二是|三是|一要|二要|三要|[一二三四五六]个[“\"不]|[一二三]则|一把手|一次性|一人一|一企一|一盘棋|一张蓝图|一网通|一图读懂|一窗|一门|数字化|数据|数量|数额|数值|多数|上万|三位一体|一区两园|三者|两者|两地|两市|两手|两个(?=确立|维护)|四个(?=意识|自信|全面)|两项合计|两类|三地|三类|四则|[一二三四五六七八九十百千万]+[届级线类年]?(?=以来)",
    ),
)
_PASSAGE = re.compile("|".join(f"(?P<{name}_{i}>{pattern})" for i, (name, pattern) in enumerate(_PASSAGES)))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral at its place; `start:end` holds qualifier, number, scale and unit, `number_start:number_end` the number."""

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


@cache
def _unit_table() -> dict[str, tuple[str, Decimal]]:
    made: dict[str, tuple[str, Decimal]] = {}
    for u in units():
        for word in (u.code, *u.aliases):
            made[word] = (u.base or u.code, u.factor) if u.dimension in ("money", "multiple_of") else (u.code, Decimal(1))
    return made


@cache
def _pattern() -> re.Pattern[str]:
    unit = _alternatives(_unit_table())
    return re.compile(
        rf"(?P<prefix>{_alternatives(_PREFIX_OF)})?(?P<link>达到?|为|了|到|有|至)?\s*"
        rf"(?:(?P<per>百分之|千分之|万分之)(?P<pn>[{_CN}点]+|\d+(?:\.\d+)?)"
        rf"|(?P<den>[{_CN}]+|\d+)分之(?P<num>[{_CN}]+|\d+)|(?P<fn>\d{{1,2}})/(?P<fd>\d{{1,2}})(?![\d/])"
        rf"|(?P<tenths>[一二三四五六七八九两近]|十)成(?P<half>[一二三四五六七八九半])?(?P<tm>多|余)?(?![为就立员果功本交长绩品熟效都分套])"
        rf"|(?P<halfword>半数|一半|过半)|(?P<double>翻了?(?P<dn>[一两二三四五]?)番|翻番)"
        rf"|第(?P<ord>\d+|[{_CN}]+)(?P<ordu>位|名)?|(?P<first>首位|榜首|首席|第一)|前(?P<top>\d+|[一二三四五六七八九十]+)(?P<topu>位|名|强|列)?(?!个|季|半|后|期|年|提|\d)"
        rf"|(?P<low>{_NUMBER})(?:\s*(?P<range>[-—–~～至到])\s*(?P<high>{_NUMBER}))?"
        rf"(?P<more>[余多来])?(?P<scale>[万亿]{{1,2}})?(?P<more2>[余多])?\s*(?P<unit>{unit})?(?P<alt>[（(](?:{unit})[)）])?(?P<more3>[余多](?!年|个|家))?)"
        rf"\s*(?P<suffix>{_alternatives(_SUFFIX_OF)})?"
    )


_START = re.compile(rf"[\d{_CN}第首榜半过翻前几数上近约超逾突不低至接大将达控胜高多少小未最百千≥≤＞＜<>\-−]")


def find_quantities(text: str) -> list[Quantity]:
    """All numerals, left to right, without overlaps; those that are no quantities carry their class (date, code, lexical ...)."""
    found: list[Quantity] = []
    taken = [(m.start(), m.end(), (m.lastgroup or "").rsplit("_", 1)[0]) for m in _PASSAGE.finditer(text)]
    at = 0
    spans = iter([*taken, (len(text), len(text), "")])
    low, high, klass = next(spans)
    pattern = _pattern()
    while at < len(text):
        if at >= low:
            if klass in ("lexical", "date", "code", "list_marker", "session", "duration") and high > low:
                if klass != "lexical" or any(c in _CN for c in text[low:high]):
                    found.append(_plain(text, low, high, klass))
            at = max(at, high)
            if low == len(text):
                break
            low, high, klass = next(spans)
            continue
        m = _START.search(text, at, low)
        if not m:
            at = low
            continue
        q = pattern.match(text, m.start(), low)
        made = _quantity(text, q) if q and q.end() > q.start() else None
        if made:
            found.append(made)
            at = made.end
        else:
            at = m.start() + 1
    return found


def _plain(text: str, start: int, end: int, klass: str) -> Quantity:
    while start < end and text[start].isspace():
        start += 1
    return Quantity(start, end, start, end, Decimal(0), None, "", "", "eq", klass)


def _quantity(text: str, m: re.Match[str]) -> Quantity | None:
    g = m.groupdict()
    if g["link"] and not g["prefix"]:
        return None  # the verb belongs to the clause, the number follows by itself
    start, end = m.start(), m.end()
    qualifier = _PREFIX_OF.get(g["prefix"] or "", "eq")
    if g["prefix"] and g["prefix"] in ("过", "超", "近") and start and text[start - 1] in "通经超越胜不附最临将接":
        qualifier = "eq" if text[start - 1] in "通经附最临" else qualifier
    if g["suffix"]:
        qualifier = _SUFFIX_OF[g["suffix"]]
    number_start = m.start("low") if g["low"] else start

    def made(value: Decimal, unit: str, klass: str, q: str = qualifier, high: Decimal | None = None) -> Quantity:
        return Quantity(start, end, number_start, end, value, high, unit, g["unit"] or "", q, klass)

    if g["pn"]:
        value = _decimal_words(g["pn"])
        scale = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}[g["per"]]
        return made(value * scale, "%", "percent") if value is not None else None
    if g["den"]:
        low, high = parse(g["num"]), parse(g["den"])
        return made((low / high * 100).quantize(Decimal("0.01")).normalize() + 0, "%", "fraction") if low and high else None
    if g["fn"]:
        return (
            None
            if Decimal(g["fn"]) >= Decimal(g["fd"])
            else made((Decimal(g["fn"]) / Decimal(g["fd"]) * 100).quantize(Decimal("0.01")), "%", "fraction")
        )
    if g["tenths"]:
        if g["tenths"] == "近":
            return None
        value = Decimal(DIGITS.get(g["tenths"], 10) * 10)
        if g["half"]:
            value += 5 if g["half"] == "半" else DIGITS[g["half"]]
        return made(value, "%", "fraction", "gt" if g["tm"] else qualifier)
    if g["halfword"]:
        return made(
            Decimal(50), "%", "fraction", "gt" if g["halfword"] == "过半" or g["prefix"] in ("超", "过", "逾") else qualifier
        )
    if g["double"]:
        times = DIGITS.get(g["dn"] or "一", 1)
        return made(Decimal(2**times * 100 - 100), "%", "doubling")
    if g["ord"]:
        value = parse(g["ord"])
        ranked = (
            g["ordu"] or not re.match(r"[\u4e00-\u9fff“]", text[end : end + 1]) or text[end : end + 1] in "、和与及的且并，位"
        )
        return made(value, "位", "ordinal" if ranked else "session") if value is not None else None
    if g["first"]:
        ranked = g["first"] != "第一" or not re.match(r"[\u4e00-\u9fff]", text[end : end + 1])
        return made(Decimal(1), "位", "ordinal" if ranked else "lexical")
    if g["top"]:
        if not g["topu"] and re.match(r"[\u4e00-\u9fff]", text[end : end + 1]):
            return None
        return made(parse(g["top"]) or Decimal(0), "位", "top", "le")
    return _counted(text, m)


def _counted(text: str, m: re.Match[str]) -> Quantity | None:
    g = m.groupdict()
    raw, qualifier = g["low"], _PREFIX_OF.get(g["prefix"] or "", "eq")
    if g["suffix"]:
        qualifier = _SUFFIX_OF[g["suffix"]]
    vague = raw[0] if raw[0] in "几数上近" else ""
    body = raw.strip("几数上近").lstrip("-−") if vague or raw[-1] == "几" else raw.lstrip("-−")
    if raw == "几十" or (vague and not body):
        return None
    value = parse(body.replace(" ", ""))
    if value is None:
        return None
    if raw[0] in "-−":
        value = -value
    if raw == "一" and not g["prefix"] and g["unit"] != "倍":
        return None  # 一家, 一种: an article, not a count
    scale = Decimal(1)
    for c in g["scale"] or "":
        scale *= {"万": Decimal(10**4), "亿": Decimal(10**8)}[c]
    unit, factor = _unit_table().get(g["unit"] or "", ("", Decimal(1)))
    end = m.end()
    if g["unit"] and _inside_word(text, m.end("unit"), g["unit"]):
        unit, factor = "", Decimal(1)
        end = m.start("unit")
        if g["suffix"]:
            qualifier = _PREFIX_OF.get(g["prefix"] or "", "eq")
    value *= scale * factor
    if g["more"] or g["more2"] or g["more3"] or raw.endswith("几") or vague == "几":
        qualifier = "gt"
    elif vague in ("数", "上"):
        qualifier = "ge"
    elif vague == "近":
        qualifier = "approx"
    high = parse(g["high"].strip("几数上近")) if g["high"] else None
    if high is not None:
        high *= scale * factor
        if value * 1 == value and any(c in "万亿" for c in g["high"]) and not any(c in "万亿" for c in raw):
            for c in g["high"]:
                value *= {"万": Decimal(10**4), "亿": Decimal(10**8)}.get(c, Decimal(1))
    written = raw + (g["scale"] or "")
    if written in ("万", "亿", "千", "百", "十") and not g["prefix"]:
        return None  # 万件 in a table's header counts nothing
    if not unit and all(c in _CN + "几数上近" for c in written) and len(written) == 1:
        return None  # a lone 一 or 十 without a unit is a word, not a number
    klass = {"%": "percent", "个百分点": "points", "倍": "multiple"}.get(unit, "quantity")
    if unit == "年" or (unit == "位" and not g["prefix"] and False):
        klass = "duration"
    return Quantity(m.start(), end, m.start("low"), min(end, m.end()), value, high, unit, g["unit"] or "", qualifier, klass)


_LONGER = {
    "个": "月|工作日|百分点|体|性|别|案|股", "人": "口|均|民|才|工|物|体|大|保|社|力|事|格|文|行", "家": "庭|电|长|属|乡|园|具",
    "件": "套", "项": "目(?!数)", "条": "件|例|款", "分": "别|公司|中心|局|类|布|院|支|行|析|享|钟|红", "位": "数|于|居|置|列",
    "次": "序|品|日|年", "所": "有|属|在|以|得|需|占|谓", "种": "子|植|类|业|族", "名": "单|称|特|优|牌|录|词|誉", "年": "",
    "天": "然|津|府|河", "日": "本|报|常|益", "点": "", "批": "评|准|复|发|次", "度": "", "起": "到|来|步|草|诉|点|始", "支": "持|出|付|撑|行|柱|部|队",
    "部": "门|委|分|署|长|队|级", "张": "家|店|三", "场": "所|景|地|馆", "元": "件|素|旦|月", "户": "外|口|均|籍", "月": "", "期": "间|末|初|刊|满|限",
}  # fmt: skip
_LONGER_RE = {u: re.compile(p) for u, p in _LONGER.items() if p}


def _inside_word(text: str, end: int, unit: str) -> bool:
    """Whether the counting word is the first character of a longer word (3个月, 5人均)."""
    longer = _LONGER_RE.get(unit)
    return bool(longer and longer.match(text, end))


def _decimal_words(text: str) -> Decimal | None:
    whole, _, part = text.partition("点")
    base = parse(whole)
    if base is None or not part:
        return base
    return base + Decimal("0." + "".join(str(DIGITS[c]) for c in part if c in DIGITS))
