"""Every numeral of a text: values, units, qualifiers and the classes of those that count nothing."""

from __future__ import annotations

import csv
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.numbers import find_quantities

SEEDS = Path(__file__).parents[3] / "shared" / "gold"
COUNTED = {"quantity", "percent", "points", "multiple", "doubling", "fraction", "ordinal", "top"}

# text -> (value[..high], unit, qualifier) of each number in it
VALUES = {
    "超过3.2万余件": "32000 件 gt",
    "1,100万元": "11000000 元 eq",
    "共3 326件": "3326 件 eq",
    "授权1，234件": "1234 件 eq",
    "金额11亿元，142个": "1100000000 元 eq; 142 个 eq",
    "金额11亿元,142个": "1100000000 元 eq; 142 个 eq",
    "创办单元39个": "39 个 eq",
    "地理标志142个(件)": "142 个 eq",
    "3万4000件": "34000 件 eq",
    "1万5千家": "15000 家 eq",
    "2亿3000万元": "230000000 元 eq",
    "二十余家": "20 家 gt",
    "三百二十一件": "321 件 eq",
    "一万五千亿元": "1500000000000 元 eq",
    "十几家企业": "10 家 gt",
    "数十家": "10 家 gt",
    "上百家": "100 家 ge",
    "近百家": "100 家 approx",
    "千余项": "1000 项 gt",
    "20多亿元": "2000000000 元 gt",
    "3万多件": "30000 件 gt",
    "5倍多": "5 倍 gt",
    "3000来家": "3000 家 gt",
    "百分之十五": "15 % eq",
    "百分之四十三点九六": "43.96 % eq",
    "3.5‰": "0.35 % eq",
    "万分之三": "0.03 % eq",
    "同比为-3.2%": "-3.2 % eq",
    "20-30家": "20..30 家 eq",
    "12万件—15万件": "120000..150000 件 eq",
    "3—5万件": "30000..50000 件 eq",
    "3至5个": "3..5 个 eq",
    "2%-5%": "2..5 % eq",
    "三四十家": "30..40 家 eq",
    "六七成": "60..70 % eq",
    "由4家到17家": "4 家 eq; 17 家 eq",
    "从28件提高到70件": "28 件 eq; 70 件 eq",
    "不低于600件": "600 件 ge",
    "控制在2个月以内": "2 月 le",
    "控制在30天左右": "30 天 approx",
    "压减到15个工作日以内": "15 工作日 le",
    "超过了50%": "50 % gt",
    "力争突破3300件": "3300 件 gt",
    "突破了40万件": "400000 件 gt",
    "近1.2亿条，商标4500万条，近9000条": "120000000 条 approx; 45000000 条 eq; 9000 条 approx",
    "达到50家，试点企业达到180家以上": "50 家 eq; 180 家 ge",
    "不足3家，约20家": "3 家 lt; 20 家 approx",
    "不超过10万元": "100000 元 le",
    "30家以下": "30 家 le",
    "签约15个项目": "15 个 eq",
    "节约100亿元": "10000000000 元 eq",
    "通过贯标100家": "100 家 eq",
    "侦破10起": "10 起 eq",
    "15家上下游企业": "15 家 eq",
    "翻一番": "100 % eq",
    "实现翻番": "100 % eq",
    "翻了两番": "300 % eq",
    "增长1.8倍": "1.8 倍 eq",
    "三分之一": "33.33 % eq",
    "占比1/3": "33.33 % eq",
    "近十分之一": "10 % approx",
    "七成": "70 % eq",
    "三成五": "35 % eq",
    "不到三成": "30 % lt",
    "七成多": "70 % gt",
    "增长一成以上": "10 % ge",
    "企业占一半": "50 % eq",
    "超半数企业": "50 % gt",
    "不到温州的一半": "50 % lt",
    "约占全省四成": "40 % approx",
    "约为后者的2倍": "2 倍 approx",
    "超过全市总量的四分之一": "25 % gt",
    "近九成为中小企业": "90 % approx",
    "突破20项以上": "20 项 ge",
    "近年来达到上年的2倍": "2 倍 eq",
    "提高3个百分点": "3 个百分点 eq",
    "排名第9位": "9 位 eq",
    "居全国第四和第五位": "4 位 eq; 5 位 eq",
    "分列第二、三位": "2 位 eq; 3 位 eq",
    "分列第二至第五位": "2..5 位 eq",
    "稳居首位": "1 位 eq",
    "名列榜首": "1 位 eq",
    "全国第一，": "1 位 eq",
    "前50名": "50 位 le",
    "18.9件/万人": "18.9 件/万人 eq",
    "平均2.3件/家": "2.3 件/家 eq",
    "3.2万元/人": "32000 元/人 eq",
    "5亿美元": "500000000 美元 eq",
    "1.2亿元人民币": "120000000 元 eq",
    "500千克": "500 公斤 eq",
    "2个半小时": "2.5 小时 eq",
    "审查周期压减到16个月": "16 月 eq",
    "满意度82.36分": "82.36 分 eq",
    "达7亿以上": "700000000  ge",
    "突破百亿元": "10000000000 元 gt",
    "新增示范企业一家，": "1 家 eq",
    "两家": "2 家 eq",
    "IPO3家": "3 家 eq",
    "共受理2024件": "2024 件 eq",
    "38批次": "38 批次 eq",
    "12项目标任务": "12 项 eq",
}  # fmt: skip

