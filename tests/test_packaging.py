"""The wheel holds the five folders, whole, and nothing else; no other distribution may own them (it would overwrite ours)."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"flows", "transforms", "expectations", "seeds", "warehouse"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The files of the built wheel."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target], cwd=ROOT, check=True, capture_output=True
    )
    (built,) = target.iterdir()
    with zipfile.ZipFile(built) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_its_top_level_is_the_five_folders(wheel):
    assert {name.partition("/")[0] for name in wheel if ".dist-info/" not in name} == FOLDERS


def test_every_file_of_the_folders_is_in_it(wheel):
    """Seed tables, samples, views, templates: whatever lies there is needed when it runs."""
    there = {p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file()}
    wanted = {p.relative_to(ROOT).as_posix(): p for p in there if "__pycache__" not in p.parts and not p.name.startswith(".")}
    assert wanted.keys() == {name for name in wheel if ".dist-info/" not in name}
    for kind in (".csv", ".sql", ".html"):
        assert any(name.endswith(kind) for name in wanted), kind
    assert all(wheel[name] == path.read_bytes() for name, path in wanted.items())


def test_it_brings_the_command(wheel):
    (entries,) = (text.decode() for name, text in wheel.items() if name.endswith("/entry_points.txt"))
    assert "zhicang = flows.cli:main" in entries


def test_it_refuses_to_be_uploaded(wheel):
    (metadata,) = (text.decode() for name, text in wheel.items() if name.endswith("/METADATA"))
    assert "Classifier: Private :: Do Not Upload" in metadata


def test_nobody_else_owns_the_folders():
    owners = importlib.metadata.packages_distributions()
    for folder in FOLDERS:
        assert set(owners.get(folder, ["zhicang"])) == {"zhicang"}, folder


def test_every_pin_satisfies_what_is_declared():
    """A bound in pyproject.toml and its pin in constraints.txt must not drift apart."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split())
    pinned = {canonicalize_name(name): version for name, version in pins.items()}
    for declared in map(Requirement, [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]):
        assert declared.specifier.contains(pinned[canonicalize_name(declared.name)]), declared
