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


# DuckDB, SQLite and Arrow raise errors of their own, with the system's words.
_WORDS = {"no space left on device": errno.ENOSPC, "disk is full": errno.ENOSPC, "file too large": errno.EFBIG}
_REMEDY = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "your disk quota is used up: free some space",
    errno.EFBIG: "a file would grow over the limit: raise it (ulimit -f)",
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
        for words, number in _WORDS.items():
            if words in str(seen).lower():
                return f"{_REMEDY[number]} ({str(seen).splitlines()[0]})"
        seen = seen.__cause__ or seen.__context__
    return None