# text -> classes of the numerals, in order
CLASSES = {
    "2020年5月10日": "date", "1-6月": "date", "“十三五”时期": "date", "2015—2020年": "date", "2015?2020年": "date",
    "2013.9": "date", "2020.08.21": "date", "09:40": "date", "4月26日": "date", "“3·15”": "date", "十二五": "date",
    "前三季度": "date", "前5个月": "date", "第三季度": "date", "二〇二〇年十二月": "date", "2024世界制造业大会": "date",
    "发文日期:20131208": "date", "10日至12日": "date", "426世界知识产权日": "date", "15:00-18:00": "date",
    "三年行动计划": "duration", "30日内": "duration", "五年来": "duration", "近3个月": "duration", "连续9年": "duration",
    "〔2022〕5号": "code", "闽ICP备05003455号-2": "code", "XM00100-03-07-2013-009": "code", "闽B2-20100029": "code",
    "证号:1310572": "code", "第085号": "code", "“1234”体系": "code", "1+13+N": "code", "“9+2”": "code", "5G基站": "code",
    "0591-87095403": "code", "12345热线": "code", "C919": "code", "GB/T 2260": "code", "301室": "code", "3:1": "code",
    "http://a.example/2020/05/t2020.html": "code", "网站标识码4206000051": "code",
    "一、总体要求": "list_marker", "（一）目标": "list_marker", "1.提升": "list_marker", "①提升": "list_marker",
    "一是加强，二是推进": "list_marker list_marker", "会议总结一\n": "list_marker", "第一，加强": "list_marker", "表1": "list_marker",
    "第十一届": "session", "第二十五次": "session", "第二批": "session", "十九届二中、三中、四中全会": "session", "党的十九大": "session",
    "第17个世界知识产权日": "session", "2025届": "session",
    "进一步统一": "lexical lexical", "泛珠三角": "lexical", "两岸": "lexical", "一带一路": "lexical", "一系列": "lexical",
    "第一时间": "lexical", "三高四新": "lexical lexical", "一家企业": "lexical", "万一": "lexical", "十分重要": "lexical",
    "每万人": "lexical", "每10万人": "lexical", "万人发明专利": "lexical", "世界500强": "lexical", "四大工程": "lexical",
    "“五个不放过”": "lexical", "千亿元级": "lexical", "七台河市": "lexical", "三亚": "lexical", "摆在首位": "lexical", "90后": "lexical",
    "二级巡视员": "lexical", "第一大省": "lexical", "零的突破": "lexical",
}  # fmt: skip


def told(text: str) -> str:
    return "; ".join(
        f"{q.value}{'' if q.high is None else f'..{q.high}'} {q.unit} {q.qualifier}"
        for q in find_quantities(text)
        if q.klass in COUNTED
    )


@pytest.mark.parametrize(("text", "wanted"), VALUES.items())
def test_values(text: str, wanted: str) -> None:
    assert told(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), CLASSES.items())
def test_classes(text: str, wanted: str) -> None:
    assert " ".join(q.klass for q in find_quantities(text)) == wanted


def test_the_span_holds_qualifier_number_unit_and_suffix() -> None:
    text = "授权量首次超过3.2万余件，贯标企业180家以上"
    first, second = find_quantities(text)
    assert [text[first.start : first.end], text[second.start : second.end]] == ["超过3.2万余件", "180家以上"]
    assert text[first.number_start : first.number_end] == "3.2万余"


def test_a_line_break_ends_a_number() -> None:
    assert [q.words for q in find_quantities("拥有量14件\n记者了解到")] == ["14件"]


def test_the_numbers_of_the_sample_pages() -> None:
    """Each statistic of the five pages is found with its value, none of their other numbers has the klass of a rate."""
    table = SEEDS / "seed_quantities.tsv"
    if not table.exists():
        pytest.skip("the hand-labelled documents are not here")
    with table.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["fact"] == "1"]
    simplified = str.maketrans("億萬個項條筆數達額第", "亿万个项条笔数达额第")
    missed = []
    for r in rows:
        found = find_quantities(r["surface"].translate(simplified))
        base = {"件/万人": "件"}.get(r["unit"], r["unit"])
        if not any(
            q.value == Decimal(r["value_normalised"]) and (q.unit in (base, "位", "") or f"({base})" in q.words) for q in found
        ):
            missed.append((r["surface"], r["value_normalised"], [(q.value, q.unit) for q in found]))
    assert len(rows) > 70
    assert missed == []


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "0123456789.,，-—〔〕/()%第前一二三十百千万亿两几半成分之番倍年月日号家件元个位余多约近超过不到以上左右“”:： \nQaX"
        ),
        max_size=60,
    )
)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    at = 0
    for q in find_quantities(text):
        assert at <= q.start <= q.number_start <= q.number_end <= q.end <= len(text)
        assert q.start < q.end
        assert q.words == text[q.start : q.end]
        at = q.end


@given(st.text(alphabet=st.sampled_from("0123456789年月件家、，。 专利"), max_size=40))
def test_no_digit_vanishes(text: str) -> None:
    covered = {i for q in find_quantities(text) for i in range(q.start, q.end)}
    assert [c for i, c in enumerate(text) if c.isdecimal() and i not in covered] == []


@given(
    st.integers(min_value=1, max_value=10**9), st.sampled_from(["件", "家", "元", "项", "个", "所", "笔", "条", "人", "次", "起"])
)
def test_a_plain_count_is_read(number: int, unit: str) -> None:
    for text in (f"共{number}{unit}", f"共{number:,}{unit}"):
        (q,) = find_quantities(text)
        assert (q.value, q.unit, q.qualifier, q.klass) == (number, unit, "eq", "quantity")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["一" * 50000, "9" * 50000, "1," * 30000, "第" * 50000, "“" * 50000, "1-" * 30000, "十几" * 20000, "(1)" * 20000]
)
def test_time_grows_with_the_text(text: str) -> None:
    start = time.perf_counter()
    find_quantities(text)
    assert time.perf_counter() - start < 5
