# Two commands for everyone: `make demo` and `make test`. The rest is for those who build.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PROJECT_ENVIRONMENT := $(VENV)

help: ## say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# uv comes from PyPI into a small venv of its own, so a fresh machine needs only Python 3.11.
$(VENV)/tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "创图 needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)/tools
	$(VENV)/tools/bin/pip install --quiet --disable-pip-version-check "uv>=0.9"

$(VENV)/.installed: pyproject.toml uv.lock | $(VENV)/tools/bin/uv
	$(VENV)/tools/bin/uv sync --quiet --frozen --no-install-project --python $(PYTHON) --inexact
	@touch $@

install: $(VENV)/.installed ## install what is locked, into .venv

check: install ## the quick checks: format, lint, types, contracts, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pytest tests/house tests/terms tests/engines

test: install ## set up everything and run every check and test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pytest

.PHONY: help install check test
