# Every verb sets up what it needs: a virtual environment with the locked dependencies. `make` lists the verbs.

VENV := .venv
# The first Python that is new enough; asking each, since the name of one that is not there may still be found.
NEW_ENOUGH := import sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
BIN := $(VENV)/bin
SITE_READY := $(VENV)/.site-ready
DRAW_READY := $(VENV)/.draw-ready
TEST_READY := $(VENV)/.test-ready
LOCK := $(VENV)/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-annotate --no-header --python-version 3.11 --upgrade
# Of the large library that `make bench` measures, beside one of twice as many. `make bench EXERCISES=1000`: half an hour.
EXERCISES ?= 100
# Files of each kind that `make fuzz` tries.
ROUNDS ?= 1000
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help serve check build pdf dist draw test test-all fuzz bench canary lint audit lock docs clean

help: ## List the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

serve: $(SITE_READY) ## Show the site at http://127.0.0.1:8000 and rebuild it as you save
	@$(BIN)/mkdocs serve

check: $(SITE_READY) ## Check the content; silent when all is well
	@$(BIN)/python scripts/check.py

build: $(SITE_READY) ## Build the complete site into site/
	@$(BIN)/mkdocs build

pdf: build ## Build, then copy the PDFs to dist/pdf/
	@rm -rf dist/pdf && mkdir -p dist && cp -R site/pdf dist/pdf && ls dist/pdf

dist: build ## Build, then put what you upload into dist/
	@$(BIN)/python scripts/dist.py

draw: $(DRAW_READY) ## Draw the pictures anew from images/poses/
	@$(BIN)/python scripts/draw.py

test: $(TEST_READY) lint ## Run the suite: units, builds, a real browser
	@CHROME="$$($(BIN)/python scripts/find_browser.py --install)" && export CHROME && $(BIN)/pytest -n auto --durations=10

test-all: test ## The suite, then every page and sheet of this site in a browser and on paper
	@CHROME="$$($(BIN)/python scripts/find_browser.py)" && export CHROME && $(BIN)/pytest -n auto --durations=10 -m acceptance

fuzz: $(TEST_READY) ## Shoot at the checks with damaged files, for minutes: make fuzz ROUNDS=20000
	@$(BIN)/python tests/fuzz/fuzz.py --rounds $(ROUNDS)

lint: $(TEST_READY) ## Check the code: ruff and strict mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(TEST_READY) dist ## Measure print and large libraries beside others, what the check finds, the site with Lighthouse, and drawing
	@$(BIN)/python scripts/find_browser.py --install >/dev/null || true
	@$(BIN)/python scripts/benchmark.py print
	@$(BIN)/python scripts/benchmark.py scale --growth --exercises $(EXERCISES)
	@$(BIN)/python scripts/benchmark.py consistency
	@$(BIN)/python scripts/lighthouse.py
	@$(BIN)/python scripts/draw_benchmark.py

canary: $(SITE_READY) ## Try the ways out of MkDocs: ProperDocs builds the same site, Zensical's is refused
	@$(BIN)/python scripts/canary.py

audit: $(SITE_READY) ## Ask whether a library has a known hole (takes a network)
	@$(BIN)/python scripts/audit.py

docs: $(SITE_READY) ## Write guides/fields.md anew, from the model
	@$(BIN)/python scripts/describe_fields.py

lock: ## Resolve the dependencies anew, for all systems, with hashes
	@$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	@$(LOCK) --output-file requirements.txt pyproject.toml requirements.in
	@$(LOCK) --output-file requirements-draw.txt requirements-draw.in
	@$(LOCK) --output-file requirements-dev.txt requirements-dev.in
	@$(LOCK) --output-file requirements-canary.txt requirements-canary.in
	@$(LOCK) --output-file requirements-bench.txt requirements-bench.in
	@$(LOCK) --output-file requirements-audit.txt requirements-audit.in

clean: ## Delete everything that can be made again
	rm -rf $(VENV) .cache site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(or $(PYTHON),false) -c '$(NEW_ENOUGH)' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed. Install it, or say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up Python in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python can't make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

# The project itself is installed without isolation, so that nothing unlocked is fetched to build it.
$(SITE_READY): requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the site needs ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DRAW_READY): requirements-draw.txt $(SITE_READY)
	@echo "Installing what draws the pictures ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-draw.txt
	@touch $@

$(TEST_READY): requirements-dev.txt $(DRAW_READY)
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
