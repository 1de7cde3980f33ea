"""The sample pages keep showing what they are there for: every encoding, both scripts, each kind of damage, each kind of page."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from seeds.tables import official_series
from transforms.decode import decode
from transforms.document import read
from transforms.records import RawPage

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "seeds" / "documents"
LABELS = ROOT / "tests" / "gold" / "samples.tsv"


class Sample(NamedTuple):
    """What must be seen in one page."""

    name: str
    encoding: str
    evidence: str = "utf-8 valid"
    script: str = "simplified"
    repairs: tuple[str, ...] = ()
    parts: int = 1
    published: str = ""


SAMPLES = (
    Sample("01-hunan-report-2020.html", "utf-8", published="2021-03-18"),
    Sample("02-hunan-report-2020-mirror.html", "gb18030", "meta", "traditional", ("pinyin", "byte_shift", "simplified"), published="2021-03-18"),
    Sample("03-hubei-bulletin-2022.html", "gb18030", "chardet", published="2023-05-16"),  # its label says utf-8
    Sample("04-zhejiang-whitepaper-2021.html", "utf-8", "bom", published="2022-04-24"),
    Sample("05-jiangsu-news-2021-pinyin.txt", "utf-8", script="traditional", repairs=("pinyin", "byte_shift", "simplified"), published="2022-01-26"),
    Sample("06-henan-plan-2022.html", "gb18030", "meta", published="2022-02-28"),
    Sample("07-henan-report-2022.html", "utf-8", published="2023-02-09"),
    Sample("08-fujian-spun-2022.txt", "utf-8", repairs=("spun",), published="2023-04-20"),
    Sample("09-sichuan-lost-bytes.txt", "gb18030", "chardet", repairs=("byte_shift", "lost_dash", "lost_space"), published="2021-06-30"),
    Sample("10-anhui-wrong-codec.html", "utf-8", repairs=("round_trip",), published="2022-03-02"),
    Sample("11-jingjinji-sections-big5.html", "big5hkscs", "meta", "traditional", ("simplified",), parts=4, published="2023-04-26"),
    Sample("12-jiangxi-three-summaries.txt", "utf-8", "bom", repairs=("width", "zero_width"), parts=4, published="2022-01-19"),
    Sample("13-title-of-another-place.html", "gb18030", "chardet", published="2021-08-12"),  # no label
    Sample("14-study-session-no-statistics.txt", "gb18030", "chardet", published="2023-11-07"),
    Sample("15-luoyang-plan-flat-table.txt", "gb18030", "chardet", published="2021-11-23"),
    Sample("16-hubei-news-2022-conflict.html", "utf-8", published="2023-01-19"),  # its label says gb2312
    Sample("17-guangdong-news-2022-big5.html", "big5hkscs", "chardet", "traditional", ("simplified",), published="2023-03-02"),
    Sample("18-nanjing-half-year-2023.html", "gb18030", "meta", repairs=("width",), published="2023-07-21"),
    Sample("19-central-provinces-table.html", "utf-8", published="2023-06-08"),
)  # fmt: skip

MENDED = {
    "02-hunan-report-2020-mirror.html": "各市州坚持数量与质量并重，全年办理专利权质押登记312笔",
    "05-jiangsu-news-2021-pinyin.txt": "知识产权强国建设纲要》。《纲要》为我们在新的起点上",
    "08-fujian-spun-2022.txt": "知识产权服务业从业人员超过1.2万人",
    "09-sichuan-lost-bytes.txt": "《行动计划》。《行动计划》明确，要以保护促创新，以运用促发展，力争",
    "10-anhui-wrong-codec.html": "截至2021年底，全省有效发明专利121732件，同比增长23.98%",
    "12-jiangxi-three-summaries.txt": "全年专利授权18336件",
    "18-nanjing-half-year-2023.html": "全市专利授权量38,216件，同比下降18.6%",
}


@cache
def reading(name):
    return read(RawPage(name, (DOCUMENTS / name).read_bytes()))


@cache
def labels():
    with LABELS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_page_is_listed_here():
    assert sorted(p.name for p in DOCUMENTS.iterdir()) == [s.name for s in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_a_page_shows_what_it_is_there_for(sample):
    page = reading(sample.name)
    assert (page.decoded.encoding, page.decoded.evidence, page.script) == (sample.encoding, sample.evidence, sample.script)
    assert set(sample.repairs) <= {r.kind for r in page.repairs}
    assert page.parts == sample.parts
    assert page.header.title
    assert str(page.header.published_on) == sample.published


@pytest.mark.parametrize(("name", "words"), MENDED.items())
def test_damage_is_undone_to_the_letter(name, words):
    assert words in reading(name).text
    assert words not in reading(name).decoded.text


def test_what_two_readings_dispute_is_lost_and_nothing_beside_it():
    """用 or 应, 强省 or another word: the bytes do not tell, so the page says that a character is missing."""
    text = reading("09-sichuan-lost-bytes.txt").text
    assert "，力争\ufffd五年时间建成知识产权\ufffd省\ufffd" in text
    assert "力争用五年" not in text


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_a_page_with_statistics_gives_some_and_the_one_without_gives_none(sample):
    stated = [row for row in labels() if row["doc"] == sample.name and row["scored"] == "yes"]
    if "no-statistics" in sample.name:
        assert not stated
        assert reading(sample.name).observations == ()
    else:
        assert len(stated) >= 12
        assert reading(sample.name).observations


def test_the_mirror_says_what_the_page_says():
    def values(name):
        return Counter((o.indicator, o.transformation, o.value) for o in reading(name).observations)

    assert values("01-hunan-report-2020.html") == values("02-hunan-report-2020-mirror.html")


def test_the_body_is_believed_where_the_title_names_another_place():
    areas = {o.ref_area for o in reading("13-title-of-another-place.html").observations}
    assert "邵阳" in reading("13-title-of-another-place.html").header.title
    assert "431300" in areas
    assert "430500" not in areas


def test_each_section_has_its_own_place():
    page = reading("11-jingjinji-sections-big5.html")
    of_part = {n: {o.ref_area for o in page.observations if o.part == n and o.indicator == "patent_grants"} for n in (1, 2, 3)}
    assert of_part == {1: {"110000"}, 2: {"120000"}, 3: {"130000"}}


def test_what_the_site_says_around_a_page_is_not_read():
    bait = ("12.6%", "69.6万件", "158件", "200亿元", "2.3万件")
    for sample in SAMPLES:
        quotes = [o.quote for o in reading(sample.name).observations]
        shown = [b for b in bait if b in reading(sample.name).decoded.text]
        assert not [q for q in quotes for b in shown if b in q]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_the_words_of_each_label_stand_in_the_page(sample):
    shown = decode(RawPage(sample.name, (DOCUMENTS / sample.name).read_bytes())).text
    assert [row["evidence"] for row in labels() if row["doc"] == sample.name and row["evidence"] not in shown] == []


def test_yearly_figures_of_whole_provinces_are_the_official_ones_but_for_the_early_estimate():
    official = {(s.ref_area, str(s.time_period), s.indicator): s.value for s in official_series()}
    compared = [
        (row["doc"], official[key], float(row["value"]))
        for row in labels()
        if row["transformation"] == "level" and row["status"] == "actual" and row["qualifier"] == "eq" and not row["scope"]
        and (key := (row["ref_area"], row["time_period"], row["indicator"])) in official
    ]  # fmt: skip
    assert len(compared) > 100
    assert [doc for doc, truth, said in compared if truth != said] == ["16-hubei-news-2022-conflict.html"]
