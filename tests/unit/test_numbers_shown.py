"""Every number of a page is read, ignored with a reason or unread, and `zhicang read --numbers` marks each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.cli import main
from transforms.document import read
from transforms.numbers import find_quantities
from transforms.records import RawPage

GOLD = Path(__file__).parents[3] / "shared" / "gold"
PAGE = (
    "福建省2024年工作总结\n2024年，福建省专利授权量为321件，同比增长3.5%，居全国第二位。\n"
    "会议召开第十一届理事会，电话0591-87095403，落实“9+2”合作。\n2024年，福建省专利授权量达321件。\n"
)


def lost(reading):
    """Numbers that are neither in a statement nor on the list of those not read, and those that are listed twice."""
    listed = [(u.start, u.end) for u in reading.unread]
    spans = [(o.start, o.end) for o in reading.observations] + listed
    missing = [q.words for q in find_quantities(reading.text) if not any(s <= q.start and q.end <= e for s, e in spans)]
    return missing + [reading.text[s:e] for s, e in set(listed) if listed.count((s, e)) > 1]


def test_no_number_of_a_page_gets_lost():
    reading = read(RawPage("page.txt", PAGE.encode()))
    assert lost(reading) == []
    assert all(u.reason for u in reading.unread)
    assert any("elsewhere" in u.reason for u in reading.unread)


@pytest.mark.parametrize("folder", ["docs", "local", "seeds", "local_html"])
def test_no_number_of_the_labelled_documents_gets_lost(folder):
    if not (GOLD / folder).exists():
        pytest.skip("the hand-labelled documents are not here")
    files = [p for p in sorted((GOLD / folder).iterdir()) if p.is_file()]
    assert files
    assert {p.name: gone for p in files if (gone := lost(read(RawPage(p.name, p.read_bytes()))))} == {}


def test_every_number_is_marked(tmp_path, capsys):
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert main(["read", str(page), "--numbers"]) == 0
    out = capsys.readouterr().out
    for marked in ("321件✓", "3.5%✓", "第二位✓", "第十一届·", "0591-87095403·", "9+2·", "2024年·"):
        assert marked in out
    assert "✓ 3 read" in out
    assert "✗ 0 unread" in out
    assert "code 2" in out
