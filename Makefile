# Rebuild the compendium. `make` sets everything up and builds Bandung; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NBVAL := --nbval --nbval-cell-timeout=120 --nbval-sanitize-with=tests/nbval_sanitize.cfg

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header

.DEFAULT_GOAL := build
.PHONY: build test lab notebooks map bench lock clean help

build: $(VENV)/installed  ## Set up the environment and build Bandung (the default)
	$(BIN)/compendium build bandung

test: $(VENV)/installed  ## Lint, type-check and run every test, also of the committed notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile $(NBVAL) notebooks tests

lab: $(VENV)/installed  ## Open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=notebooks

notebooks: $(VENV)/installed  ## Run the notebooks in place, to commit them with new outputs
	for step in $$($(BIN)/python -m analysis.chain.steps); do \
	  $(BIN)/jupyter nbconvert --to notebook --inplace --execute --log-level=WARN \
	    --ExecutePreprocessor.record_timing=False notebooks/$$step.ipynb || exit 1; done

map: $(VENV)/installed  ## Write the READMEs' map of tables anew from the list of tables
	$(BIN)/python -m analysis.chain.readme_map

bench: .venv-bench/installed  ## Measure against other tools (an hour): benchmarks/results.md
	.venv-bench/bin/python benchmarks/bench.py
	.venv-bench/bin/python benchmarks/results.py

lock:  ## Renew both locks from pyproject.toml (needs uv)
	$(LOCK) --group dev --upgrade -o requirements.lock
	$(LOCK) --group bench --constraint requirements.lock -o benchmarks/requirements.lock

clean:  ## Delete everything that can be built again
	rm -rf build

help:  ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/installed: requirements.lock pyproject.toml
.venv-bench/installed: benchmarks/requirements.lock pyproject.toml
$(VENV)/installed .venv-bench/installed:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11+ needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --require-hashes -r $<
	$(@D)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
