"""The ways in which a command ends early; each message says what happened, where, and what to do."""

from __future__ import annotations

import errno


class ZhicangError(Exception):
    """Something outside the program stopped it."""

    exit_code = 1


class UsageError(ZhicangError):
    """What was asked for cannot be done: a missing path, a home that cannot be written, a home in use."""

    exit_code = 2


class NothingReadError(ZhicangError):
    """Sources were there, but no page could be read."""

    exit_code = 4


_FULL = "no space left on device"
_REMEDY = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "your disk quota is used up: free some space",
    errno.EROFS: "the disk is mounted read-only: choose a home that can be written with --home",
    errno.EACCES: "permission is refused: choose a home that can be written with --home, or mend its permissions",
    errno.EMFILE: "too many files are open: raise the limit (ulimit -n)",
    errno.EIO: "the disk reports an error: check it",
}


def in_plain_words(error: BaseException) -> str | None:
    """What an error of the disk means and what to do; None for any other error.

    >>> in_plain_words(OSError(28, "No space left on device", "/home/li/data/build/build.duckdb"))
    '/home/li/data/build/build.duckdb: the disk is full: free some space'
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _REMEDY:
            place = f"{seen.filename}: " if seen.filename else ""
            return place + _REMEDY[seen.errno]
        if _FULL in str(seen).lower():  # DuckDB and Arrow raise errors of their own
            return f"{_REMEDY[errno.ENOSPC]} ({str(seen).splitlines()[0]})"
        seen = seen.__cause__ or seen.__context__
    return None
