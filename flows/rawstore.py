"""Bytes exactly as received, filed under their own SHA-256; beside them, where and when they were received."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flows.sources import too_large

if TYPE_CHECKING:
    from pathlib import Path

    from flows.sources import Arrival


_UNFINISHED = ".unfinished"


class RefusedError(Exception):
    """A page that cannot be stored; the run goes on without it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A page in the store."""

    uri: str
    source: str
    sha256: str
    bytes: int
    fetched_at: datetime  # when these bytes were first received from this address
    content_type: str | None = None


def body_path(root: Path, digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return root / digest[:2] / f"{digest}.bin"


def store(root: Path, arrival: Arrival, now: datetime, size_limit: int) -> Stored:
    """Keep a page; the same bytes from the same address change nothing.

    Raises:
        RefusedError: there are no bytes, or more than the limit.
        OSError: the store cannot be written.
    """
    if arrival.open is None:
        raise RefusedError(arrival.refusal)
    try:
        with arrival.open() as stream:
            body = stream.read(size_limit + 1)
    except OSError as e:
        raise RefusedError(f"the page cannot be read: {e.strerror}") from e
    if len(body) > size_limit:
        raise RefusedError(too_large(len(body), size_limit))
    digest = sha256(body).hexdigest()
    path = body_path(root, digest)
    if not path.exists() or path.stat().st_size != len(body):
        _write(root, path, body)
    return _receipt(root, path.with_suffix(".json"), arrival, digest, len(body), now)


def clear_unfinished(root: Path) -> None:
    """Remove what a run that was killed had not finished writing."""
    shutil.rmtree(root / _UNFINISHED, ignore_errors=True)


def load(root: Path, digest: str) -> bytes:
    """The bytes with this hash.

    Raises:
        FileNotFoundError: they are not in the store.
        ValueError: they are no longer what they were.
    """
    path = body_path(root, digest)
    body = path.read_bytes()
    if sha256(body).hexdigest() != digest:
        raise ValueError(f"{path}: the bytes were changed since they were stored; remove the file and run again")
    return body


def _receipt(root: Path, path: Path, arrival: Arrival, digest: str, size: int, now: datetime) -> Stored:
    """Note where the bytes came from; the first time that an address gave them is kept."""
    note = _read_note(path) or {"sha256": digest, "bytes": size, "received": []}
    for entry in note["received"]:
        if entry["uri"] == arrival.uri:
            first = datetime.fromisoformat(entry["at"])
            return Stored(arrival.uri, arrival.source, digest, size, first, entry["content_type"])
    entry = {"uri": arrival.uri, "source": arrival.source, "at": now.isoformat(), "content_type": arrival.content_type}
    note["received"].append(entry | {"headers": dict(arrival.headers)})
    _write(root, path, (json.dumps(note, ensure_ascii=False, indent=1) + "\n").encode())
    return Stored(arrival.uri, arrival.source, digest, size, now, arrival.content_type)


def _read_note(path: Path) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return note


def _write(root: Path, path: Path, body: bytes) -> None:
    """All of it under its name, or nothing: a temporary name, then a rename."""
    temporary = root / _UNFINISHED / uuid4().hex
    for folder in (temporary.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
