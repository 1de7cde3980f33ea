"""HTML to main text: furniture out, tables kept as lines, every character traced to the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.html import looks_like_html, read_html, read_text

PAGE = """<!DOCTYPE html><html><head><title>怀化市2022年专利情况 - 怀化市市场监督管理局</title>
<meta name="PubDate" content="2023-01-18"><script>var a="共8888件";</script><style>.x{width:3px}</style></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<h1>怀化市2022年专利情况</h1><div class="info">发布时间：2023-01-18 来源：怀化市市场监管局</div>
<div class="content"><p>2022年，全市专利授权&nbsp;3120件，同比增长5%。</p><p>其中发明专利授权&#50;&#49;0件，占6.7%&lt;注&gt;。</p>
<table><tr><th>县区</th><th>授权量(件)</th></tr><tr><td>鹤城区</td><td>912</td></tr></table></div>
<div class="hot"><h3>点击排行</h3><ul><li><a href="/1">邻市专利授权9999件</a></li></ul></div><div class="foot">版权所有 湘ICP备10000001号</div></body></html>"""


def test_main_text_and_what_the_markup_tells():
    page = read_html(PAGE)
    assert page.title == "怀化市2022年专利情况"
    assert page.meta["published"] == "2023-01-18"
    assert page.text.text.split("\n") == [
        "怀化市2022年专利情况",
        "发布时间：2023-01-18 来源：怀化市市场监管局",
        "2022年，全市专利授权 3120件，同比增长5%。",
        "其中发明专利授权210件，占6.7%<注>。",
        "县区\t授权量(件)",
        "鹤城区\t912",
    ]


def test_characters_are_traced_through_entities():
    page = read_html(PAGE)
    start = page.text.text.index("授权210件")
    low, high = page.text.origin(start, start + 6)
    assert PAGE[low:high] == "授权&#50;&#49;0件"


def test_table_cells_know_their_row_and_column():
    (table,) = read_html(PAGE).tables
    cells = [(c.row, c.column, c.header, read_html(PAGE).text.text[c.start : c.end]) for c in table.cells]
    assert cells == [(0, 0, True, "县区"), (0, 1, True, "授权量(件)"), (1, 0, False, "鹤城区"), (1, 1, False, "912")]


def test_text_is_not_html():
    assert looks_like_html(PAGE)
    assert not looks_like_html("专利授权量 < 5件 > 3件")
    assert read_text("一\r\n二\r三").text.text == "一\n二\n三"


_BITS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='foot'>",
        "</div>",
        "<td>",
        "<tr>",
        "</table>",
        "<table>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "&amp;",
        "&#20;",
        "&",
        "<",
        ">",
        "专利",
        "5件。",
        " ",
        "\n",
        "<a href=x>",
        "</a>",
        "<br>",
        "\x00",
    ]
)


@given(st.lists(_BITS, max_size=40).map("".join))
def test_any_markup_gives_traced_text(source):
    page = read_html(source)
    text = page.text
    assert len(text.starts) == len(text.text)
    for c, low, high in zip(text.text, text.starts, text.ends, strict=True):
        assert 0 <= low <= high <= len(source)
        if "\u4e00" <= c <= "\u9fff":
            assert source[low:high] == c


def test_a_table_that_lays_out_the_page_keeps_its_lines():
    page = read_html(
        "<table><tr><td><a href=/>首页</a></td><td><h1>标题在此</h1><p>第一段，说明情况。</p><p>第二段，列出数据。</p>"
        "<table><tr><th>指标</th><th>2022年</th></tr><tr><td><p>专利授权量</p></td><td>12</td></tr></table><p>第三段，提出要求。</p></td></tr></table>"
    )
    assert page.title == "标题在此"
    assert [line for line in page.text.text.split("\n") if "首页" not in line] == [
        "标题在此",
        "第一段，说明情况。",
        "第二段，列出数据。",
        "指标\t2022年",
        "专利授权量\t12",
        "第三段，提出要求。",
    ]
