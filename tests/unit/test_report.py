"""What pages say is shown, never obeyed: in the report and on the terminal."""

from decimal import Decimal

import pytest

from flows.report import _template
from flows.showing import printed
from flows.sources import iri

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def page():
    words = dict.fromkeys(
        (
            "title",
            "publisher",
            "encoding",
            "encoding_evidence",
            "script",
            "quote",
            "raw_quote",
            "sentence",
            "reason",
            "rule",
            "detail",
            "region",
            "period",
            "unit",
            "indicator_zh",
            "indicator_en",
            "table_name",
            "stage",
            "gate",
            "severity",
            "status",
            "observation_id",
            "kind",
        ),
        HOSTILE,
    )
    row = words | {"uri": f"file:///{HOSTILE}", "published_on": None, "encoding_score": 1.0, "spun_score": 0, "parts": 1, "observations": 1,
                   "repairs": 1, "unread": 1, "value": Decimal(5), "kinds": [HOSTILE], "passed": False, "failed": 1, "checked": 1, "zh": HOSTILE, "en": HOSTILE}  # fmt: skip
    names = ("categories", "verdicts", "documents", "figures", "repaired", "repair_kinds", "quarantine", "unread")
    totals = dict.fromkeys(("documents", "observations", "repairs", "unread", "quarantine"), 1)
    return _template().render(release=HOSTILE, totals=totals, scripts={}, limit=100, **{key: [row] for key in names})


def test_hostile_text_is_text(page):
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") > 20


def test_light_dark_and_print(page):
    for words in ("prefers-color-scheme: dark", "@media print", 'lang="zh-CN"', "检验 gates"):
        assert words in page


@pytest.mark.parametrize(
    ("text", "shown"), [("\x1b[2J", "\\x1b[2J"), ("a\u202eb", "a\\u202eb"), ("专利　\n", "专利　\n"), ("[red]", "[red]")]
)
def test_the_terminal_is_not_steered(text, shown):
    assert printed(text).plain == shown


@pytest.mark.parametrize(
    ("uri", "readable"),
    [
        ("file:///a/%E4%B8%8A%E6%B5%B7.txt", "file:///a/上海.txt"),
        ("file:///a/100%25%23%20b.txt", "file:///a/100%25%23%20b.txt"),
        ("file:///a/%FF%E4%B8%8A", "file:///a/%FF上"),
        ("file:///a/%E3%80%80", "file:///a/%E3%80%80"),
    ],
)
def test_addresses_are_readable_and_stay_apart(uri, readable):
    assert iri(uri) == readable
    assert iri(readable) == readable
