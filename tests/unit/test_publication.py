"""A release appears whole, read-only, beside the ones before; readers of the old one are not disturbed."""

import json
from hashlib import sha256

import duckdb
import pytest

from warehouse import publication
from warehouse.loading import LoadCounts, connect, load_reference
from warehouse.publication import current, publish
from warehouse.star import TABLES
from warehouse.tables import columns, description


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    path = tmp_path_factory.mktemp("build") / "build.duckdb"
    with connect(path) as connection:
        load_reference(connection, LoadCounts())
    return path


@pytest.fixture(scope="module")
def root(build, tmp_path_factory):
    root = tmp_path_factory.mktemp("published")
    publish(build, root, "20260101")
    return root


def test_the_release_is_a_read_only_file_behind_a_link_to_its_folder(root):
    link = root / "current"
    assert str(link.readlink()) == "releases/20260101"
    assert not (link / "warehouse.duckdb").stat().st_mode & 0o222
    manifest = json.loads((link / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["storage_version"] == "v1.2.0"
    assert manifest["sha256"] == sha256((link / "warehouse.duckdb").read_bytes()).hexdigest()
    assert manifest["rows"]["dim_region"] > 3000


def test_the_file_has_the_storage_of_old_clients(root):
    with duckdb.connect(str(current(root)), read_only=True) as connection:
        ((tags,),) = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'warehouse'").fetchall()
    assert "v1.2.0" in tags["storage_version"]


def test_every_comment_is_carried(root):
    with duckdb.connect(str(current(root)), read_only=True) as connection:
        tables = dict(connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        cells = connection.execute("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal").fetchall()
        views = connection.execute("SELECT comment FROM duckdb_views() WHERE NOT internal").fetchall()
    assert tables == {n: description(t) for n, t in TABLES.items()}
    comments = {(table, column): comment for table, column, comment in cells}
    assert all(comments[n, c.name] == c.comment for n, t in TABLES.items() for c in columns(t))
    assert all(comments.values())
    assert views
    assert all(comment for (comment,) in views)


def test_unknown_members_periods_with_dates_and_successors(root):
    with duckdb.connect(str(current(root)), read_only=True) as connection:

        def ask(query):
            return connection.execute(query).fetchall()

        for dimension, key in (
            ("region", "region_key"),
            ("period", "period_key"),
            ("indicator", "indicator_key"),
            ("unit", "unit_key"),
        ):
            assert ask(f"SELECT count(*) FROM dim_{dimension} WHERE {key} = -1") == [(1,)]
        assert ask(
            "SELECT typeof(start_on), start_on::VARCHAR, end_on::VARCHAR, plan FROM dim_period WHERE code = '2021/2025'"
        ) == [("DATE", "2021-01-01", "2025-12-31", "十四五")]
        # Laiwu became a part of Jinan in 2019: a code of the past leads to one that is in force.
        assert ask(
            "SELECT count(*) FROM dim_region AS old JOIN dim_region AS new ON new.code = old.successors "
            "WHERE old.status = 'historic' AND new.status = 'current'"
        ) > [(100,)]
        assert ask("SELECT bool_or(additive), bool_and(additive) FROM dim_unit") == [(True, False)]


def test_three_releases_stay_and_readers_keep_theirs(build, tmp_path):
    publish(build, tmp_path, "1")
    with duckdb.connect(str(current(tmp_path)), read_only=True) as reader:
        wanted = reader.execute("SELECT count(*) FROM dim_region").fetchall()
        for release in ("2", "3", "4", "5"):
            publish(build, tmp_path, release, keep=3)
        assert reader.execute("SELECT count(*) FROM dim_region").fetchall() == wanted  # of a file that is gone by now
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == ["3", "4", "5"]
    assert str((tmp_path / "current").readlink()) == "releases/5"


def test_a_release_that_fails_leaves_the_one_before_and_nothing_else(build, tmp_path, monkeypatch):
    publish(build, tmp_path, "1")

    def fail(*_):
        raise OSError(28, "No space left on device")

    for step in ("_write", "_finish"):
        with monkeypatch.context() as patch:
            patch.setattr(publication, step, fail)
            with pytest.raises(OSError, match="No space"):
                publish(build, tmp_path, "2")
        assert [p.name for p in (tmp_path / "releases").iterdir()] == ["1"]
        assert str((tmp_path / "current").readlink()) == "releases/1"


def test_a_release_that_was_never_made_current_is_written_again(build, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(publication, "_switch", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(build, tmp_path, "1")
    assert current(tmp_path) is None
    publish(build, tmp_path, "1")
    assert current(tmp_path)


def test_a_build_file_is_written_by_one_only_but_readers_of_the_release_are_not_in_the_way(root, build):
    with duckdb.connect(str(current(root)), read_only=True), connect(build) as connection:
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
