"""The star: every table of the warehouse in load order, dimensions before facts."""

from __future__ import annotations

from warehouse.dimensions import DimDocument, DimIndicator, DimPeriod, DimRegion, DimRun, DimSource, DimUnit
from warehouse.facts import (
    EtlBatch,
    FactGateResult,
    FactObservation,
    FactOfficial,
    FactQuarantine,
    FactRepair,
    FactTerm,
    FactUnreadNumber,
)
from warehouse.tables import columns, name

DIMENSIONS: tuple[type, ...] = (DimRegion, DimPeriod, DimIndicator, DimUnit, DimSource, DimRun, DimDocument)
FACTS: tuple[type, ...] = (
    FactObservation, FactTerm, FactRepair, FactUnreadNumber, FactQuarantine, FactGateResult, FactOfficial, EtlBatch,
)  # fmt: skip
STAR: tuple[type, ...] = DIMENSIONS + FACTS

TABLES: dict[str, type] = {name(t): t for t in STAR}  # SQL name -> row class

# Tables whose rows belong to one document and are replaced with it.
OF_DOCUMENT: tuple[type, ...] = tuple(
    t for t in STAR if t is not DimDocument and any(c.name == "document_id" for c in columns(t))
)
