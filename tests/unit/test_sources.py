"""Files, folders and patterns as sources: the order is fixed, what cannot be read is said, nothing outside is followed."""

import os

import pytest

from flows.errors import NothingReadError, UsageError
from flows.sources import SAMPLES, open_sources

LIMIT = 1000


def arrivals(*arguments, limit=LIMIT):
    return [a for s in open_sources([str(a) for a in arguments]) for a in s.arrivals(limit)]


def names(found):
    return [a.uri.rsplit("/", 1)[1] for a in found]


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    for name in ("b.html", "a.txt", "deep/c.html", ".hidden.html", ".git/config", "deep/z.txt"):
        path = pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return pages


def test_a_folder_is_read_in_order_without_hidden_files(folder):
    assert names(arrivals(folder)) == ["a.txt", "b.html", "c.html", "z.txt"]


def test_the_bytes_are_those_of_the_file(folder):
    with arrivals(folder / "a.txt")[0].open() as stream:
        assert stream.read() == b"a.txt"


def test_a_pattern(folder):
    assert names(arrivals(f"{folder}/**/*.html")) == ["b.html", "c.html"]


def test_a_file_whose_name_looks_like_a_pattern(folder):
    path = folder / "report[1].html"
    path.write_text("x", encoding="utf-8")
    assert arrivals(path)[0].uri == path.as_uri()


def test_a_file_named_twice_arrives_once(folder):
    assert names(arrivals(folder / "b.html", folder)) == ["b.html", "a.txt", "c.html", "z.txt"]


def test_an_address_does_not_depend_on_the_working_folder(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert arrivals("b.html")[0].uri == arrivals(folder / "b.html")[0].uri == (folder / "b.html").as_uri()


def test_a_file_address_is_a_path(folder):
    chinese = folder / "湖南.html"
    chinese.write_text("x", encoding="utf-8")
    assert arrivals(chinese.as_uri())[0].uri == f"file://{folder}/湖南.html"


def test_a_missing_path_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        open_sources([str(tmp_path / "nowhere")])


def test_a_folder_without_files(tmp_path):
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    with pytest.raises(NothingReadError, match="holds no file"):
        open_sources([str(tmp_path)])


def test_a_pattern_without_files(tmp_path):
    with pytest.raises(NothingReadError, match="no file matches"):
        open_sources([f"{tmp_path}/*.html"])


def test_the_network_is_not_there_yet():
    with pytest.raises(UsageError, match="from files, folders and patterns"):
        open_sources(["https://example.org/a.html"])


def test_a_file_over_the_limit_is_refused_unopened(tmp_path):
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # a hole: it takes no room on the disk
    (arrival,) = arrivals(path, limit=50_000_000)
    assert arrival.open is None
    assert "200 MB is over the limit of 50 MB" in arrival.refusal
    assert "ZHICANG_SIZE_LIMIT" in arrival.refusal


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    found = dict(zip(names(arrivals(folder)), arrivals(folder), strict=True))
    assert found["link.txt"].open is None
    assert "leads out of" in found["link.txt"].refusal
    assert found["inside.txt"].open is not None


def test_a_linked_folder_is_not_entered(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.html").write_text("x", encoding="utf-8")
    (folder / "other").symlink_to(tmp_path / "other", target_is_directory=True)
    assert "x.html" not in names(arrivals(folder))


def test_a_link_that_leads_nowhere_and_a_pipe_are_refused(folder):
    (folder / "broken.txt").symlink_to(folder / "gone.txt")
    os.mkfifo(folder / "pipe.txt")
    refused = {n: a.refusal for n, a in zip(names(arrivals(folder)), arrivals(folder), strict=True) if a.refusal}
    assert set(refused) == {"broken.txt", "pipe.txt"}
    assert "no ordinary file" in refused["pipe.txt"]


def test_without_arguments_the_samples_are_read():
    (source,) = open_sources([])
    assert source.name == "samples"
    assert all(p.is_relative_to(SAMPLES) and p.suffix in (".html", ".htm", ".txt") for p in source.paths)
