"""Keys are hashes of natural keys: every worker computes them alone, and a second run computes the same."""

from __future__ import annotations

from hashlib import sha256

UNKNOWN = -1  # the key of each dimension's unknown member
_SEPARATOR = "\x1f"
_BITS_48 = 6


def digest(*parts: object) -> str:
    """32 hexadecimal digits for a natural key; None counts as the empty text.

    >>> digest("430000", "2020", "patent_grants") == digest("430000", 2020, "patent_grants")
    True
    """
    return sha256(_joined(parts)).hexdigest()[:32]


def small_key(dimension: str, code: str) -> int:
    """A positive integer of 48 bits (exact in JavaScript's and Excel's numbers); the empty code is the unknown member.

    >>> small_key("region", "430000") == small_key("region", "430000") != small_key("period", "430000")
    True
    >>> small_key("region", "")
    -1
    """
    if not code:
        return UNKNOWN
    return int.from_bytes(sha256(_joined((dimension, code))).digest()[:_BITS_48], "big") or 1


def _joined(parts: tuple[object, ...]) -> bytes:
    return _SEPARATOR.join("" if p is None else str(p) for p in parts).encode("utf-8", "surrogatepass")


def region_key(code: str | None) -> int:
    """Key of dim_region."""
    return small_key("region", code or "")


def period_key(code: str | None) -> int:
    """Key of dim_period."""
    return small_key("period", code or "")


def indicator_key(code: str | None) -> int:
    """Key of dim_indicator."""
    return small_key("indicator", code or "")


def unit_key(code: str | None) -> int:
    """Key of dim_unit."""
    return small_key("unit", code or "")


def source_key(name: str | None) -> int:
    """Key of dim_source."""
    return small_key("source", name or "")


def document_id(uri: str) -> str:
    """Key of dim_document: a page keeps it when its content changes."""
    return digest("document", uri)
