"""Words that make a number a bound or an estimate: 超过, 以上, 不到, 左右.

>>> t = "授权量首次超过了3万件左右"
>>> before(t, 8), after(t, 11)
((5, 'gt'), (13, 'approx'))
>>> before("签约15个", 2)
(2, '')
"""

from __future__ import annotations

import re

# The guards keep words apart that end alike: 签约, 通过, 附近, 侦破, 达不到.
_BEFORE = {
    "ge": ("不低于", "不少于", "至少", "起码", "不小于", "不下于", "不下", "不止于", "≥", "大于等于", "高于等于"),
    "gt": (
        *("超过", "突破", "首破", "胜过", "超越", "跨过", "迈过", "冲破", "超出", "不止", "大于", "高于", "多于", "＞", ">"),
        *("(?<!不)逾越", "(?<!不)逾", "(?<![高赶反])超", "(?<![侦告攻打爆识突])破", "(?<![通经不度透路超胜跨迈越])过"),
    ),
    "le": ("不超过", "未超过", "不高于", "不大于", "不多于", "至多", "最多", "≤", "控制在"),
    "lt": ("(?<!充)不足", "低于", "(?<![达想料])不到", "少于", "小于", "未达到", "未达", "未满", "不满", "不及", "＜", "<"),
    "approx": (
        *("接近于", "接近", "大约", "大概", "约为", "约占", "将近"),
        *("(?<![节签预合契违条履公特缔邀])约", "(?<![附最临邻靠就贴远走亲])近"),
    ),
}
_BEHIND = {
    "ge": r"[及或]?以上(?![述所])",
    "le": r"[及或]?以下(?![简称几方])|以内|之内",
    "gt": "开外",
    "approx": r"左右(?![手岸翼两])|上下(?![游联级班一齐同楼])",
}
_PREFIX = re.compile(
    "(?:" + "|".join(f"(?P<{k}>{'|'.join(v)})" for k, v in _BEFORE.items()) + r")(?:了|达到|达|到|为|至|有|占|在)?[ \t]*$"
)
# 不到金华的一半, 约占全省四成: in front of a part or a multiple its whole may stand between.
_FAR = re.compile(
    "(?:(?P<gt>超过|超出|突破)|(?P<lt>不到|不足|低于|少于)|(?P<approx>约占|约为|大约|接近|相当于约|近(?![年期日些几代来])))"
    r"[^，。；、,;：:\d]{0,12}?(?:的|全[国省市区县州盟旗])$"
)
_SUFFIX = re.compile(r"[ \t]?(?:" + "|".join(f"(?P<{k}>{v})" for k, v in _BEHIND.items()) + ")")
_LAST = frozenset("于码下止过破胜越逾出超多≥＞>≤在足到少小达满及≤＜<近约概占了为至有 ")


def before(text: str, at: int, floor: int = 0) -> tuple[int, str]:
    """Start and qualifier of the words in front of a number at `at`; `(at, "")` where there are none."""
    if at <= floor or text[at - 1] not in _LAST:
        return at, ""
    m = _PREFIX.search(text, max(floor, at - 9), at)
    return (m.start(), m.lastgroup or "") if m else (at, "")


def after(text: str, at: int) -> tuple[int, str]:
    """End and qualifier of the words behind a unit that ends at `at`; `(at, "")` where there are none."""
    m = _SUFFIX.match(text, at)
    return (m.end(), m.lastgroup or "") if m else (at, "")


def before_share(text: str, at: int, floor: int = 0) -> str:
    """Qualifier of a part or multiple at `at` whose whole stands between the two, "" where there is none.

    >>> before_share("不到全市总量的四分之一", 7), before_share("占全市总量的四分之一", 6)
    ('lt', '')
    """
    m = _FAR.search(text, max(floor, at - 16), at)
    return (m.lastgroup or "") if m else ""
