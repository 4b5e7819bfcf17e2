# The front door. `make help` lists what can be done here.
SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
LOCKS := requirements.lock requirements-engine.lock requirements-dev.lock

.PHONY: help
help:  ## what can be done here
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

# --- locks ----------------------------------------------------------------------------------------

LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

.PHONY: lock
lock: $(VENV)/.installed  ## pin anew what the requirements*.in ask for (UPGRADE=1 takes newer releases)
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements.in -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-engine.in -o requirements-engine.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) requirements-dev.in -o requirements-dev.lock
	@! grep -nE '://|@ file' $(LOCKS)
