"""Measurements against other libraries: `make bench` (all steps beside jieba), `make bench-decode`, `make bench-text`, `make bench-repair`.

Texts are read from ../shared; peers are installed into an environment of their own (`.venv-bench`), and one that is
absent is left out of the table. Printed are accuracies and ratios to this project's speed, never a machine's figures alone.
"""
