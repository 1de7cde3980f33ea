"""Bytes to text: labels that lie, stray bytes, cut tails, other languages, files that are no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.decode import decode, is_binary
from transforms.quality import quality
from transforms.records import RawPage

TEXT = "2022年，全市专利授权量达到五千一百二十件，同比增长百分之九点三；有效注册商标三万六千件。会议指出，要加强知识产权保护，推动高质量发展。"
TRADITIONAL = "2022年，全市專利授權量達到五千一百二十件，同比增長百分之九點三；會議指出，要加強知識產權保護，推動高質量發展。"
META = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize(
    ("codec", "text"),
    [("utf-8", TEXT), ("gbk", TEXT), ("gb18030", TEXT + "㐂𠮷"), ("big5", TRADITIONAL), ("utf-16", TEXT), ("hz", TEXT)],
)
def test_bare_text(codec, text):
    assert decode(RawPage("x", text.encode(codec))).text == text


@pytest.mark.parametrize(("codec", "label"), [("gbk", "utf-8"), ("utf-8", "gbk"), ("gbk", "big5"), ("gb18030", "gb2312")])
def test_a_label_that_lies_breaks_no_page(codec, label):
    page = META.format(label, TEXT)
    assert decode(RawPage("x", page.encode(codec))).text == page


def test_one_stray_byte_changes_one_place_only():
    body = TEXT.encode("gbk")
    read = decode(RawPage("x", body[:40] + b"\xff" + body[40:]))
    assert read.encoding == "gb18030"
    assert TEXT[30:] in read.text
    assert read.replaced >= 1


def test_a_cut_tail_is_no_reason_to_doubt_utf8():
    assert decode(RawPage("x", TEXT.encode()[:-1])).evidence == "utf-8 valid"


def test_the_http_header_is_evidence():
    assert decode(RawPage("x", TEXT.encode("gbk"), "text/html; charset=GBK")).evidence == "http"


def test_browsers_euro_and_wide_space():
    assert decode(RawPage("x", TEXT.encode("gbk") + b"\x80\xa3\xa0")).text.endswith("€\u3000")


def test_another_language_is_handed_back():
    korean = (
        "특허 출원은 작년보다 크게 늘었고 상표 등록도 꾸준히 증가하였다. 지식재산 보호를 강화하기 위한 대책이 발표되었다. " * 6
    )
    read = decode(RawPage("x", korean.encode("euc-kr")))
    assert read.evidence == "chardet, not Chinese"
    assert read.text == korean


@pytest.mark.parametrize("body", [b"%PDF-1.7 \x00\x01", b"PK\x03\x04rest", b"\x89PNG\r\n\x1a\n\x00", b"\x00\x01\x02" * 400])
def test_files_of_another_kind(body):
    assert is_binary(body)
    assert decode(RawPage("x", body)).encoding == "binary"


def test_quality_tells_chinese_from_its_misreading():
    assert quality(TEXT) > 0.85
    assert quality(TEXT.encode("gbk").decode("big5", "replace")) < 0.5


@given(st.binary(max_size=400))
def test_any_bytes_give_text(body):
    read = decode(RawPage("x", body))
    assert isinstance(read.text, str)
    assert -2 <= read.score <= 1
