"""The decoding matrix of bench/decode.py, held to its floors: every encoding, size, label and damage."""

from __future__ import annotations

import pytest

from bench import common, decode
from transforms.decode import decode as read
from transforms.records import RawPage
from transforms.whatwg import codec_of

needs_corpus = pytest.mark.skipif(not common.NEWS.exists(), reason="../shared/corpus is absent")
KOREAN = "특허 출원은 작년보다 크게 늘었고 상표 등록도 꾸준히 증가하였다. 지식재산 보호를 강화하기 위한 대책이 발표되었다. "
JAPANESE = "特許庁は本日、昨年の特許出願件数を発表した。出願件数は前年に比べて増加し、商標登録も堅調に推移している。"
RUSSIAN = "Число патентных заявок в прошлом году выросло, регистрация товарных знаков также увеличилась. "
FRENCH = "Les demandes de brevets ont augmenté; le gouvernement a présenté un plan à l’échelle européenne. "


@pytest.fixture(scope="module")
def cells():
    return decode.matrix(decode.ours, each=3)


@needs_corpus
@pytest.mark.slow
def test_floors(cells):
    assert decode.summed(cells, lambda c: c[3] in ("clean", "cut tail")).share >= 0.998
    assert decode.summed(cells, lambda c: c[3] in ("stray", "lost")).share >= 0.99
    assert decode.summed(cells, lambda c: c[1] >= 200).share >= 0.999


@needs_corpus
@pytest.mark.slow
def test_chardet_is_nowhere_ahead(cells):
    chardet = decode.matrix(decode.detectors()["chardet"], each=3)
    assert decode.losses(cells, {"chardet": chardet}) == []


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (KOREAN, "euc-kr"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "shift_jis"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (FRENCH, "cp1252"),
    ],
)
def test_other_languages_are_handed_back(text, codec):
    made = read(RawPage("", (text * 12).encode(codec)))
    assert made.evidence == "chardet, not Chinese"
    assert made.text == text * 12


@pytest.mark.parametrize(
    ("body", "codec", "text"),
    [
        (b"\x80", "gb18030", "€"),
        (b"\xa3\xa0", "gb18030", "\u3000"),
        (b"\xa6\xd9", "gb18030", "\ufe10"),
        (b"\xfe\x59", "gb18030", "\u9fb4"),
        (b"\xa1\x45", "big5", "\u2027"),
        (b"\xa3\xe1", "big5", "€"),
        (b"\x8d", "iso-8859-1", "\x8d"),
    ],
)
def test_where_browsers_and_pythons_codecs_differ(body, codec, text):
    from transforms.whatwg import read_as

    assert read_as(body, codec_of(codec)) == text


@pytest.mark.parametrize("label", ["base64", "rot13", "idna", "utf-7", "unicode_escape", "x\0y", "", "quoted-printable"])
def test_no_label_is_a_codec_that_is_no_charset(label):
    assert codec_of(label) is None


def test_markup_in_utf16_without_a_mark():
    page = "<html><body><p>全市专利授权量五千一百二十件</p></body></html>"
    for codec in ("utf-16-le", "utf-16-be"):
        assert read(RawPage("", page.encode(codec))).text == page


def test_a_page_of_lost_characters_is_utf8():
    made = read(RawPage("", "\ufffd".encode() * 5000))
    assert (made.encoding, made.replaced) == ("utf-8", 5000)
