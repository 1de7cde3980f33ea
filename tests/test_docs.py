"""The documents say what is there: commands, exit codes, files, and the same in both languages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from flows import errors
from flows.cli import GATE_CLOSED, app

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
LINK = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"`((?:seeds|transforms|warehouse|expectations|flows|tests|bench|docs)/[\w./-]*)`")
COMMANDS = {name for name in app if not name.startswith("-")}


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def documents():
    return sorted(
        str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")]
    )


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_no_other_is_listed(name):
    assert set(re.findall(r"^\| `zhicang (\w+)", text(name), re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("name", READMES)
def test_every_exit_code_is_listed(name):
    codes = {c.exit_code for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.ZhicangError)}
    (listed,) = re.findall(r"(?:Exit codes: |退出码：)(.+?)[.。]", text(name), re.DOTALL)
    assert {int(n) for n in re.findall(r"\b(\d) ?", listed)} == codes | {0, GATE_CLOSED}


def test_both_languages_show_the_same_code():
    """Commands, queries, answers and the scorecard; only comments and pictures differ."""

    def code(name):
        blocks = re.findall(
            r"```\w*\n.*?```|<!-- scorecard -->.*?<!-- /scorecard -->|^    (?:zhicang|make|\d{4}年).*?$",
            text(name),
            re.DOTALL | re.MULTILINE,
        )
        return [re.sub(r"\s+#.*", "", block) for block in blocks]

    assert code(READMES[0]) == code(READMES[1])
    assert len(code(READMES[0])) >= 8


def test_both_languages_have_the_same_chapters():
    assert [re.sub(r" .*", "", h) for h in re.findall(r"^#+ .*", text(READMES[0]), re.MULTILINE)] == [
        re.sub(r" .*", "", h) for h in re.findall(r"^#+ .*", text(READMES[1]), re.MULTILINE)
    ]


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short(name):
    assert len(text(name).splitlines()) <= 150


@pytest.mark.parametrize("name", documents())
def test_links_and_paths_lead_somewhere(name):
    for link in LINK.findall(text(name)):
        assert (ROOT / name).parent.joinpath(link).exists(), link
    for path in PATH.findall(text(name)):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("target", re.findall(r"\bmake (\w+)", "".join(map(text, (*READMES, "CONTRIBUTING.md")))))
def test_targets_exist(target):
    assert re.search(rf"^{target}:", text("Makefile"), re.MULTILINE)


def test_help_shows_every_target():
    """A target that is not shown is not found."""
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    assert targets == set(re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE))
    assert targets == set(re.findall(r"^\.PHONY: (.+)", text("Makefile"), re.MULTILINE)[0].split())


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    return [ROOT / name for name in done.stdout.split("\0") if name] if done.returncode == 0 else []


# What only one machine has, and addresses of package indexes.
PRIVATE = re.compile(r"/(?:roo[t]|wor[k])/|\b(?:pypi\.org|files\.pythonhosted\.org)|(?:extra-)?index-url|/simple/?\b")


@pytest.mark.skipif(not tracked(), reason="no Git checkout")
def test_no_tracked_file_names_a_machine_or_an_index():
    here = Path(__file__).resolve()
    found = []
    for path in tracked():
        if path == here or not path.exists() or "documents" in path.parts:
            continue
        body = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: {m.group()}" for m in PRIVATE.finditer(body)]
    assert not found
