"""Parquet staging: workers write shards, a shard counts once its manifest stands, the loader reads nothing else.

    ROOT/run_id=20260930T0200/shard=0007/fact_observation.parquet ... manifest.json

ROOT is a folder, or a URI that pyarrow knows (s3://bucket/staging). Equal rows make equal bytes.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from warehouse.star import TABLES
from warehouse.tables import arrow_schema, keys, to_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warehouse.rows import Rows

_ROW_GROUP = 122_880  # DuckDB's own
_MANIFEST = "manifest.json"


class StagingError(RuntimeError):
    """Staging that is not as its manifest says; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One Parquet file of a shard."""

    table: str
    path: str  # relative to the shard's folder
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A finished shard."""

    run_id: str
    shard: str
    folder: str  # path or URI
    files: tuple[StagedFile, ...]

    def rows(self, table: str) -> int:
        """How many rows of a table the shard holds."""
        return sum(f.rows for f in self.files if f.table == table)


def write_shard(root: Path | str, run_id: str, shard: int | str, rows: Rows) -> Manifest:
    """Write a shard's rows, one file a table, then its manifest.

    Raises:
        TableError: a row is not as its table is declared.
        StagingError: two different rows bear one key.
    """
    label, folder = _place(root, run_id, shard)
    bodies = {table: _parquet(table, members) for table, members in sorted(rows.items()) if members}
    files = tuple(
        StagedFile(table, f"{table}.parquet", count, len(body), sha256(body).hexdigest())
        for table, (body, count) in bodies.items()
    )
    made = Manifest(run_id, label, folder, files)
    filesystem, path = _filesystem(folder)
    filesystem.create_dir(path, recursive=True)
    for file in files:
        _write(filesystem, f"{path}/{file.path}", bodies[file.table][0])
    described = {"run_id": run_id, "shard": label, "files": [asdict(f) for f in files]}
    _write(filesystem, f"{path}/{_MANIFEST}", json.dumps(described, indent=1).encode())
    return made


def finished(root: Path | str, run_id: str, shard: int | str) -> Manifest | None:
    """The manifest of a shard that stands whole: each file is the one that was written. Files are not forced to the disk for it."""
    _, folder = _place(root, run_id, shard)
    filesystem, path = _filesystem(folder)
    try:
        manifest = _manifest(filesystem, path, folder)
        if manifest is not None:
            for file in manifest.files:
                _read(manifest, file)
    except (StagingError, pa.ArrowException, ValueError, KeyError, TypeError):
        return None
    return manifest


def _place(root: Path | str, run_id: str, shard: int | str) -> tuple[str, str]:
    label = f"{shard:04d}" if isinstance(shard, int) else shard
    return label, f"{str(root).rstrip('/')}/run_id={run_id}/shard={label}"


def read_table(shards: Iterable[Manifest], table: str) -> pa.Table:
    """All rows of a table in the given shards, in their order.

    Raises:
        StagingError: a file is missing or is not the one that was written.
    """
    schema = arrow_schema(TABLES[table])
    parts = [_read(shard, file) for shard in shards for file in shard.files if file.table == table]
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _parquet(table: str, rows: list[Any]) -> tuple[bytes, int]:
    """The file's bytes and its row count: rows in the order of their keys, equal rows once."""
    declared = TABLES[table]
    by_key: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        key = tuple(getattr(row, k) for k in keys(declared))
        if by_key.setdefault(key, row) != row:
            raise StagingError(
                f"{table}: two different rows bear the key {'|'.join(map(str, key))}; was a document given twice?\n"
                f"  {by_key[key]!r}\n  {row!r}"
            )
    buffer = io.BytesIO()
    arrow = to_arrow(declared, [by_key[key] for key in sorted(by_key)])
    pq.write_table(arrow, buffer, compression="zstd", row_group_size=_ROW_GROUP)
    return buffer.getvalue(), arrow.num_rows


def _read(shard: Manifest, file: StagedFile) -> pa.Table:
    filesystem, path = _filesystem(f"{shard.folder}/{file.path}")
    remedy = f"remove the folder {shard.folder} and run again"
    try:
        with filesystem.open_input_file(path) as stream:
            body = stream.read()
    except FileNotFoundError as e:
        raise StagingError(f"{shard.folder}/{file.path} is missing although its manifest names it; {remedy}") from e
    if sha256(body).hexdigest() != file.sha256:
        raise StagingError(f"{shard.folder}/{file.path} is not the file that its manifest names; {remedy}")
    table = pq.read_table(io.BytesIO(body))
    declared = arrow_schema(TABLES[file.table])
    if not table.schema.equals(declared):
        raise StagingError(f"{shard.folder}/{file.path} was written by another version of zhicang; {remedy}")
    return table.replace_schema_metadata(declared.metadata)


def _manifest(filesystem: pafs.FileSystem, path: str, folder: str) -> Manifest | None:
    if filesystem.get_file_info(f"{path}/{_MANIFEST}").type is not pafs.FileType.File:
        return None
    with filesystem.open_input_file(f"{path}/{_MANIFEST}") as stream:
        body = json.loads(stream.read())
    return Manifest(body["run_id"], body["shard"], folder, tuple(StagedFile(**f) for f in body["files"]))


def _filesystem(place: str) -> tuple[pafs.FileSystem, str]:
    if "://" in place:
        filesystem, path = pafs.FileSystem.from_uri(place)
        return filesystem, path
    return pafs.LocalFileSystem(), place


def _write(filesystem: pafs.FileSystem, path: str, body: bytes) -> None:
    """Under a temporary name first: a file that bears its name is whole."""
    at = PurePosixPath(path)
    temporary = str(at.with_name(f".{at.name}.tmp"))
    with filesystem.open_output_stream(temporary) as stream:
        stream.write(body)
    filesystem.move(temporary, path)
