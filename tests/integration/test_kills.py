"""kill -9 at any moment, then the same command: the same result as an undisturbed run, and nothing left lying about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.xdist_group("kills")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked")
def test_ten_kills(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.kills", "10", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" ok") == 10
