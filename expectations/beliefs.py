"""What we believe beyond types: each belief with its bound, how bad a breach is, and why we believe it.

A fatal belief about a row keeps the row out at the staging gate; a fatal belief about a whole table closes the gate.
"""

from __future__ import annotations

from expectations.rules import Rule
from warehouse.facts import Severity

FATAL, WARNING = Severity.FATAL, Severity.WARNING
OBSERVATION, DOCUMENT = "fact_observation", "dim_document"

_UNIT = "(SELECT u.code FROM dim_unit AS u WHERE u.unit_key = t.unit_key)"
_PERIOD = "FROM dim_period AS p WHERE p.period_key = t.period_key"
_PUBLISHED = "(SELECT d.published_on FROM dim_document AS d WHERE d.document_id = t.document_id)"
_CATALOGUED = "FROM dim_indicator AS i WHERE i.indicator_key = t.indicator_key AND NOT i.is_open AND i.unit <> ''"
_CHANGE = "t.transformation IN ('yoy_pct', 'change_pct', 'cagr_pct')"
_PROPER_UNIT = f"""CASE WHEN {_CHANGE} OR t.transformation = 'share_pct' THEN {_UNIT} <> '%'
    WHEN t.transformation = 'rank' THEN {_UNIT} <> '位' WHEN t.transformation = 'ratio' THEN {_UNIT} <> '倍' ELSE false END"""
_MEASURED = ("transformation", "value")

ROWS: tuple[Rule, ...] = (
    Rule(OBSERVATION, "the quote is as long as its span", FATAL, "text[start:end] == quote is our promise",
         breaks="t.quote_end - t.quote_start <> length(t.quote)", shows=("quote_start", "quote_end")),
    Rule(OBSERVATION, "the raw quote is as long as its span, and not empty", FATAL, "the words as published, as promised",
         breaks="t.raw_end <= t.raw_start OR t.raw_end - t.raw_start <> length(t.raw_quote)", shows=("raw_start", "raw_end")),
    Rule(OBSERVATION, "a rank is a whole number from 1", FATAL, "there is no place before the first",
         breaks="t.transformation = 'rank' AND (t.value < 1 OR t.value <> trunc(t.value))", shows=_MEASURED),
    Rule(OBSERVATION, "a share lies within 0 and 100", FATAL, "a part is not larger than its whole",
         breaks="t.transformation = 'share_pct' AND t.value NOT BETWEEN 0 AND 100", shows=_MEASURED),
    Rule(OBSERVATION, "a level is not negative", FATAL, "things are counted from 0",
         breaks="t.transformation = 'level' AND t.value < 0", shows=_MEASURED),
    Rule(OBSERVATION, "a ratio is positive", FATAL, "it compares two amounts",
         breaks="t.transformation = 'ratio' AND t.value <= 0", shows=_MEASURED),
    Rule(OBSERVATION, "nothing falls by more than 100 %", FATAL, "less than nothing cannot be left",
         breaks=f"{_CHANGE} AND t.value < -100", shows=_MEASURED),
    Rule(OBSERVATION, "growth stays below 10000 %", WARNING, "a hundredfold year is more often a slip than a fact",
         breaks=f"{_CHANGE} AND t.value > 10000", shows=_MEASURED),
    Rule(OBSERVATION, "percentages are in %, ranks in 位, ratios in 倍", FATAL, "another unit shows that another number was read",
         breaks=_PROPER_UNIT, shows=_MEASURED),
    Rule(OBSERVATION, "a level is in the catalogue's unit", WARNING, "a sum over two units means nothing",
         breaks=f"t.transformation = 'level' AND {_UNIT} <> (SELECT i.unit {_CATALOGUED})", shows=("indicator_words", "value")),
    Rule(OBSERVATION, "what has happened lies not after the year of publication", FATAL, "nobody reports next year's figures",
         breaks=f"t.status = 'actual' AND (SELECT year(p.start_on) {_PERIOD}) > year({_PUBLISHED})", shows=("period_reason",)),
    Rule(OBSERVATION, "the period lies within 1949 and 2060", FATAL, "no statistic of ours is older, no plan reaches further",
         breaks=f"(SELECT year(p.start_on) < 1949 OR year(p.end_on) > 2060 {_PERIOD})", shows=("period_reason",)),
    Rule(OBSERVATION, "the quote holds a number", WARNING, "a value without its words was not read but guessed",
         breaks="NOT regexp_matches(t.quote, '[0-9０-９〇零一二两三四五六七八九十百千万亿半首末成番倍双]')", shows=("value",)),
    Rule(DOCUMENT, "the text looks like the language it was read as", WARNING, "genuine Chinese scores above 0.74",
         breaks="t.language = 'zh' AND t.encoding_score < 0.6 AND t.characters > 200", shows=("encoding", "encoding_score")),
    Rule(DOCUMENT, "at most 1 % of the characters were lost", WARNING, "a page with holes has figures with holes",
         breaks="t.replaced_characters > 0.01 * greatest(t.characters, 100)", shows=("encoding", "replaced_characters")),
    Rule(DOCUMENT, "the page is not older than the law", WARNING, "China's patent law is of 1984",
         breaks="year(t.published_on) NOT BETWEEN 1984 AND 2060", shows=("published_on", "published_reason")),
)  # fmt: skip

