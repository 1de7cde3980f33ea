"""The raw store: bytes under their own hash, whole or not at all, and the same again changes nothing."""

import errno
import io
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import rawstore
from flows.rawstore import RefusedError, body_path, load, store
from flows.sources import Arrival

NOW = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)


def arrival(body: bytes, uri: str = "file:///pages/a.html", **more) -> Arrival:
    return Arrival(uri, "pages", lambda: io.BytesIO(body), **more)


def listing(root):
    return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in sorted(root.rglob("*")) if p.is_file()}


@given(body=st.binary(max_size=300))
def test_what_is_stored_is_what_is_loaded(tmp_path_factory, body):
    root = tmp_path_factory.mktemp("raw")
    kept = store(root, arrival(body), NOW, 1000)
    assert (kept.sha256, kept.bytes) == (sha256(body).hexdigest(), len(body))
    assert load(root, kept.sha256) == body


def test_the_note_says_where_and_when(tmp_path):
    kept = store(tmp_path, arrival("专利".encode("gbk"), content_type="text/html", headers={"ETag": "x"}), NOW, 1000)
    note = json.loads(body_path(tmp_path, kept.sha256).with_suffix(".json").read_text(encoding="utf-8"))
    assert note["received"] == [
        {
            "uri": "file:///pages/a.html",
            "source": "pages",
            "at": NOW.isoformat(),
            "content_type": "text/html",
            "headers": {"ETag": "x"},
        }
    ]


def test_the_same_page_again_changes_nothing_and_keeps_its_time(tmp_path):
    first = store(tmp_path, arrival(b"page"), NOW, 1000)
    before = listing(tmp_path)
    again = store(tmp_path, arrival(b"page"), NOW + timedelta(days=1), 1000)
    assert listing(tmp_path) == before
    assert again == first


def test_the_same_bytes_from_two_addresses_lie_once(tmp_path):
    store(tmp_path, arrival(b"page"), NOW, 1000)
    store(tmp_path, arrival(b"page", uri="file:///pages/copy.html"), NOW, 1000)
    assert len(list(tmp_path.rglob("*.bin"))) == 1
    (note,) = tmp_path.rglob("*.json")
    assert [r["uri"] for r in json.loads(note.read_text(encoding="utf-8"))["received"]] == [
        "file:///pages/a.html",
        "file:///pages/copy.html",
    ]


def test_a_page_that_grows_over_the_limit_while_it_is_read(tmp_path):
    with pytest.raises(RefusedError, match="over the limit"):
        store(tmp_path, arrival(b"x" * 11), NOW, 10)
    assert not list(tmp_path.iterdir())


def test_a_refused_arrival_has_no_bytes(tmp_path):
    with pytest.raises(RefusedError, match="no ordinary file"):
        store(tmp_path, Arrival("file:///p", "s", None, "this is no ordinary file"), NOW, 10)


def test_an_address_that_cannot_be_opened(tmp_path):
    def fail():
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(RefusedError, match="Permission denied"):
        store(tmp_path, Arrival("file:///p", "s", fail), NOW, 10)


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(rawstore.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store(tmp_path, arrival(b"page"), NOW, 1000)
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_a_half_file_of_an_earlier_crash_is_written_anew(tmp_path):
    path = body_path(tmp_path, sha256(b"whole page").hexdigest())
    path.parent.mkdir(parents=True)
    path.write_bytes(b"whole")
    kept = store(tmp_path, arrival(b"whole page"), NOW, 1000)
    assert load(tmp_path, kept.sha256) == b"whole page"


def test_bytes_that_were_changed_are_not_handed_out(tmp_path):
    kept = store(tmp_path, arrival(b"page"), NOW, 1000)
    body_path(tmp_path, kept.sha256).write_bytes(b"pagf")
    with pytest.raises(ValueError, match="were changed since"):
        load(tmp_path, kept.sha256)


def test_a_damaged_note_is_begun_anew(tmp_path):
    kept = store(tmp_path, arrival(b"page"), NOW, 1000)
    note = body_path(tmp_path, kept.sha256).with_suffix(".json")
    note.write_text("{", encoding="utf-8")
    assert store(tmp_path, arrival(b"page"), NOW, 1000) == kept
    assert json.loads(note.read_text(encoding="utf-8"))["bytes"] == 4
