# Every target does its own set-up: a virtual environment in this folder, nothing outside it.
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; raise SystemExit(not ((3, 11) <= sys.version_info[:2] < (3, 15)))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: run test quality bench bench-decode bench-text bench-repair lint types derive clean help
help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "zhicang needs Python 3.11 to 3.14; none was found on the PATH."; exit 2; }
	@echo "Setting up .venv with $(PYTHON) (once; a minute or two)"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	@touch $(READY)

run: $(READY)  ## read the bundled samples into data/: warehouse, gates, report
	@$(BIN)/zhicang run

test: $(READY)  ## all tests
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

quality: $(READY)  ## score the pipeline on the hand-labelled documents, hold it to the pinned floors
	@$(BIN)/python -m tests.gold.quality

bench: $(READY)  ## speed from bytes to observations, step by step, beside jieba on the same text
	@$(BIN)/python -m bench.extract

bench-decode: $(READY)  ## how often an encoding is told rightly, beside the libraries that are installed
	@$(BIN)/python -m bench.decode

bench-text: $(READY)  ## main text and date of real pages
	@$(BIN)/python -m bench.text

bench-repair: $(READY)  ## simulated damage put back, clean lines left alone
	@$(BIN)/python -m bench.repair

lint: $(READY)  ## ruff and codespell
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/codespell --skip "*.csv,*.tsv,*.json,*.txt,*.html,seeds/documents" README.md CHANGELOG.md CONTRIBUTING.md docs bench flows transforms warehouse expectations seeds tests

types: $(READY)  ## mypy, strict
	@$(BIN)/mypy

derive: $(READY)  ## write schema.sql and the data dictionary from the declaration
	@$(BIN)/python -m warehouse.derive

clean:  ## remove what the targets made (not data/)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
