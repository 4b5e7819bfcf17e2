# The front door. `make help` lists what can be done here.
SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
LOCKS := requirements.lock requirements-engine.lock requirements-dev.lock

.PHONY: help
help:  ## what can be done here
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set up ---------------------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.installed messages  ## everything needed to run and to change rukun, in .venv

$(VENV)/.locked: $(LOCKS)
	@python=$$(sh tools/need.sh) && { test -x $(BIN)/python || "$$python" -m venv $(VENV); }
	@echo "Fetching what the locks name into $(VENV) (a minute or two, once)"
	@$(PIP) install --require-hashes $(addprefix -r ,$(LOCKS))
	@touch $@

# The projects themselves: nothing is fetched, the build tool comes from the lock.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml $(wildcard waspada/pyproject.toml)
	@$(PIP) install --no-index --no-deps --no-build-isolation -e . $(if $(wildcard waspada/pyproject.toml),-e ./waspada)
	@touch $@

.PHONY: messages
messages: $(VENV)/.installed  ## build the translations (.mo) from the .po files
	@$(BIN)/python tools/messages.py

# --- run ------------------------------------------------------------------------------------------

.PHONY: run
run: setup  ## serve this installation (RUKUN_DATA, else data/); says what is missing
	@$(BIN)/rukun run $(if $(BIND),--bind $(BIND))

.PHONY: demo
demo: setup  ## build a province that does not exist and serve it (FRESH=1 builds it anew)
	@$(BIN)/rukun demo $(if $(FRESH),--fresh) $(if $(BIND),--bind $(BIND))

# --- test -----------------------------------------------------------------------------------------

NODE = $(firstword $(wildcard $(VENV)/lib/python*/site-packages/playwright/driver/node) node)
SCRIPTS = $(wildcard rukun/*/tests/*.test.js)

.PHONY: test
test: setup browser  ## every test: SQLite, PostgreSQL, scripts, engine, journeys in a browser
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-postgres test-beside
	@echo "All tests passed: SQLite, PostgreSQL, scripts, engine, journeys."

# What runs beside PostgreSQL, one after another: together they take about as long as the suite does there.
.PHONY: test-beside
test-beside:
	@for part in test-sqlite test-scripts test-engine test-journeys; do $(MAKE) --no-print-directory $$part || exit; done

.PHONY: test-sqlite
test-sqlite: setup  ## the suite on SQLite
	$(BIN)/pytest $(ARGS)

.PHONY: test-postgres
test-postgres: setup  ## the suite on a PostgreSQL of its own (or the one RUKUN_TEST_POSTGRES names)
	$(BIN)/python tools/postgres.py $(BIN)/pytest $(ARGS)

.PHONY: test-scripts
test-scripts: setup  ## the scripts' own tests, in node
	$(if $(SCRIPTS),$(NODE) --test $(SCRIPTS),@echo "no scripts have tests yet")

.PHONY: test-engine
test-engine: setup  ## the engine's own tests
	cd waspada && ../$(BIN)/pytest $(ARGS)

.PHONY: test-journeys
test-journeys: setup browser  ## journeys in Chromium (RUKUN_SCREENSHOTS=folder keeps what they saw)
	$(BIN)/pytest e2e $(ARGS)

# 10,000 records from 8 phones over a network at its worst while the server is killed, and 200 photos; on SQLite, then on PostgreSQL.
FAULTS = $(BIN)/python -m rukun.phone.tests.faults --items $(or $(ITEMS),10000) --kills 25 --photos 200 --photo-kills 50

.PHONY: faults-phone
faults-phone: setup  ## what the phone hands in is neither lost nor doubled, whatever happens on the way (half an hour)
	$(FAULTS)
	$(BIN)/python tools/postgres.py --durable $(FAULTS)

.PHONY: test-long
test-long: setup browser  ## what takes longer: long tests everywhere, the engine with its bounds checked
	$(BIN)/python tools/postgres.py $(BIN)/pytest rukun e2e -m long $(ARGS)
	cd waspada && ../$(BIN)/pytest -m long $(ARGS)
	cd waspada && NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=$$(mktemp -d) ../$(BIN)/pytest $(ARGS)

.PHONY: browser
browser: $(VENV)/.installed
	@$(BIN)/python tools/browser.py --install >/dev/null

# --- look over ------------------------------------------------------------------------------------

# A data folder that is thrown away: looking over changes nothing in this installation.
SOMEWHERE = RUKUN_DATA=$$(mktemp -d)

.PHONY: lint
lint: setup  ## style, types, the floors of the house, migrations, translations, vendored files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(SOMEWHERE) $(BIN)/mypy
	cd waspada && ../$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(SOMEWHERE) $(BIN)/rukun makemigrations --check --dry-run
	$(BIN)/djlint rukun --lint --quiet
	$(SOMEWHERE) $(BIN)/python tools/messages.py check
	$(BIN)/python tools/vendor.py check
	$(BIN)/python tools/faults.py check

.PHONY: format
format: setup  ## bring the code into its style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: bench
bench: setup  ## measure; nothing is asserted (bench/*.py)
	@for each in $(wildcard bench/*.py); do echo "== $$each"; $(SOMEWHERE) $(BIN)/python $$each || exit 1; done

.PHONY: faults
faults: setup  ## plant one fault after another and see that a test notices (tools/faults.toml)
	$(BIN)/python tools/faults.py

# --- locks and the files of others ----------------------------------------------------------------

.PHONY: vendor
vendor: $(VENV)/.installed  ## fetch again, by npm, the files of others that vendor.lock names
	@$(BIN)/python tools/vendor.py fetch

LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

.PHONY: lock
lock: $(VENV)/.installed  ## pin anew what the requirements*.in ask for (UPGRADE=1 takes newer releases)
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements.in -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-engine.in -o requirements-engine.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-dev.in -o requirements-dev.lock
	@! grep -nE '://|@ file' $(LOCKS)
