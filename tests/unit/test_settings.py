"""Settings are read once, from arguments and the environment, and a misspelt one is told."""

import errno
from pathlib import Path

import pytest

from flows.errors import UsageError, in_plain_words
from flows.settings import read_settings, spoken_size


def test_an_empty_environment_gives_the_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = read_settings(environment={})
    assert settings.home == tmp_path / "data"
    assert (settings.size_limit, settings.shard_size, settings.keep_releases) == (50_000_000, 200, 3)
    assert settings.workers >= 1


def test_the_argument_is_stronger_than_the_environment(tmp_path):
    environment = {"ZHICANG_HOME": str(tmp_path / "a")}
    assert read_settings(environment=environment).home == tmp_path / "a"
    assert read_settings(tmp_path / "b", environment).home == tmp_path / "b"


def test_all_folders_lie_in_the_home(tmp_path):
    settings = read_settings(tmp_path, {})
    folders = (settings.raw, settings.staging, settings.build, settings.published, settings.report, settings.prefect)
    assert all(f.is_relative_to(tmp_path) for f in folders)


def test_a_linked_home_keeps_its_own_name(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    assert read_settings(tmp_path / "link", {}).home == tmp_path / "link"


@pytest.mark.parametrize(
    ("text", "size"), [("50 MB", 50_000_000), ("800kB", 800_000), ("1.5g", 1_500_000_000), ("7", 7), ("2 MiB", 2_000_000)]
)
def test_sizes(text, size):
    assert read_settings(environment={"ZHICANG_SIZE_LIMIT": text}).size_limit == size


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHICANG_SIZE_LIMIT", "big"),
        ("ZHICANG_SIZE_LIMIT", "0"),
        ("ZHICANG_SIZE_LIMIT", "-5MB"),
        ("ZHICANG_WORKERS", "0"),
        ("ZHICANG_WORKERS", "two"),
        ("ZHICANG_SHARD_SIZE", "1e3"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(name, value):
    with pytest.raises(UsageError, match=name):
        read_settings(environment={name: value})


def test_a_misspelt_setting_is_told_with_the_right_name():
    with pytest.raises(UsageError, match="did you mean ZHICANG_WORKERS"):
        read_settings(environment={"ZHICANG_WORKER": "2"})


def test_other_variables_with_our_prefix_are_left_alone():
    assert read_settings(environment={"ZHICANG_SHARED": "/srv"}).workers >= 1


@pytest.mark.parametrize(("size", "words"), [(200_000_000, "200 MB"), (1_234_567_890, "1.23 GB"), (0, "0 bytes")])
def test_sizes_for_people(size, words):
    assert spoken_size(size) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/d/x"), "/d/x: the disk is full"),
        (OSError(errno.EROFS, "Read-only file system", "/d/x"), "read-only"),
        (RuntimeError("IO Error: Could not write all bytes: No space left on device"), "the disk is full"),
    ],
)
def test_troubles_of_the_disk_are_told_in_plain_words(error, words):
    assert words in (in_plain_words(error) or "")


def test_the_cause_of_an_error_counts_too():
    error = RuntimeError("could not stage")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert "free some space" in (in_plain_words(error) or "")


def test_other_errors_are_not_explained_away():
    assert in_plain_words(ValueError("no")) is None
    assert in_plain_words(FileNotFoundError(errno.ENOENT, "No such file", str(Path("x")))) is None
