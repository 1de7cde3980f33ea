"""The views answer as their comments say, on a few statements whose answers are known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from warehouse.dimensions import DimDocument
from warehouse.facts import FactObservation, FactTerm, Qualifier, Status, Transformation
from warehouse.keys import digest, document_id, indicator_key, period_key, region_key, source_key, unit_key
from warehouse.loading import LoadCounts, connect, load_batch, load_reference
from warehouse.periods import period
from warehouse.reference import open_indicator
from warehouse.star import TABLES
from warehouse.tables import to_arrow
from warehouse.views import create_views

NOW = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
HUNAN, GRANTS, STOCK = "430000", "patent_grants", "invention_patents_in_force"


def document(name, *, uri=None, cluster=None, spun=0.0, published=date(2021, 3, 1)):
    uri = uri or f"file:///pages/{name}.html"
    return DimDocument(
        document_id=document_id(uri), uri=uri, site="", source_key=source_key(""), title=name, published_on=published,
        published_reason="byline", publisher="", publisher_reason="", encoding="utf-8", encoding_evidence="utf-8 valid",
        encoding_score=0.9, replaced_characters=0, script="simplified", spun_score=spun, language="zh", parts=1, characters=100,
        content_type=None, content_sha256="ab" * 32, bytes=300, cluster_id=digest(cluster or name), pipeline_version="1",
        fetched_at=NOW, first_run_id="r", last_run_id="r",
    )  # fmt: skip


def said(page, value, *, area=HUNAN, when="2020", measure=GRANTS, what="level", status="actual", qualifier="eq", unit="件"):
    grain = (page.document_id, value, area, when, measure, what, status)
    return FactObservation(
        observation_id=digest(*grain), document_id=page.document_id, region_key=region_key(area), period_key=period_key(when),
        indicator_key=indicator_key(measure), unit_key=unit_key(unit), scope="", transformation=Transformation(what),
        value=Decimal(str(value)), status=Status(status), qualifier=Qualifier(qualifier), base="", additive=what == "level",
        quote=f"{value}", quote_start=0, quote_end=len(f"{value}"), raw_quote=f"{value}", raw_start=0, raw_end=len(f"{value}"),
        part=0, rule="r", confidence=0.9, region_reason="", period_reason="", indicator_words="", run_id="r",
    )  # fmt: skip


A, COPY, B, C, SPUN = document("a"), document("copy", cluster="a"), document("b"), document("c"), document("spun", spun=50.0)
OBSERVATIONS = [
    said(A, 78723), said(B, 78723), said(C, 78000), said(SPUN, 70000), said(COPY, 78723),
    said(A, 54685, when="2019"), said(A, 43.96, what="yoy_pct", unit="%"),
    said(A, 60000, measure=STOCK, when="2025", status="target", qualifier="ge"),
    said(A, 56285, measure=STOCK, when="2020"), said(B, 61000, measure=STOCK, when="2023-06"),
    said(A, 100000, when="2022", status="target", qualifier="ge"), said(B, 40000, when="2022-S1"), said(C, 92916, when="2022"),
    said(A, 12.5, area="", when="", measure="", unit=""), said(C, 695591, area="100000"),
    said(B, 640917, area="320000"), said(C, 7, measure="open:专利超市", unit="家"),
]  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    rows = {
        "dim_document": [A, COPY, B, C, SPUN],
        "dim_period": [period(p) for p in ("2019", "2020", "2022", "2022-S1", "2023-06", "2025")],
        "dim_indicator": [open_indicator("open:专利超市")],
        "fact_observation": OBSERVATIONS,
        "fact_term": [FactTerm(A.document_id, "专利", 3), FactTerm(B.document_id, "专利", 2)],
    }
    with connect(tmp_path_factory.mktemp("build") / "build.duckdb") as connection:
        load_reference(connection, LoadCounts())
        load_batch(connection, {n: to_arrow(TABLES[n], r) for n, r in rows.items()}, LoadCounts())
        create_views(connection)
        yield lambda query: connection.execute(query).fetchall()


def test_every_statement_is_in_the_wide_view_and_what_is_not_said_is_null(ask):
    assert ask("SELECT count(*) FROM observations") == [(len(OBSERVATIONS),)]
    assert ask("SELECT ref_area, time_period, indicator, unit, scope FROM observations WHERE value = 12.5") == [
        (None, None, None, None, "")
    ]


def test_the_contract_columns_come_first(ask):
    names = [row[0] for row in ask("SELECT column_name FROM (DESCRIBE observations)")]
    contract = "document ref_area time_period indicator scope transformation value unit status qualifier"
    assert names[:10] == contract.split()


def test_the_best_value_is_corroborated_by_texts_not_by_copies_and_lists_the_losers(ask):
    ((value, corroboration, statements, losers),) = ask(
        "SELECT value, corroboration, statements, losers FROM best_observations "
        f"WHERE ref_area = '{HUNAN}' AND time_period = '2020' AND indicator = '{GRANTS}' AND transformation = 'level'"
    )
    assert (value, corroboration, statements) == (78723, 2, 5)
    assert losers == "78000 (1: file:///pages/c.html); 70000 (1: file:///pages/spun.html)"


def test_each_slot_has_one_best_value(ask):
    assert ask(
        "SELECT count(*) - count(DISTINCT (ref_area, indicator, time_period, scope, transformation, status, unit)) FROM best_observations"
    ) == [(0,)]
    assert ask("SELECT count(*) FROM best_observations WHERE losers <> ''") == [(1,)]


def test_conflicts_are_pairs_of_values_the_trusted_one_first(ask):
    assert ask("SELECT value_a, value_b, texts_a, texts_b FROM conflicts ORDER BY value_b DESC") == [
        (78723, 78000, 2, 1), (78723, 70000, 2, 1), (78000, 70000, 1, 1),
    ]  # fmt: skip


def test_targets_meet_results_of_their_kind(ask):
    found = {
        r[0]: r[1:] for r in ask("SELECT indicator, target_period, latest_period, latest_value, progress FROM target_progress")
    }
    assert found == {
        STOCK: ("2025", "2023-06", 61000, "met"),  # a stock counts at any time
        GRANTS: ("2022", "2022", 92916, "missed"),  # a flow in a whole year only, not in its first half
    }


def test_stated_growth_stands_beside_the_growth_of_the_levels(ask):
    assert ask("SELECT stated_pct, level_now, level_before, computed_pct, difference_pp FROM growth") == [
        (43.96, 78723, 54685, 43.96, 0)
    ]


def test_reconciliation_with_the_yearbook(ask):
    verdicts = dict(ask("SELECT value, any_value(verdict) FROM reconciliation WHERE indicator = 'patent_grants' GROUP BY value"))
    assert (verdicts[78723], verdicts[70000]) == ("agreed", "differs")
    assert ask("SELECT DISTINCT verdict FROM reconciliation WHERE ref_area = '100000'") in ([("other coverage",)], [])


def test_regions_are_ranked_within_their_level(ask):
    found = ask(
        "SELECT ref_area, place, places FROM region_ranking WHERE indicator = 'patent_grants' AND time_period = '2020' ORDER BY place"
    )
    assert found == [("320000", 1, 2), (HUNAN, 2, 2)]


def test_terms_measures_and_documents(ask):
    assert ask("SELECT term, year, occurrences, documents FROM term_trends") == [("专利", 2021, 5, 2)]
    assert ask("SELECT measure, unit, statements FROM open_measures") == [("专利超市", "家", 1)]
    assert ask("SELECT observations, copies FROM document_quality WHERE document LIKE '%/copy.html'") == [(1, 2)]
