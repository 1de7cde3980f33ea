"""Places: names, relatives, false friends, and which of several bearers is meant."""

from __future__ import annotations

import pytest

from transforms.places import ancestors, choose, find_places, is_inside, level, name


def codes(text, within=None):
    return [choose(m, within) for m in find_places(text) if m.kind == "named" and not m.weak]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湖南省", ["430000"]),
        ("湖南全省", ["430000"]),
        ("泉州", ["350500"]),
        ("盐城市大丰区", ["320900", "320904"]),
        ("恩施州", ["422800"]),
        ("内蒙古", ["150000"]),
        ("黔东南苗族侗族自治州", ["522600"]),
        ("吉林", ["220000"]),
        ("大丰市", None),
    ],
)
def test_names(text, expected):
    found = codes(text, "320900")
    if expected is None:
        assert len(found) == 1
        assert found[0] in ("320904", "320982")
    else:
        assert found == expected


def test_a_name_that_many_bear_is_the_one_inside():
    (m,) = find_places("鼓楼区")
    assert choose(m, "350100") == "350102"
    assert choose(m, "320100") == "320106"
    assert choose(m, None) is None


@pytest.mark.parametrize("text", ["合作机制", "沿海城市", "在发扬中前进", "朝阳产业", "示范县建设", "长治久安", "宁德时代新能源"])
def test_words_that_are_no_place(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全省", "relative"),
        ("我市", "relative"),
        ("我国", "country"),
        ("全球", "world"),
        ("日本", "foreign"),
        ("长三角", "group"),
    ],
)
def test_kinds(text, kind):
    assert [m.kind for m in find_places(text)] == [kind]


def test_tree():
    assert ancestors("350102") == ("350100", "350000", "100000")
    assert is_inside("350102", "350000")
    assert not is_inside("350000", "350102")
    assert (level("100000"), level("350000"), level("350100"), level("350102"), level("西部地区")) == (0, 1, 2, 3, None)
    assert name("430100") == "长沙市"
