"""The gates find what is wrong, say where, take single rows out and close where that does not help."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest

from expectations import gate
from expectations.beliefs import ROWS, WHOLE
from expectations.gate import check, result_rows
from expectations.refusing import gate_staging
from expectations.rules import GateClosedError, Rule, Verdict
from expectations.suites import declared_rules
from warehouse.dimensions import DimDocument, DimRun, DimSource
from warehouse.facts import EtlBatch, FactObservation, FactTerm, Qualifier, Severity, Status, Transformation
from warehouse.keys import digest, document_id, indicator_key, period_key, region_key, source_key, unit_key
from warehouse.periods import period
from warehouse.reference import reference_rows
from warehouse.star import STAR, TABLES
from warehouse.tables import name, to_arrow

NOW = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
URI = "file:///pages/henan.html"
ID = document_id(URI)
QUOTE = "全省专利授权量49145件"

DOCUMENT = DimDocument(
    document_id=ID, uri=URI, site="", source_key=source_key("pages"), title="河南专利授权量再创新高", published_on=date(2018, 2, 3),
    published_reason="byline", publisher="", publisher_reason="", encoding="gb18030", encoding_evidence="meta", encoding_score=0.93,
    replaced_characters=0, script="simplified", spun_score=0.0, language="zh", parts=1, characters=900, content_type=None,
    content_sha256="ab" * 32, bytes=1800, cluster_id=digest("x"), pipeline_version="1", fetched_at=NOW, first_run_id="r", last_run_id="r",
)  # fmt: skip
GRANTS = FactObservation(
    observation_id=digest("grants"), document_id=ID, region_key=region_key("410000"), period_key=period_key("2016"),
    indicator_key=indicator_key("patent_grants"), unit_key=unit_key("件"), scope="", transformation=Transformation.LEVEL,
    value=Decimal(49145), status=Status.ACTUAL, qualifier=Qualifier.EQ, base="", additive=True, quote=QUOTE, quote_start=40,
    quote_end=40 + len(QUOTE), raw_quote=QUOTE, raw_start=60, raw_end=60 + len(QUOTE), part=0, rule="named", confidence=0.95,
    region_reason="“全省”", period_reason="“2016年”", indicator_words="专利授权量", run_id="r",
)  # fmt: skip
RANK = replace(
    GRANTS,
    observation_id=digest("rank"),
    transformation=Transformation.RANK,
    value=Decimal(13),
    unit_key=unit_key("位"),
    additive=False,
)


def staged(observations=(GRANTS, RANK), document=DOCUMENT, **more):
    rows = {
        "dim_document": [document],
        "dim_source": [DimSource(source_key("pages"), "pages")],
        "dim_run": [DimRun("r", NOW, "1")],
        "dim_period": [period("2016"), period("2019")],
        "fact_observation": list(observations),
        "fact_term": [FactTerm(ID, "专利", 7)],
        "etl_batch": [EtlBatch(ID, URI, "ab" * 32, "1", "r", NOW)],
    } | more
    return {table: to_arrow(TABLES[table], members) for table, members in rows.items()}


def refusals(gated):
    return gated.tables["fact_quarantine"].to_pylist()


@pytest.fixture
def warehouse():
    """The star of one good document, without the database's own constraints."""
    with duckdb.connect() as connection:
        tables = staged()
        for table in STAR:
            rows = tables.get(name(table), to_arrow(table, []))
            connection.register("a", rows)
            connection.register("b", to_arrow(table, reference_rows().get(name(table), [])))
            connection.execute(f"CREATE TABLE {name(table)} AS FROM a UNION FROM b")
        yield connection


def test_good_rows_pass_unchanged():
    tables = staged()
    gated = gate_staging(tables, "r")
    assert all(v.passed for v in gated.verdicts)
    assert not refusals(gated)
    for table, rows in tables.items():
        assert gated.tables[table].equals(rows), table


BAD_ROWS = [
    ("a rank is a whole number from 1", replace(RANK, value=Decimal(0)), "value is 0"),
    ("a rank is a whole number from 1", replace(RANK, value=Decimal("2.5")), "value is 2.5"),
    ("a share lies within 0 and 100", replace(GRANTS, transformation=Transformation.SHARE_PCT, unit_key=unit_key("%"), value=Decimal(130)), "130"),
    ("a level is not negative", replace(GRANTS, value=Decimal(-3)), "value is -3"),
    ("nothing falls by more than 100 %", replace(GRANTS, transformation=Transformation.YOY_PCT, unit_key=unit_key("%"), value=Decimal(-130)), "-130"),
    ("percentages are in %, ranks in 位, ratios in 倍", replace(RANK, unit_key=unit_key("件")), "value is 13"),
    ("the quote is as long as its span", replace(GRANTS, quote_end=41), "quote_end is 41"),
    ("the raw quote is as long as its span, and not empty", replace(GRANTS, raw_quote="", raw_end=60), "raw_end is 60"),
    ("what has happened lies not after the year of publication", replace(GRANTS, period_key=period_key("2019")), "2016年"),
    ("region_key is in dim_region", replace(GRANTS, region_key=12345), "region_key is 12345"),
    ("document_id is in dim_document", replace(GRANTS, document_id=digest("other")), "document_id is"),
    ("observation_id looks as declared", replace(GRANTS, observation_id="x"), "observation_id is 'x'"),
    ("quote looks as declared", replace(GRANTS, quote="", quote_end=40), "quote is ''"),
]  # fmt: skip


