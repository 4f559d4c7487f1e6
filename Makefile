# make demo   make the environment, install, run the example, say where its files lie
# make test   every test
# make evals  accuracy against its floors (needs the shared corpora; says so where they are missing)
# make bench  speed and memory
# make docs   the generated reference pages
# make web    the explorer's page, built anew where web/ changed
# make clean  remove what the above made
#
# Needs Python 3.11-3.13 and make. Another Python: make demo PYTHON=python3.12

.SHELLFLAGS := -eu -c
SHELL := /bin/sh
.DEFAULT_GOAL := demo
.PHONY: demo test evals bench docs web clean lock

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	if $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then echo $$p; break; fi; done)
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
CORE := $(VENV)/.stamp-core
DEV := $(VENV)/.stamp-dev
PAGE := $(VENV)/.stamp-page
WEB := $(shell find web -type f -not -path '*/node_modules/*')

demo: $(CORE) $(PAGE)
	@mkdir -p "$(OUT)"
	$(BIN)/whoholds run examples/kharkiv-2022 --base examples/maps/kharkiv-2022-09-04.geojson --base-date 2022-09-04 \
		--from 2022-09-05 --to 2022-09-13 -o "$(OUT)/kharkiv-2022"
	@$(BIN)/python .ci/where.py "$(OUT)/kharkiv-2022"

test: $(DEV) $(PAGE)
	$(BIN)/python -m pytest

evals: $(DEV)
	@status=0; for f in evals/[a-z]*.py; do echo "== $$f"; $(BIN)/python $$f || status=1; done; exit $$status

bench: $(DEV)
	@status=0; for f in benchmarks/[a-z]*.py; do echo "== $$f"; $(BIN)/python $$f || status=1; done; exit $$status

docs: $(DEV)
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_api.py
	$(BIN)/python docs/make_tutorial.py

# The environment: once. ensurepip is a part of Python that Debian packs apart, so its absence is told, not guessed.
$(VENV)/.stamp-venv:
	@if [ -z "$(PYTHON)" ]; then \
		echo "make: no Python 3.11, 3.12 or 3.13 found. Install one, or name it: make demo PYTHON=/path/to/python3.12" >&2; exit 2; fi
	@if ! $(PYTHON) -m venv $(VENV) > $(VENV).log 2>&1; then \
		cat $(VENV).log >&2; rm -rf $(VENV) $(VENV).log; \
		echo "make: $(PYTHON) cannot make an environment. On Debian and Ubuntu install the package python3-venv, then run make again." >&2; \
		exit 2; fi
	@rm -f $(VENV).log
	@touch $@

# Everything pinned with its hashes; the build backend too, so that nothing unpinned is fetched behind it.
$(CORE): requirements/core.txt pyproject.toml hatch_build.py $(VENV)/.stamp-venv
	$(PIP) install --quiet --no-compile --require-hashes -r requirements/core.txt
	WHOHOLDS_WEB=skip $(PIP) install --quiet --no-compile --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(CORE)
	$(PIP) install --quiet --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

# The explorer's page, with Node from the package registry; without a network for npm everything else still works.
$(PAGE): requirements/page.txt hatch_build.py $(WEB) $(CORE)
	$(PIP) install --quiet --no-compile --upgrade --require-hashes --target $(VENV)/node -r requirements/page.txt
	PYTHONPATH=$(VENV)/node $(BIN)/python hatch_build.py
	@if [ -f src/whoholds/serve/static/index.html ]; then touch $@; fi

web: $(PAGE)

# New pins, for whoever maintains them: the newest versions that fit pyproject.toml.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-annotate --strip-extras --allow-unsafe
lock: $(DEV)
	$(LOCK) -o requirements/page.txt requirements/page.in
	$(LOCK) --extra model --extra serve -o requirements/core.txt pyproject.toml requirements/build.in
	$(LOCK) --extra model --extra serve --extra export --extra dev -c requirements/core.txt -o requirements/dev.txt pyproject.toml requirements/build.in
	sed -i '/^--/d' requirements/core.txt requirements/dev.txt requirements/page.txt  # options that name an index

clean:
	rm -rf $(VENV) "$(OUT)" build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
