"""Words are those of jieba itself, only found in one pass."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.terms import count_terms, tokenizer

NEWS = Path(__file__).parents[3] / "shared" / "corpus" / "news-lines.txt"


def by_jieba(text):
    """How often jieba itself cuts out each word of two Chinese characters or more."""
    return Counter(w for w in tokenizer().cut(text, HMM=False) if len(w) > 1 and all("\u4e00" <= c <= "\u9fff" for c in w))


def test_news_is_cut_as_jieba_cuts_it():
    if not NEWS.exists():
        pytest.skip("the news paragraphs are not here")
    lines = NEWS.read_text(encoding="utf-8").split("\n")[::40]
    assert len(lines) > 500
    assert [x for x in lines if dict(count_terms(x, most=10_000)) != by_jieba(x)] == []


@settings(deadline=None)
@given(st.text(alphabet="发明专利授权量知识产权局同比增长了和的国家一二万件2024年PCT+#.-%，。 \n龘鿕鿫한", max_size=60))
def test_any_text_is_cut_as_jieba_cuts_it(text):
    assert dict(count_terms(text)) == by_jieba(text)


def test_words_come_by_their_number():
    text = "全省知识产权工作会议召开，知识产权保护PCT申请2024件，专利授权量和专利质量。"
    assert count_terms(text)[:2] == (("专利", 2), ("知识产权", 2))