@pytest.fixture(scope="module")
def refused():
    """All bad rows in one batch of good ones, each under a key of its own."""
    keyed = [
        b if rule.startswith("observation_id") else replace(b, observation_id=digest("bad", n))
        for n, (rule, b, _) in enumerate(BAD_ROWS)
    ]
    return keyed, gate_staging(staged([*(replace(GRANTS, observation_id=digest("good", n)) for n in range(100)), *keyed]), "r")


def test_bad_rows_are_taken_out_and_good_ones_go_on(refused):
    _, gated = refused
    kept = {o["observation_id"] for o in gated.tables["fact_observation"].to_pylist()}
    assert kept == {digest("good", n) for n in range(100)}


@pytest.mark.parametrize("n", range(len(BAD_ROWS)), ids=[f"{r}: {why}" for r, _, why in BAD_ROWS])
def test_a_bad_row_is_in_quarantine_with_rule_reason_and_words(refused, n):
    rows, gated = refused
    (rule, _, reason), bad = BAD_ROWS[n], rows[n]
    mine = [q for q in refusals(gated) if q["rule"] == rule and q["row_key"] == bad.observation_id]
    assert len(mine) == 1
    assert reason in mine[0]["reason"]
    assert mine[0]["quote"] == bad.quote
    assert (mine[0]["stage"], mine[0]["table_name"], mine[0]["severity"]) == ("staging", "fact_observation", "fatal")
    assert mine[0]["uri"] == (URI if bad.document_id == ID else "")
    (verdict,) = (v for v in gated.verdicts if v.rule.what == rule and v.rule.table == "fact_observation")
    assert verdict.refused
    assert not verdict.closes


def test_the_second_row_of_a_key_is_the_one_refused():
    gated = gate_staging(staged([GRANTS, replace(GRANTS, value=Decimal(1))]), "r")
    assert [o["value"] for o in gated.tables["fact_observation"].to_pylist()] == [Decimal(49145)]
    assert refusals(gated)[0]["rule"] == "one row per observation_id"


def test_a_warning_takes_nothing_out():
    gated = gate_staging(staged([replace(GRANTS, unit_key=unit_key("家"))]), "r")
    assert gated.tables["fact_observation"].num_rows == 1
    assert not refusals(gated)
    (verdict,) = (v for v in gated.verdicts if not v.passed)
    assert (verdict.rule.what, verdict.rule.severity) == ("a level is in the catalogue's unit", Severity.WARNING)
    assert verdict.failures[0].document == URI
    assert verdict.failures[0].quote == QUOTE


def test_with_a_document_goes_all_that_was_read_from_it_but_not_its_registration():
    gated = gate_staging(staged(document=replace(DOCUMENT, content_sha256="?")), "r")
    assert (
        gated.tables["dim_document"].num_rows
        == gated.tables["fact_observation"].num_rows
        == gated.tables["fact_term"].num_rows
        == 0
    )
    assert gated.tables["etl_batch"].num_rows == 1
    assert {q["table_name"] for q in refusals(gated)} == {"dim_document"}


def test_a_refused_member_of_a_dimension_takes_its_facts_along():
    odd = replace(period("2016"), start_on=date(1066, 1, 1), end_on=None)
    orphan = replace(GRANTS, unit_key=987654)
    gated = gate_staging(staged([orphan, RANK], dim_period=[odd]), "r")
    assert {q["rule"] for q in refusals(gated)} >= {"unit_key is in dim_unit"}


def test_the_same_member_from_two_shards_is_no_duplicate():
    tables = staged()
    import pyarrow as pa

    tables["dim_period"] = pa.concat_tables([tables["dim_period"], tables["dim_period"]])
    assert all(v.passed for v in gate_staging(tables, "r").verdicts)


def test_when_too_many_rows_are_refused_the_gate_closes():
    bad = [replace(RANK, observation_id=digest("bad", n), value=Decimal(0)) for n in range(12)]
    with pytest.raises(GateClosedError) as closed:
        gate_staging(staged([GRANTS, *bad]), "r")
    (verdict,) = closed.value.closing
    assert verdict.rule.what == "at most a fifth of the statistics are refused"
    assert "0.923 was found, expected at most 0.2" in verdict.detail
    assert verdict.failures[0].document == URI
    assert verdict.failures[0].quote == QUOTE


