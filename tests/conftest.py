"""Tests that run the flow come first: they are the longest, and what is short fills the gaps between the workers."""

from __future__ import annotations


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: "integration" not in item.path.parts)
