"""The work of one shard: stored bytes to readings, readings to rows, rows to staging. Runs in a worker process."""

from __future__ import annotations

import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import rawstore
from flows.readable import UnreadableError, readable
from transforms.records import RawPage
from warehouse.rows import DocumentRef, combined, failed_rows, rows_of
from warehouse.staging import StagingError, finished, write_shard
from warehouse.star import TABLES
from warehouse.tables import TableError, to_arrow

if TYPE_CHECKING:
    from collections.abc import Callable

    from transforms.records import Reading
    from warehouse.rows import Rows, RunRef
    from warehouse.staging import Manifest


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that are read together: seconds of work."""

    number: int
    documents: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What came of a shard; small, for it travels between processes."""

    manifest: Manifest
    documents: int
    quarantined: int
    observations: int
    seconds: float


def read_shard(
    raw: Path, staging: Path, run: RunRef, shard: Shard, read: Callable[[RawPage], Reading] | None = None
) -> ShardResult:
    """Read every document of a shard and stage the rows; a document that fails is quarantined, the others go on.

    A shard that an interrupted run has staged is taken as it stands.
    """
    began = time.monotonic()
    standing = finished(staging, run.run_id, shard.number)
    if standing is not None:
        return _result(standing, shard, began)
    parts = [_rows(raw, run, document, read or _reader()) for document in shard.documents]
    try:
        manifest = write_shard(staging, run.run_id, shard.number, combined(parts))
    except (TableError, StagingError):
        parts = [_checked(rows, run, document) for rows, document in zip(parts, shard.documents, strict=True)]
        manifest = write_shard(staging, run.run_id, shard.number, combined(parts))
    return _result(manifest, shard, began)


def _result(manifest: Manifest, shard: Shard, began: float) -> ShardResult:
    documents = len(shard.documents)
    return ShardResult(
        manifest,
        documents,
        documents - manifest.rows("dim_document"),
        manifest.rows("fact_observation"),
        time.monotonic() - began,
    )


def _reader() -> Callable[[RawPage], Reading]:
    from transforms.document import read  # jieba and the dictionaries: only where pages are read

    return read


def _rows(raw: Path, run: RunRef, document: DocumentRef, read: Callable[[RawPage], Reading]) -> Rows:
    """One document's rows; whatever goes wrong with it stays with it."""
    try:
        page = RawPage(document.uri, rawstore.load(raw, document.content_sha256), document.content_type)
        return rows_of(readable(page, read), document, run)
    except UnreadableError as e:
        return failed_rows(document, run, str(e))
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # noqa: BLE001  the boundary: one page must not stop the others
        return failed_rows(document, run, f"the reader failed: {_last_line()}")


def _checked(rows: Rows, run: RunRef, document: DocumentRef) -> Rows:
    """The rows of a document if its tables accept them."""
    try:
        for table, members in rows.items():
            to_arrow(TABLES[table], members)
    except TableError:
        return failed_rows(document, run, f"its rows do not fit the tables: {_last_line()}")
    return rows


def _last_line() -> str:
    """The end of the traceback that is being handled, with the place in our code."""
    kind, error, trace = sys.exc_info()
    frame = traceback.extract_tb(trace)[-1]
    message = "".join(traceback.format_exception_only(kind, error)).strip().splitlines()[-1]
    return f"{message} ({Path(frame.filename).name}:{frame.lineno})"