def test_a_few_refused_rows_of_a_small_batch_do_not_close_it():
    bad = [replace(RANK, observation_id=digest("bad", n), value=Decimal(0)) for n in range(9)]
    assert len(refusals(gate_staging(staged([GRANTS, *bad]), "r"))) == 9


def test_a_sound_warehouse_passes_every_rule(warehouse):
    broken = [v for v in check(warehouse, (*declared_rules(), *ROWS, *WHOLE), "warehouse") if not v.passed]
    assert not broken


def test_a_rule_that_cannot_be_checked_is_fatal_whatever_it_was(warehouse):
    rule = Rule("fact_observation", "nonsense", Severity.WARNING, "to see it fail", breaks="t.no_such_column = 1")
    (verdict,) = check(warehouse, [rule], "warehouse")
    assert verdict.closes
    assert "could not be checked" in verdict.detail
    assert "no_such_column" in verdict.detail


def test_an_empty_required_column_is_named(warehouse):
    warehouse.execute("UPDATE fact_observation SET scope = NULL WHERE transformation = 'rank'")
    rules = [r for r in declared_rules() if r.table == "fact_observation"]
    (verdict,) = (v for v in check(warehouse, rules, "warehouse") if not v.passed)
    assert verdict.closes
    assert verdict.rule.what == "no required column is empty"
    assert [f.reason for f in verdict.failures] == ["scope is empty"]


def test_an_expectation_and_its_query_must_agree(warehouse, monkeypatch):
    rule = Rule("fact_observation", "level is given", Severity.WARNING, "to see it fail", breaks="false", shows=(),
                native="ExpectColumnValuesToBeInSet", arguments={"column": "scope", "value_set": ["x"]})  # fmt: skip
    (verdict,) = check(warehouse, [rule], "warehouse")
    assert verdict.closes
    assert "the query did not" in verdict.detail


def test_figures_that_contradict_the_yearbooks_close_the_gate(warehouse):
    wrong = "SELECT region_key, period_key, indicator_key, unit_key, value * 3 AS value FROM fact_official JOIN dim_region USING (region_key) WHERE level = 1"
    warehouse.execute(
        f"INSERT INTO fact_observation BY NAME (SELECT o.* REPLACE (md5(f::VARCHAR) AS observation_id, f.region_key AS region_key, "
        f"f.period_key AS period_key, f.indicator_key AS indicator_key, f.unit_key AS unit_key, f.value AS value) "
        f"FROM (SELECT * FROM fact_observation WHERE transformation = 'level') AS o, ({wrong}) AS f LIMIT 40)"
    )
    verdicts = check(warehouse, WHOLE, "warehouse")
    (closing,) = (v for v in verdicts if v.closes)
    assert closing.rule.what == "most figures agree with the yearbooks"
    assert len(closing.failures) == gate.SHOWN
    assert closing.failures[0].quote == QUOTE


def test_an_empty_warehouse_is_not_published(warehouse):
    warehouse.execute("DELETE FROM dim_document")
    verdicts = check(warehouse, [r for r in WHOLE if r.what == "there is a document"], "warehouse")
    assert verdicts[0].closes


def test_verdicts_become_rows_and_batches_are_added_up(warehouse):
    rule = ROWS[0]
    good = Verdict("staging", rule, passed=True, checked=10, failed=0)
    bad = Verdict("staging", rule, passed=False, checked=5, failed=2, detail="2 of 5 rows", refused=True)
    (row,) = result_rows([good, bad], "r")
    assert (row.checked, row.failed, row.passed, row.detail) == (15, 2, False, "2 of 5 rows")
    to_arrow(TABLES["fact_gate_result"], [row])


def test_a_batch_that_contradicts_the_yearbooks_does_not_hide_behind_the_warehouse():
    """The rule is asked of each batch alone, whatever stands in the warehouse already."""
    official = [f for f in reference_rows()["fact_official"] if f.indicator_key == GRANTS.indicator_key]
    provinces = {r.region_key for r in reference_rows()["dim_region"] if r.level == 1}
    rows = [f for f in official if f.region_key in provinces and f.period_key == period_key("2016") and f.value][:12]

    def batch(factor):
        made = (
            replace(GRANTS, observation_id=digest(n), region_key=f.region_key, value=f.value * factor) for n, f in enumerate(rows)
        )
        return staged(list(made))

    assert gate_staging(batch(1), "r").tables["fact_observation"].num_rows == 12
    with pytest.raises(GateClosedError) as closed:
        gate_staging(batch(3), "r")
    (verdict,) = closed.value.closing
    assert verdict.rule.what == "most figures agree with the yearbooks"
    assert (verdict.failed, verdict.failures[0].quote) == (12, QUOTE)
