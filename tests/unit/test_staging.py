"""A shard counts once it stands whole; what a crash left of one is written anew."""

from datetime import UTC, datetime

import pytest

from warehouse.dimensions import DimRun
from warehouse.facts import FactTerm
from warehouse.keys import document_id
from warehouse.staging import StagingError, finished, read_table, write_shard
from warehouse.star import TABLES
from warehouse.tables import to_arrow

TERMS = [FactTerm(document_id("a"), "专利", 3), FactTerm(document_id("b"), "商标", 1)]
ROWS = {"fact_term": TERMS, "dim_run": [DimRun("r", datetime(2026, 9, 30, tzinfo=UTC), "1")], "dim_source": []}


def test_what_is_written_is_read(tmp_path):
    made = write_shard(tmp_path, "r", 7, ROWS)
    assert finished(tmp_path, "r", 7) == made
    assert [f.table for f in made.files] == ["dim_run", "fact_term"]
    by_key = sorted(TERMS, key=lambda t: t.document_id)
    assert read_table([made], "fact_term").equals(to_arrow(TABLES["fact_term"], by_key))
    assert read_table([made], "dim_source").num_rows == 0


def test_equal_rows_make_equal_bytes(tmp_path):
    one = write_shard(tmp_path / "1", "r", 0, ROWS)
    other = write_shard(tmp_path / "2", "r", 0, ROWS | {"fact_term": TERMS[::-1]})
    assert one.files == other.files


def test_a_shard_without_its_manifest_does_not_exist(tmp_path):
    assert finished(tmp_path, "r", 0) is None
    made = write_shard(tmp_path, "r", 0, ROWS)
    (tmp_path / "run_id=r" / "shard=0000" / "manifest.json").unlink()
    assert finished(tmp_path, "r", 0) is None
    assert write_shard(tmp_path, "r", 0, ROWS) == made


@pytest.mark.parametrize(
    "harm", [lambda p: p.unlink(), lambda p: p.write_bytes(p.read_bytes()[:-9]), lambda p: p.write_bytes(b"")]
)
@pytest.mark.parametrize("name", ["fact_term.parquet", "manifest.json"])
def test_a_damaged_shard_does_not_exist_and_is_written_anew(tmp_path, name, harm):
    made = write_shard(tmp_path, "r", 0, ROWS)
    harm(tmp_path / "run_id=r" / "shard=0000" / name)
    assert finished(tmp_path, "r", 0) is None
    assert write_shard(tmp_path, "r", 0, ROWS) == made
    assert finished(tmp_path, "r", 0) == made


def test_two_rows_of_one_key_are_refused_with_both(tmp_path):
    with pytest.raises(StagingError, match=r"(?s)two different rows bear the key.*occurrences=3.*occurrences=4"):
        write_shard(tmp_path, "r", 0, {"fact_term": [TERMS[0], FactTerm(document_id("a"), "专利", 4)]})
