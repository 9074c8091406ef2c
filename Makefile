# Rebuild the compendium. `make` sets everything up and builds Bandung; `make help` lists the rest.
PYTHON ?= python3
CITY ?= bandung
VENV := .venv
SCRIPTS := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
BIN := $(VENV)/$(SCRIPTS)
NBVAL := --nbval --nbval-cell-timeout=120 --nbval-sanitize-with=tests/nbval_sanitize.cfg
LINT = $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
PYTEST = $(BIN)/python -m pytest -n 2 $(NBVAL)
EVERYWHERE := notebooks tests/auditing tests/intake tests/language tests/raw_data tests/results tests/tables

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --no-header
UNCHANGED := git diff --stat --exit-code -- data/processed
UNHASHED := sed -e '/^ /d' -e 's/ *\\$$//'

# What lies there could take the place of a library, or of the kernel that notebooks name.
unexport PYTHONPATH JUPYTER_PATH

.DEFAULT_GOAL := build
.PHONY: build test test-all test-everywhere unchanged soak newest audit lab notebooks renderers map bench bench-quick lock clean help

build: $(VENV)/installed  ## Set up the environment and build Bandung (the default), or CITY=name
	$(BIN)/compendium build $(CITY)

test: $(VENV)/installed-for-tests  ## Lint, type-check, run the tests and validate the notebooks (5 minutes)
	$(LINT)
	$(PYTEST) -m "not slow and not soak" notebooks tests

test-all: $(VENV)/installed-for-tests  ## The same with every test, also those that take long (14 minutes)
	$(LINT)
	$(PYTEST) --hypothesis-profile=thorough -m "not soak" notebooks tests

test-everywhere: $(VENV)/installed-for-tests  ## The part of the tests that Windows and macOS run, too: numbers, imports, notebooks
	$(PYTEST) -m "not slow and not soak" $(EVERYWHERE)

soak: $(VENV)/installed-for-tests  ## The full matrices that take hours: builds killed at 50 points, hostile inputs, surroundings
	$(BIN)/python -m pytest -n 2 -m soak tests

newest: $(VENV)/installed-for-tests  ## Rebuild with the newest releases of all libraries; fail where a committed byte changes
	$(BIN)/uv venv --quiet --clear .venv-newest
	$(BIN)/uv pip install --quiet --python .venv-newest --upgrade --editable .
	.venv-newest/$(SCRIPTS)/compendium build --all --renderer embedded --no-site
	$(UNCHANGED)

unchanged:  ## Fail where what was just built differs from what is committed
	$(UNCHANGED)

audit: $(VENV)/installed-for-tests  ## Ask for known vulnerabilities of every pinned library (needs the network)
	$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes --requirement tests/requirements.lock

lab: $(VENV)/installed  ## Open JupyterLab on the start notebook, which leads to the others
	$(BIN)/jupyter lab --notebook-dir=notebooks --LabApp.default_url=/lab/tree/start.ipynb

notebooks: $(VENV)/installed  ## Run the notebooks in place, to commit them with new outputs
	for step in $$($(BIN)/python -P -m analysis.chain.steps); do \
	  $(BIN)/jupyter nbconvert --to notebook --inplace --execute --log-level=WARN \
	    --ExecutePreprocessor.record_timing=False notebooks/$$step.ipynb || exit 1; done

renderers: $(VENV)/installed-for-tests  ## Compare what Quarto and the embedded renderer make of Bandung's papers
	$(BIN)/python tests/publishing/paper_structure.py

map: $(VENV)/installed  ## Write the READMEs' map, verdict and Binder badge anew
	$(BIN)/python -P -m analysis.chain.readme_map

bench: .venv-bench/installed  ## Measure against other tools (an hour): benchmarks/results.md
	.venv-bench/$(SCRIPTS)/python benchmarks/bench.py
	.venv-bench/$(SCRIPTS)/python benchmarks/results.py

bench-quick: .venv-bench/installed  ## Measure one city only, twice (under ten minutes): benchmarks/results.md
	.venv-bench/$(SCRIPTS)/python benchmarks/bench.py --quick one_city steps
	.venv-bench/$(SCRIPTS)/python benchmarks/results.py

