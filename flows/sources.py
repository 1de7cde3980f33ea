"""Where pages come from. A source yields arrivals in a fixed order; what it cannot hand out it says, and goes on.

Files, folders and globs are here; the network and archives are other classes with the same two members.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from flows.errors import NothingReadError, UsageError
from flows.settings import spoken_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SAMPLES = Path(__file__).resolve().parents[1] / "seeds" / "documents"
_ESCAPED = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)
SAMPLE_SUFFIXES = frozenset({".html", ".htm", ".txt"})  # the folder also holds notes about the samples


@dataclass(frozen=True, slots=True)
class Arrival:
    """One page that a source offers: where it is from and how to get its bytes, or why there are none."""

    uri: str
    source: str
    open: Callable[[], BinaryIO] | None
    refusal: str = ""  # why the bytes cannot be had; `open` is then None
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """The door for every kind of source."""

    @property
    def name(self) -> str:
        """The name of the source in the warehouse."""
        ...

    def arrivals(self, size_limit: int) -> Iterator[Arrival]:
        """Every page, in an order that is the same each time; pages over the limit are refused unread."""
        ...

    def may_have_news(self, since: float) -> bool:
        """A cheap guess whether anything changed since then (seconds of the epoch). Nothing but haste depends on it."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """Files of this computer, found before the run starts."""

    name: str
    paths: tuple[Path, ...]
    within: Path | None = None  # links that lead out of this folder are not followed

    def arrivals(self, size_limit: int) -> Iterator[Arrival]:
        """One arrival per file, sorted by path."""
        for path in self.paths:
            refusal = _refusal(path, self.within, size_limit)
            yield Arrival(iri(path.as_uri()), self.name, None if refusal else _opener(path), refusal)

    def may_have_news(self, since: float) -> bool:
        """Whether a file was written, or put here, since then."""
        return any(max(s.st_mtime, s.st_ctime) > since for s in map(_status, self.paths) if s is not None)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def iri(uri: str) -> str:
    """The address with its letters readable, as RFC 3987 has it; what is escaped for another reason stays so, and no two become one.

    >>> iri("file:///data/%E6%B9%96%E5%8D%97%20100%25.html")
    'file:///data/湖南%20100%25.html'
    >>> iri("http://example.org/%D6%D0%E2%80%AE")  # bytes of another encoding, a mark that turns the text around
    'http://example.org/%D6%D0%E2%80%AE'
    """
    return _ESCAPED.sub(lambda run: _letters(run[0]), uri)


def _letters(run: str) -> str:
    """A run of escaped bytes beyond ASCII: characters that can be seen are written, the others stay."""
    text = unquote_to_bytes(run).decode("utf-8", "surrogateescape")
    return "".join(c if c.isprintable() else quote(c.encode("utf-8", "surrogateescape")) for c in text)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _refusal(path: Path, within: Path | None, size_limit: int) -> str:
    """Why a file is not read; empty if it is."""
    try:
        if within is not None and path.is_symlink() and not path.resolve().is_relative_to(within):
            return f"the link leads out of {within}: name the file itself to read it"
        status = path.stat()
    except OSError as e:
        return f"the file cannot be looked at: {e.strerror}"
    if not stat.S_ISREG(status.st_mode):
        return "this is no ordinary file"
    if status.st_size > size_limit:
        return too_large(status.st_size, size_limit)
    return "" if os.access(path, os.R_OK) else "the file may not be read: permission is refused"


def too_large(size: int, limit: int) -> str:
    """The words for a page over the limit."""
    return f"{spoken_size(size)} is over the limit of {spoken_size(limit)} a page: raise ZHICANG_SIZE_LIMIT to read it"


def open_sources(arguments: Sequence[str]) -> list[Source]:
    """Sources for the arguments of a command; none: the samples that come with the program. A file named twice is read once.

    Raises:
        UsageError: a path does not exist, or the kind of source is not known.
        NothingReadError: a folder or a pattern gives no file.
    """
    if not arguments:
        return [Files("samples", _folder(SAMPLES, SAMPLE_SUFFIXES), SAMPLES)]
    taken: set[Path] = set()
    found: list[Source] = []
    for argument in arguments:
        opened = _open(argument)
        kept = tuple(p for p in opened.paths if p not in taken)
        taken.update(kept)
        found.append(Files(opened.name, kept, opened.within))
    return found


def _open(argument: str) -> Files:
    scheme = urlsplit(argument).scheme
    if scheme in ("http", "https", "ftp", "s3"):
        raise UsageError(f"{argument}: pages are read from files, folders and patterns so far; save the page and name the file")
    path = _absolute(unquote(urlsplit(argument).path) if scheme == "file" else argument)
    if path.is_dir():
        paths = _folder(path, None)
        if not paths:
            raise NothingReadError(f"{path}: the folder holds no file to read (hidden files do not count)")
        return Files(argument, paths, path.resolve())
    if path.exists() or path.is_symlink():
        return Files(argument, (path,))
    if glob.has_magic(argument):
        paths = tuple(sorted({p for p in map(_absolute, glob.glob(argument, recursive=True)) if not p.is_dir()}))  # noqa: PTH207  Path.glob takes no absolute pattern
        if not paths:
            raise NothingReadError(f"{argument}: no file matches the pattern")
        return Files(argument, paths)
    raise UsageError(f"{path}: there is no such file or folder")


def _absolute(path: str | Path) -> Path:
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100  a link keeps its own name


def _folder(folder: Path, suffixes: frozenset[str] | None) -> tuple[Path, ...]:
    """Files at any depth, hidden ones and linked folders left out; sorted, whatever order the disk has."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        found += [Path(place, n) for n in names if not n.startswith(".")]
    return tuple(sorted(p for p in found if suffixes is None or p.suffix.lower() in suffixes))
