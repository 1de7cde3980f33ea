"""The build file is published table by table into a new release; a directory link is switched, readers are never blocked."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import duckdb

from warehouse.star import STAR
from warehouse.tables import columns, description, name, quoted
from warehouse.views import create_views

if TYPE_CHECKING:
    from pathlib import Path

STORAGE_VERSION = "v1.2.0"  # read by every DuckDB client since 1.2; the default of 2.0 is read by none before it
FILE = "warehouse.duckdb"


@dataclass(frozen=True, slots=True)
class Release:
    """A published warehouse."""

    release_id: str
    path: Path
    sha256: str
    rows: dict[str, int]


def current(root: Path) -> Path | None:
    """The published warehouse file, if there is one."""
    path = root / "current" / FILE
    return path if path.exists() else None


def publish(build: Path, root: Path, release_id: str, keep: int = 3) -> Release:
    """Write a release from the build file, check it, make it current; the last `keep` releases stay.

    Raises:
        RuntimeError: a table of the release has another number of rows than the build file.
        OSError: the disk is full or the folder cannot be written; the current release stays as it is.
    """
    releases = root / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    for leftover in releases.glob(".*.tmp"):
        _remove(leftover)
    temporary = releases / f".{release_id}.tmp"
    temporary.mkdir()
    try:
        rows = _write(build, temporary / FILE)
        digest = _finish(temporary, release_id, rows)
        final = releases / release_id
        if final.exists():  # complete, but never made current: the run was stopped in between
            _remove(final)
        temporary.rename(final)
    except BaseException:
        _remove(temporary)
        raise
    _sync(releases)
    _switch(root, release_id)
    for old in sorted(p for p in releases.iterdir() if not p.name.startswith("."))[:-keep]:
        _remove(old)
    return Release(release_id, final / FILE, digest, rows)


def _write(build: Path, target: Path) -> dict[str, int]:
    rows: dict[str, int] = {}
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(str(build))} AS build (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(str(target))} AS warehouse (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
        connection.execute("USE warehouse")
        for table in STAR:
            n = name(table)
            order = ", ".join(str(i + 1) for i, c in enumerate(columns(table)) if c.spec.key) or "1"
            connection.execute(f"CREATE TABLE {n} AS SELECT * FROM build.{n} ORDER BY {order}")
            connection.execute(f"COMMENT ON TABLE {n} IS {quoted(description(table))}")
            for c in columns(table):
                connection.execute(f"COMMENT ON COLUMN {n}.{c.name} IS {quoted(c.comment)}")
            counts = connection.execute(f"SELECT (SELECT count(*) FROM build.{n}), (SELECT count(*) FROM {n})").fetchall()[0]
            if counts[0] != counts[1]:
                raise RuntimeError(
                    f"{n}: {counts[1]} rows were published of {counts[0]}; the build file changed meanwhile, run again"
                )
            rows[n] = counts[1]
        create_views(connection)
        connection.execute("CHECKPOINT warehouse")
    return rows


def _finish(folder: Path, release_id: str, rows: dict[str, int]) -> str:
    path = folder / FILE
    if path.with_name(FILE + ".wal").exists():
        raise RuntimeError(f"{path}: a write-ahead log was left behind; the release is not complete")
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        os.fsync(file.fileno())
    manifest = {
        "release": release_id,
        "storage_version": STORAGE_VERSION,
        "duckdb": duckdb.__version__,
        "sha256": digest.hexdigest(),
        "bytes": path.stat().st_size,
        "rows": rows,
    }
    with (folder / "manifest.json").open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o444)
    _sync(folder)
    return digest.hexdigest()


def _switch(root: Path, release_id: str) -> None:
    following = root / ".next"
    following.unlink(missing_ok=True)
    following.symlink_to(f"releases/{release_id}")
    following.replace(root / "current")
    _sync(root)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
