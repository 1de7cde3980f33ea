"""Line roles, sub-documents, sentences and the header of a page."""

from __future__ import annotations

from datetime import date

from transforms.header import read_header
from transforms.html import read_text
from transforms.lines import classify, sentences, split_parts

PAGE = """益阳市召开知识产权工作推进会
2023-02-08 10:12  来源:益阳日报  责任编辑:周岚  【打印】【关闭】
一、总体情况
2月7日，全市知识产权工作推进会召开，会议通报了上一年度各项工作的进展情况，并对有关单位予以表扬。
2022年，全市专利授权5120件（其中发明604件），有效注册商标3.6万件，知识产权质押融资额达到12.6亿元。
相关阅读:
常德去年专利授权9000件
上一篇:市局召开例会  下一篇:春季检查启动
主办:益阳市市场监督管理局  湘ICP备05000001号"""

PARTS = """知识产权工作情况汇总
知识产权工作情况汇总(一)
1月9日，郴州市召开会议，全市专利授权120件。
知识产权工作情况汇总(二)
2月3日，永州市召开会议，全市专利授权98件。"""


def roles(text):
    return [line.role for line in classify(text)]


def test_every_line_has_its_part():
    assert roles(PAGE) == ["title", "byline", "heading", "body", "body", "furniture", "furniture", "furniture", "furniture"]


def test_header_takes_the_byline_and_never_an_event():
    header = read_header(PAGE, classify(PAGE), read_text(PAGE))
    assert (header.title, header.published_on, header.published_reason, header.source) == (
        "益阳市召开知识产权工作推进会",
        date(2023, 2, 8),
        "byline",
        "益阳日报",
    )
    undated = "某市召开会议\n1月9日，会议在市行政中心召开，总结了各项工作的进展情况，安排了下一阶段的重点任务和措施。"
    assert read_header(undated, classify(undated), read_text(undated)).published_on is None


def test_a_signature_dates_a_notice():
    text = "关于报送材料的通知\n请各单位按照要求，于规定的时间之内，将本单位的工作总结和有关材料一并报送到市局办公室。\n益阳市市场监督管理局\n二〇二三年四月八日"
    header = read_header(text, classify(text), read_text(text))
    assert (header.published_on, header.published_reason) == (date(2023, 4, 8), "signature")


def test_numbered_titles_split_a_page():
    parts = split_parts(PARTS, classify(PARTS))
    assert [PARTS[p.start : p.end].split("\n", maxsplit=1)[0] for p in parts] == [
        "知识产权工作情况汇总",
        "知识产权工作情况汇总(一)",
        "知识产权工作情况汇总(二)",
    ]


def test_sections_of_one_document_do_not():
    assert len(split_parts(PAGE, classify(PAGE))) == 1


def test_sentences_end_outside_brackets():
    text = "授权120件（去年为98件。）同比增长。其中发明12件！“很好。”他说"
    assert [text[s:e] for s, e in sentences(text, classify(text))] == [
        "授权120件（去年为98件。）同比增长。",
        "其中发明12件！",
        "“很好。”",
        "他说",
    ]
