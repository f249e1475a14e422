# Everything a newcomer needs: `make run` to see it, `make test` to trust it, `make help` for the rest.
# The work is done by the Python programs in tools/; this file only names them.
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3 || command -v python3.13 || command -v python3.12 || command -v python3.11 || echo python3)
VENV_PYTHON := .venv/bin/python

# The checkout you stand in wins over whatever copy of the project the environment knows.
export PYTHONPATH := $(CURDIR)/src

.PHONY: help setup setup-dev run test test-slow lint types format bench build messages lock clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

setup: ## Create .venv, install the pinned requirements, build front end and translations
	@$(PYTHON) tools/setup.py

setup-dev:
	@$(PYTHON) tools/setup.py --dev

run: setup ## Start web and job worker with the demo (PORT=8000, TANDEMWERK_DATA=var)
	@$(VENV_PYTHON) -m tandemwerk serve --demo --end-with-parent

test: setup-dev ## Run every check and every test, on SQLite and PostgreSQL and in Chromium
	@$(VENV_PYTHON) -m tools.test

test-slow: setup-dev ## Run what takes many minutes: load, endurance, and all tests with every line counted
	@$(VENV_PYTHON) -m tools.test --slow

lint: setup-dev ## Run the fast checks: style, import contracts, templates, texts, locks
	@$(VENV_PYTHON) -m tools.test --group lint

types: setup-dev ## Check the types
	@$(VENV_PYTHON) -m tools.test --group types

format: setup-dev ## Put Python files and templates into the house format
	@$(VENV_PYTHON) -m tools.format

bench: setup-dev ## Measure the engine beside its peers, in one run
	@$(VENV_PYTHON) -m bench

build: setup ## Build the wheel into dist/, with front end and translations inside
	@$(VENV_PYTHON) -m tools.build

messages: setup-dev ## Collect new texts into the .po files and compile them
	@$(VENV_PYTHON) -m tools.messages extract compile

lock: setup-dev ## Resolve the requirements again (add UPGRADE=1 for newer versions)
	@$(VENV_PYTHON) -m tools.lock $(if $(UPGRADE),--upgrade)

clean: ## Remove what was built; keeps .venv and your data in var/
	@rm -rf build dist node_modules src/tandemwerk/ui/static/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	@find src -name '*.mo' -delete
