"""What must hold before anyone may look: rules derived from the star's declaration, beliefs on top, and the gates.

star.py ► suites ─┐
                  ├► gate (Great Expectations on DuckDB) ► verdicts ► open, or closed with the failing rows
beliefs ──────────┘
"""
