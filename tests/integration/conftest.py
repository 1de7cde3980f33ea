"""One Prefect server and one run with everything for all tests of the flow; later runs ask the same rules of DuckDB alone."""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from flows import engine
from tests.integration.gates import quick
from tests.integration.pages import BAD, GOOD, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def prefect(tmp_path_factory) -> Iterator[None]:
    """A server for the whole session: starting one takes ten seconds and more."""
    engine.prepare(tmp_path_factory.mktemp("prefect"))
    os.environ["ZHICANG_WORKERS"] = "1"
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield
    del os.environ["ZHICANG_WORKERS"]


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> Path:
    """Good pages only."""
    return write(tmp_path_factory.mktemp("pages"), GOOD)


@pytest.fixture(scope="session")
def bad_pages(tmp_path_factory) -> Path:
    """Pages that cannot be read, each for its own reason."""
    folder = write(tmp_path_factory.mktemp("bad"), {name: body for name, (body, _) in BAD.items()})
    with (folder / "huge.html").open("wb") as file:
        file.truncate(200_000_000)  # a hole: it takes no room on the disk
    return folder


@pytest.fixture(scope="session")
def ran(prefect, pages, tmp_path_factory):
    """A home after its first run, and what the run said. Read it, do not change it."""
    from flows.pipeline import pipeline

    home = tmp_path_factory.mktemp("home") / "data"
    return home, pipeline([str(pages)], str(home))


@pytest.fixture(autouse=True)
def quick_gates(request):
    """Every rule is checked in every run: by Great Expectations in the first one and where a test is marked `real_gates`."""
    with nullcontext() if "real_gates" in request.keywords else quick():
        yield
