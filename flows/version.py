"""The version of everything that can change a reading: our code and tables, and the libraries below them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_READING = (("transforms", "*.py"), ("seeds", "*.py"), ("seeds", "*.csv"), ("warehouse", "*.py"))
_LIBRARIES = ("chardet", "jieba", "opencc", "pypinyin")


def package_version() -> str:
    """Our own number."""
    try:
        return version("zhicang")
    except PackageNotFoundError:  # run from the folder, not installed
        return "0"


@cache
def pipeline_version() -> str:
    """Our number and twelve digits of a hash: another rule or another alias makes another version, and pages are read again."""
    digest = sha256()
    for folder, pattern in _READING:
        for path in sorted((ROOT / folder).glob(pattern)):
            digest.update(f"{folder}/{path.name}\0".encode() + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\0".encode())
    return f"{package_version()}+{digest.hexdigest()[:12]}"
