"""One run at a time in a home; the second is told who is there."""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from flows.errors import UsageError, in_plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_HELD: set[Path] = set()  # by this process: the command locks before it starts Prefect, the flow again


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the home; the operating system lets go of it when the process ends, however it ends. Again inside: nothing happens.

    Raises:
        UsageError: another run holds it, or the home cannot be written.
    """
    if home in _HELD:
        yield
        return
    owner = home / ".run.owner"
    lock = FileLock(home / ".run.lock")
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        owner.write_text(
            f"process {os.getpid()} on {socket.gethostname()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n", encoding="utf-8"
        )
    except Timeout:
        raise UsageError(
            f"{home}: another run is at work here ({_read(owner)}); wait for it, or choose another home with --home"
        ) from None
    except OSError as e:
        raise UsageError(
            f"the home cannot be written: {in_plain_words(e) or f'{home}: {e.strerror or e}; choose another one with --home'}"
        ) from e
    _HELD.add(home)
    try:
        yield
    finally:
        _HELD.discard(home)
        owner.unlink(missing_ok=True)
        lock.release()


def _read(owner: Path) -> str:
    try:
        return owner.read_text(encoding="utf-8").strip()
    except OSError:
        return "it did not leave its name"
