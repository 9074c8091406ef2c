# Rebuild the compendium. `make` sets everything up and builds Bandung; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NBVAL := --nbval --nbval-cell-timeout=120 --nbval-sanitize-with=tests/nbval_sanitize.cfg
LINT = $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
PYTEST = $(BIN)/python -m pytest -n 2 $(NBVAL) notebooks tests

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header

.DEFAULT_GOAL := build
.PHONY: build test test-all lab notebooks renderers map bench bench-quick lock clean help

build: $(VENV)/installed  ## Set up the environment and build Bandung (the default)
	$(BIN)/compendium build bandung

test: $(VENV)/installed-for-tests  ## Lint, type-check, run the tests and validate the notebooks (5 minutes)
	$(LINT)
	$(PYTEST) -m "not slow"

test-all: $(VENV)/installed-for-tests  ## The same with every test, also those that take long (15 minutes)
	$(LINT)
	$(PYTEST)

lab: $(VENV)/installed  ## Open JupyterLab on the start notebook, which leads to the others
	$(BIN)/jupyter lab --notebook-dir=notebooks notebooks/start.ipynb

notebooks: $(VENV)/installed  ## Run the notebooks in place, to commit them with new outputs
	for step in $$($(BIN)/python -m analysis.chain.steps); do \
	  $(BIN)/jupyter nbconvert --to notebook --inplace --execute --log-level=WARN \
	    --ExecutePreprocessor.record_timing=False notebooks/$$step.ipynb || exit 1; done

renderers: $(VENV)/installed-for-tests  ## Compare what Quarto and the embedded renderer make of Bandung's papers
	$(BIN)/python tests/publishing/paper_structure.py

map: $(VENV)/installed  ## Write the READMEs' map of tables anew from the list of tables
	$(BIN)/python -m analysis.chain.readme_map

bench: .venv-bench/installed  ## Measure against other tools (an hour): benchmarks/results.md
	.venv-bench/bin/python benchmarks/bench.py
	.venv-bench/bin/python benchmarks/results.py

bench-quick: .venv-bench/installed  ## Measure one city only, twice (under ten minutes): benchmarks/results.md
	.venv-bench/bin/python benchmarks/bench.py --quick one_city steps
	.venv-bench/bin/python benchmarks/results.py

lock: $(VENV)/installed-for-tests  ## Renew the three locks from pyproject.toml: to build, to test, to compare
	$(LOCK) --group dev --upgrade -o tests/requirements.lock
	$(LOCK) --group setup --constraint tests/requirements.lock -o requirements.lock
	$(LOCK) --group bench --constraint tests/requirements.lock -o benchmarks/requirements.lock

clean:  ## Delete everything that can be built again
	rm -rf build

help:  ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# uv, from its pinned wheel, installs in a tenth of the time that pip takes, but does not read pip's configuration. Further
# places to look in are passed on; where pip is told what else to do, or uv cannot be had, pip installs the same lock.
PIP_DECIDES := ^(global|install|:env:)\.(index-url|no-index|proxy|client-cert|trusted-host|keyring-provider|no-binary)=
PLACES := s/^(global|install|:env:)\.(find-links|extra-index-url)='(.*)'$$/\2 \3/p

$(VENV)/installed: requirements.lock pyproject.toml
$(VENV)/installed-for-tests: tests/requirements.lock $(VENV)/installed
.venv-bench/installed: benchmarks/requirements.lock pyproject.toml
$(VENV)/installed $(VENV)/installed-for-tests .venv-bench/installed:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11+ needed: make PYTHON=python3.12")'
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@set -eu; why=; settings=$$($(@D)/bin/python -m pip config list); \
	if printf "%s\n" "$$settings" | grep -qE '$(PIP_DECIDES)'; then why="pip is configured"; \
	elif ! { sed -n '/^uv==/,/[^\\]$$/p' tests/requirements.lock > $(@D)/uv.lock; \
	  $(@D)/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r $(@D)/uv.lock; }; then why="uv cannot be had"; \
	else \
	  places=$$(printf "%s\n" "$$settings" | sed -nE "$(PLACES)" | sed 's/\\n/ /g' | awk '{ for (i = 2; i <= NF; i++) print "--" $$1, $$i }'); \
	  $(@D)/bin/uv pip install --python $(@D) $$places --compile-bytecode --index-strategy unsafe-best-match --require-hashes -r $< \
	  || why="uv did not succeed"; \
	fi; \
	if [ "$$why" ]; then echo "$$why: pip installs, in some minutes"; \
	  $(@D)/bin/python -m pip install --require-hashes -r $<; \
	fi
	$(@D)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