# Without the nation: the yearbooks count domestic applicants only, the press all of them (2022: 3.35 and 4.21 million in force).
_OFFICIAL = """FROM fact_observation AS o JOIN fact_official AS f USING (region_key, period_key, indicator_key)
    JOIN dim_region AS r USING (region_key) WHERE r.level >= 1 AND o.transformation = 'level' AND o.status = 'actual' AND o.qualifier = 'eq' AND o.scope = '' AND f.value > 0"""
_OFF = "abs(o.value - f.value) > 0.05 * f.value"
_OFF_ROWS = f"t.observation_id IN (SELECT o.observation_id {_OFFICIAL} AND {_OFF})"
_SPUN = "document_id IN (SELECT r.document_id FROM fact_repair AS r WHERE r.kind = 'spun')"

REFUSED = Rule(
    "fact_quarantine", "at most a fifth of the statistics are refused", FATAL, "when many break the rules, the reader is broken",
    measure="""SELECT CASE WHEN refused >= 10 THEN refused / (refused + kept) END
        FROM (SELECT count(DISTINCT CASE row_key WHEN '' THEN quarantine_id ELSE row_key END) AS refused
              FROM fact_quarantine WHERE table_name = 'fact_observation' AND severity = 'fatal'),
             (SELECT count(*) AS kept FROM fact_observation)""",
    most=0.2, sample="t.table_name = 'fact_observation' AND t.severity = 'fatal'", shows=("rule", "reason"),
)  # fmt: skip

AGREED = Rule(
    OBSERVATION, "most figures agree with the yearbooks", FATAL, "else place, period or measure are read wrongly",
    measure=f"SELECT CASE WHEN count(*) >= 10 THEN avg(({_OFF})::INT) END {_OFFICIAL}", most=0.5, sample=_OFF_ROWS,
    shows=("indicator_words", "value"),
)  # fmt: skip

# Of each batch, too: a thousand good documents of last year do not make up for the bad ones of tonight.
BATCH: tuple[Rule, ...] = (REFUSED, AGREED)

WHOLE: tuple[Rule, ...] = (
    *BATCH,
    Rule(DOCUMENT, "there is a document", FATAL, "an empty warehouse is not worth publishing",
         measure="SELECT count(*) FROM dim_document", least=1),
    Rule(OBSERVATION, "nine of ten figures are within 5 % of the yearbooks", WARNING, "rounding changes less",
         measure=f"SELECT CASE WHEN count(*) >= 5 THEN avg(({_OFF})::INT) END {_OFFICIAL}", most=0.1, sample=_OFF_ROWS, shows=("indicator_words", "value")),
    Rule("fact_unread_number", "at most half of the numbers of ours are left unread", WARNING, "the grammar lacks a phrase",
         measure="""SELECT unread / (unread + n) FROM (SELECT count(*) AS unread FROM fact_unread_number WHERE in_scope),
                 (SELECT count(*) AS n FROM fact_observation) WHERE unread + n > 0""",
         most=0.5, sample="t.in_scope", shows=("reason",)),
    Rule(OBSERVATION, "at most a third of the places are unknown", WARNING, "a figure without its place cannot be compared",
         measure="SELECT avg((region_key = -1)::INT) FROM fact_observation", most=1 / 3, sample="t.region_key = -1",
         shows=("region_reason",)),
    Rule(OBSERVATION, "at most a third of the periods are unknown", WARNING, "a figure without its time cannot be compared",
         measure="SELECT avg((period_key = -1)::INT) FROM fact_observation", most=1 / 3, sample="t.period_key = -1",
         shows=("period_reason",)),
    Rule(DOCUMENT, "at most half of the pages are spun", WARNING, "copies by machines drown the sources",
         measure=f"SELECT avg(({_SPUN})::INT) FROM dim_document", most=0.5, sample=f"t.{_SPUN}", shows=("spun_score",)),
    Rule(DOCUMENT, "at most half of the pages are not Chinese", WARNING, "these are other sources",
         measure="SELECT avg((language <> 'zh')::INT) FROM dim_document", most=0.5, sample="t.language <> 'zh'",
         shows=("language",)),
)  # fmt: skip
