"""Real pages: main text and date of publication held to their floors; and markup that means harm."""

from __future__ import annotations

import time
from statistics import mean

import pytest

from bench import common, text
from transforms.html import read_html
from transforms.markup import parse

needs_pages = pytest.mark.skipif(not (common.PAGES / "original").exists(), reason="../shared/pages is absent")


@needs_pages
@pytest.mark.slow
def test_main_text():
    f1 = [text.compare(i.body, text.ours(i.source)).f1 for i in text.items()]
    assert len(f1) >= 69
    assert mean(f1) >= 0.925
    assert min(f1) > 0


@needs_pages
@pytest.mark.slow
def test_dates_of_publication():
    right, known = text.dates()
    assert known == 51
    assert right >= 46


def processor_time(source):
    start = time.process_time()
    read_html(source)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(
    "bit",
    [
        "<div>",
        "<div>x",
        "<p>x</b>",
        "<a",
        "<!--",
        "<a \"'",
        "<script>",
        "<select>",
        "<table><td>x</div>",
        "&",
        "&#x",
        "<p x=",
        "文",
        "<td><h1>x。",
        "</p>",
        "<![CDATA[",
        "<a '",
        "<ul><li>x",
        "<",
        '"',
        "\x00",
        "�",
        "<svg><button>",
    ],
)
def test_hostile_markup_takes_linear_time(bit):
    small, large = bit * (100_000 // len(bit)), bit * (800_000 // len(bit))
    processor_time(small)
    least = min(processor_time(small) for _ in range(3))
    assert processor_time(large) < 8 * 4 * max(least, 0.01)  # eight times the text; quadratic code would take 64 times as long


def test_a_million_nested_elements():
    page = parse("<div>" * 1_000_000 + "<p>全市专利授权量达到5120件。</p>")
    assert max(n.depth for n in page.nodes) == 500
    assert [b.text for b in page.blocks] == ["全市专利授权量达到5120件。"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>一&nbsp二&#20013;&#x4e2d;&bogus;&#99999999;</p>", "一 二中中&bogus;\ufffd"),
        ('<p title="a>b">文</p>', "文"),
        ("<p>文<!-- <p>注 --></p>", "文"),
        ("<p>文<script>if(a<b)document.write('<p>假</p>')</script></p>", "文"),
        ("<p>前<noscript>假</noscript>后</p>", "前后"),
        ("<p>前<select><option>假</option>后</p>", "前\n假\n后"),
        ("<p>前<!-- 没有结束", "前"),
        ("<div><div>文</div", "文"),
        ("a < b > c", "a < b > c"),
        ("<P>大写<BR>换行</P>", "大写\n换行"),
        ("<p>一<p>二<li>三<li>四", "一\n二\n三\n四"),
    ],
)
def test_what_is_written_wrongly_is_read_as_browsers_do(source, text):
    assert "\n".join(b.text for b in parse(source).blocks) == text


def test_what_a_page_says_twice_is_kept_once():
    said = "2022年，全市专利授权量达到五千一百二十件，同比增长百分之九点三，有效注册商标三万六千件。"
    page = f"<div class=pc><p>{said}</p></div><div class=phone><p>{said}</p></div>"
    assert read_html(page).text.text.count(said) == 1


def test_furniture_by_name_unless_it_holds_the_page():
    said = "2022年，全市专利授权量达到五千一百二十件，同比增长百分之九点三。"
    assert read_html(f"<div class=links><p>{said}</p></div>").text.text == said
    assert read_html(f"<p>{said}</p><div class=comment><p>{said[::-1]}</p></div>").text.text == said


def test_the_title_that_the_window_repeats():
    page = "<title>怀化市专利工作情况-市局</title><div>怀化市专利工作情况</div><div>2023-01-18 09:10</div><p>2022年，全市专利授权量达到五千一百二十件，同比增长百分之九点三。</p>"
    read = read_html(page)
    assert read.title == "怀化市专利工作情况"
    assert read.text.text.split("\n")[:2] == ["怀化市专利工作情况", "2023-01-18 09:10"]
    assert read.meta["stated"] == "2023-01-18"
