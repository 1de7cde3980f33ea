"""The walls between the folders, read from the source itself: who may import whom, and what a pure function may touch."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("seeds", "transforms", "warehouse", "expectations", "flows")  # each may import itself and those before it
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))

# What a transform has no business with: engines, the disk, the network, the clock, chance.
IMPURE = {
    "prefect", "duckdb", "pyarrow", "pandas", "great_expectations", "sqlalchemy", "os", "io", "pathlib", "shutil", "tempfile", "glob",
    "socket", "urllib", "http", "httpx", "requests", "subprocess", "threading", "multiprocessing", "asyncio", "logging", "time",
    "random", "secrets", "uuid",
}  # fmt: skip
CALLS = {
    "open", "print", "input", ".open", ".read_text", ".read_bytes", ".write_text", ".write_bytes", ".now", ".today", ".utcnow",
}  # fmt: skip
ALLOWED = {"terms.py": {"os", "pathlib"}}  # jieba keeps its compiled dictionary in a cache of the user's


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(source):
    """Top-level name of every import, at any depth of the source; a relative one starts with a dot."""
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "").partition(".")[0]


def calls(source):
    """Functions called by name, and methods with a dot before them: `read_text(x)` is ours, `path.read_text()` is the disk's."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else f".{getattr(node.func, 'attr', '')}"


def relative(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_imports_point_backwards_only_and_are_absolute(path):
    layer = path.relative_to(ROOT).parts[0]
    later = set(LAYERS[LAYERS.index(layer) + 1 :])
    for name in imports(tree(path)):
        assert not name.startswith("."), f"{path.name} imports relatively: a file that is run by its path would not find it"
        assert name not in later, f"{layer}/{path.name} imports {name}, which comes after it"
        assert name != "tests"


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "transforms"], ids=relative)
def test_transforms_are_pure(path):
    source = tree(path)
    assert not (IMPURE - ALLOWED.get(path.name, set())) & set(imports(source))
    assert not CALLS & set(calls(source))


def test_the_walk_sees_what_it_forbids():
    source = ast.parse(
        "def f():\n    from . import x\n    import duckdb.typing\n    from flows.cli import main\n    Path(p).read_text()"
    )
    assert list(imports(source)) == [".", "duckdb", "flows"]
    assert list(calls(source)) == [".read_text", "Path"]


def test_only_the_flow_knows_prefect():
    knowing = {relative(p) for p in FILES if "prefect" in set(imports(tree(p)))}
    assert knowing == {"flows/engine.py", "flows/pipeline.py"}