lock: $(VENV)/installed-for-tests  ## Renew the locks from pyproject.toml (to build, to test, to compare), and what follows from them
	$(LOCK) --group dev --upgrade -o tests/requirements.lock
	$(LOCK) --group setup --constraint tests/requirements.lock -o requirements.lock
	$(LOCK) --group bench --constraint tests/requirements.lock -o benchmarks/requirements.lock
	$(UNHASHED) requirements.lock > binder/requirements.txt
	$(BIN)/uv pip install --quiet --python $(VENV) -r tests/requirements.lock
	$(BIN)/python tests/licences.py

clean:  ## Delete everything that can be built again
	test ! -x $(BIN)/compendium || $(BIN)/compendium clean
	test ! -d build || find build -mindepth 1 -maxdepth 1 ! -name .locks -exec rm -rf {} +

help:  ## List these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

# uv, from its pinned wheel, installs in a tenth of the time that pip takes, but does not read pip's configuration. Further
# places to look in are passed on; where pip is told what else to do, or uv cannot be had, pip installs the same lock.
PIP_DECIDES := ^(global|install|:env:)\.(index-url|no-index|proxy|client-cert|trusted-host|keyring-provider|no-binary)=
LOCKED_UV := sed -n '/^uv==/,/[^\\]$$/p' tests/requirements.lock
PYTHONS := >=3.11,<3.15
SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
PLACES := s/^(global|install|:env:)\.(find-links|extra-index-url)='(.*)'$$/\2 \3/p

$(VENV)/installed: requirements.lock pyproject.toml
$(VENV)/installed-for-tests: tests/requirements.lock $(VENV)/installed
.venv-bench/installed: benchmarks/requirements.lock pyproject.toml
$(VENV)/installed $(VENV)/installed-for-tests .venv-bench/installed:
	@test -x $(@D)/$(SCRIPTS)/python || if $(PYTHON) -c '$(SUITABLE)'; then $(PYTHON) -m venv $(@D); else \
	  echo "$(PYTHON) is not Python $(PYTHONS): uv takes one that is, or fetches it"; \
	  $(PYTHON) -m venv $(@D)-uv && $(LOCKED_UV) > $(@D)-uv/uv.lock \
	  && $(@D)-uv/$(SCRIPTS)/python -m pip install --quiet --require-hashes --only-binary :all: -r $(@D)-uv/uv.lock \
	  && $(@D)-uv/$(SCRIPTS)/uv venv --quiet --seed --python '$(PYTHONS)' $(@D) \
	  || why="Python $(PYTHONS) tidak dapat diambil: pasang, lalu jalankan / cannot be had: install it, and run: make PYTHON=python3.13"; \
	  rm -rf $(@D)-uv; test -z "$$why" || { echo "$$why" >&2; exit 1; }; fi
	@$(@D)/$(SCRIPTS)/python -m pip --version > /dev/null 2>&1 || $(@D)/$(SCRIPTS)/python -m ensurepip > /dev/null
	@set -eu; why=; settings=$$($(@D)/$(SCRIPTS)/python -m pip config list); \
	if printf "%s\n" "$$settings" | grep -qE '$(PIP_DECIDES)'; then why="pip is configured"; \
	elif ! { $(LOCKED_UV) > $(@D)/uv.lock; \
	  $(@D)/$(SCRIPTS)/python -m pip install --quiet --require-hashes --only-binary :all: -r $(@D)/uv.lock; }; then why="uv cannot be had"; \
	else \
	  places=$$(printf "%s\n" "$$settings" | sed -nE "$(PLACES)" | sed 's/\\n/ /g' | awk '{ for (i = 2; i <= NF; i++) print "--" $$1, $$i }'); \
	  $(@D)/$(SCRIPTS)/uv pip install --python $(@D) $$places --compile-bytecode --index-strategy unsafe-best-match --require-hashes -r $< \
	  || why="uv did not succeed"; \
	fi; \
	if [ "$$why" ]; then echo "$$why: pip installs, in some minutes"; \
	  $(@D)/$(SCRIPTS)/python -m pip install --require-hashes -r $<; \
	fi
	$(@D)/$(SCRIPTS)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
