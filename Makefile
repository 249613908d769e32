# Every task of the project. `make` alone lists them.
PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
PROOF   := .venv-accessibility
LINTERS := .venv-workflows
RIVALS  := .venv-bench
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help build test validate lint format types docs golden bench check clean libraries accessibility workflows

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# --- use -------------------------------------------------------------------------------------------------------------

build: $(VENV)/installed libraries ## build the five plans into output/
	$(BIN)/pcstrat build

validate: $(VENV)/installed ## check the five plans
	$(BIN)/pcstrat validate

# --- develop ---------------------------------------------------------------------------------------------------------

test: $(VENV)/developer libraries ## run the tests
	$(BIN)/python -m pytest -n auto

accessibility: $(VENV)/installed libraries ## check every page and PDF with a browser, the HTML checker and veraPDF
	scripts/accessibility/install $(PROOF) $(BIN)/python
	$(PROOF)/bin/python scripts/accessibility/check.py --tools $(PROOF) --project $(VENV) --record accessibility-results.json

lint: $(VENV)/developer ## look for faults in style and structure, and for what nothing uses
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/vulture

format: $(VENV)/developer ## put the code in its usual form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: $(VENV)/developer ## check the types
	$(BIN)/mypy

workflows: $(VENV)/installed ## check the files that run pcstrat in continuous integration, and its SARIF
	scripts/workflows/check $(LINTERS) $(BIN)/python

docs: $(VENV)/developer ## write the generated pages of docs/ anew
	$(BIN)/python scripts/generate_docs.py

golden: $(VENV)/developer libraries ## accept the present output as what the tests expect
	$(BIN)/python -m pytest -q --update-golden

bench: $(VENV)/developer libraries ## measure against the budgets and against other tools; takes minutes
	$(BIN)/python scripts/bench.py
	$(PYTHON) -m venv $(RIVALS)
	PIP_CONSTRAINT= $(RIVALS)/bin/pip install --quiet --requirement scripts/bench_requirements.txt
	$(BIN)/python scripts/bench_others.py --tools $(RIVALS)

check: lint types test accessibility workflows ## everything that CI runs

# --- the machine -----------------------------------------------------------------------------------------------------

libraries: | $(VENV)/python
	@scripts/install-system-libraries $(BIN)/python

$(VENV)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pcstrat needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/installed: $(VENV)/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/developer: $(VENV)/installed
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

clean: ## remove what was built and installed
	rm -rf $(VENV) $(PROOF) $(LINTERS) $(RIVALS) accessibility-results.json output dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
