"""All settings, read once from the command's arguments and the environment."""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME = "ZHICANG_HOME"
SIZE_LIMIT = "ZHICANG_SIZE_LIMIT"
SHARD_SIZE = "ZHICANG_SHARD_SIZE"
WORKERS = "ZHICANG_WORKERS"
KEEP = "ZHICANG_KEEP_RELEASES"
VARIABLES = (HOME, SIZE_LIMIT, SHARD_SIZE, WORKERS, KEEP)

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", re.IGNORECASE)
_FACTOR = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told; the folders follow from `home`."""

    home: Path
    size_limit: int = 50_000_000  # bytes; a page is kilobytes, an archive by mistake is not read into memory
    shard_size: int = 200  # documents a shard: seconds of work, so that a task's cost does not show
    workers: int = 2
    keep_releases: int = 3

    @property
    def raw(self) -> Path:
        """Pages exactly as received."""
        return self.home / "raw"

    @property
    def staging(self) -> Path:
        """Rows of shards that are on their way."""
        return self.home / "staging"

    @property
    def build(self) -> Path:
        """The database that runs write; nobody else opens it."""
        return self.home / "build" / "build.duckdb"

    @property
    def published(self) -> Path:
        """Releases, and the link to the current one."""
        return self.home / "published"

    @property
    def report(self) -> Path:
        """The page that shows what the last run found."""
        return self.home / "reports" / "index.html"

    @property
    def prefect(self) -> Path:
        """Prefect's own files, so that nothing is written outside the home."""
        return self.home / "prefect"


def read_settings(home: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from an argument and the environment.

    Raises:
        UsageError: a value cannot be understood, or a variable looks misspelt.
    """
    environment = os.environ if environment is None else environment
    for name in environment:
        close = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.85) if name.startswith("ZHICANG_") else []
        if close and name not in VARIABLES:
            raise UsageError(f"{name}: there is no such setting; did you mean {close[0]}?")
    chosen = home if home is not None else Path(environment.get(HOME) or "data")
    return Settings(
        home=Path(os.path.abspath(chosen.expanduser())),  # noqa: PTH100  resolve() would follow links that are meant to move
        size_limit=_size(environment.get(SIZE_LIMIT) or "50 MB"),
        shard_size=_count(SHARD_SIZE, environment.get(SHARD_SIZE) or "200"),
        workers=_count(WORKERS, environment.get(WORKERS) or str(os.cpu_count() or 1)),
        keep_releases=_count(KEEP, environment.get(KEEP) or "3"),
    )


def _size(text: str) -> int:
    """Bytes.

    >>> _size("50 MB"), _size("1.5k"), _size("700")
    (50000000, 1500, 700)
    """
    m = _SIZE.fullmatch(text.strip())
    if not m or not (size := int(float(m[1]) * _FACTOR[m[2].lower()])):
        raise UsageError(f"{SIZE_LIMIT}={text!r}: expected a size such as 50MB or 800kB")
    return size


def _count(name: str, text: str) -> int:
    if not re.fullmatch(r"\s*[1-9]\d{0,5}\s*", text):
        raise UsageError(f"{name}={text!r}: expected a whole number from 1")
    return int(text)


def spoken_size(size: int) -> str:
    """Bytes for people.

    >>> spoken_size(200_000_000), spoken_size(1500), spoken_size(12)
    ('200 MB', '1.5 kB', '12 bytes')
    """
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"
