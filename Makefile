# Two commands for everyone: `make demo` and `make test`. The rest is for those who build.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := .tools
UV := $(TOOLS)/bin/uv
export UV_PROJECT_ENVIRONMENT := $(VENV)
# The demonstration and the tests keep their data inside the checkout, out of git.
export CHUANGTU_DATA ?= $(CURDIR)/var/data

help: ## say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: install ## set up everything and serve the demonstration district
	@CHUANGTU_DEMO=1 $(BIN)/python -m chuangtu.site.console demo

test: install ## set up everything and run every check and test, on SQLite and PostgreSQL
	@scripts/system.sh
	@$(MAKE) --no-print-directory --jobs=2 static-checks installed-wheel
	@scripts/suite.sh

check: install ## the quick checks: format, lint, types, contracts, house rules, engines
	@$(MAKE) --no-print-directory static-checks
	$(BIN)/pytest tests/house tests/terms tests/engines tests/rulebook

bench: install ## run the benchmarks (hours at full size; BENCH_FLAGS=--quick for a look)
	@scripts/system.sh
	@$(BIN)/python -m benchmarks $(BENCH_FLAGS)

wheel: install ## build dist/*.whl, which installs without Node
	$(UV) build --quiet --wheel --out-dir dist

install: $(VENV)/.installed $(COMPILED) frontend ## install what is locked, and build the pages' assets

static-checks:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy chuangtu
	$(BIN)/lint-imports

# The wheel, as a user gets it: beside the static checks, which keep one core busy.
installed-wheel:
	CHUANGTU_DATA=$(CURDIR)/var/test $(BIN)/pytest tests/install

# uv comes from PyPI into a small venv of its own, so a fresh machine needs only Python 3.11.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "创图需要 Python 3.11 以上：make PYTHON=/path/to/python3.11 … / needs Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -m venv $(TOOLS) || { echo "请先安装 venv：apt-get install python3-venv / install python3-venv first"; exit 1; }
	@$(TOOLS)/bin/pip install --quiet --disable-pip-version-check "uv>=0.9"

$(VENV)/.installed: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --quiet --frozen --python $(PYTHON) --inexact --compile-bytecode
	@touch $@

# Compiled once, else every start compiles again where PYTHONDONTWRITEBYTECODE is set.
COMPILED := $(VENV)/.compiled
$(COMPILED): $(shell find chuangtu -name '*.py') | $(VENV)/.installed
	@$(BIN)/python -m compileall -q chuangtu
	@touch $@

# Front end: Node comes from a PyPI wheel. Nothing is built again unless a source changed.
NODE_MODULES := frontend/node_modules/.installed
BUILT := chuangtu/site/static/built/manifest.json
FRONTEND := $(shell find frontend/src frontend/scripts -type f -not -path '*/generated/*') \
  $(wildcard frontend/*.json) frontend/vite.config.ts

$(NODE_MODULES): frontend/package.json frontend/package-lock.json | $(VENV)/.installed
	@frontend/node.sh ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): $(FRONTEND) $(NODE_MODULES)
	@frontend/node.sh run --silent build -- --logLevel warn
	@touch $@

# English words of the interface, compiled beside their source.
WORDS := chuangtu/site/locale/en/LC_MESSAGES/django
$(WORDS).mo: $(WORDS).po | $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --domain django --directory chuangtu/site/locale
	@touch $@

frontend: $(BUILT) $(WORDS).mo ## build the pages' scripts, styles and English words

.PHONY: help demo test check bench wheel install static-checks installed-wheel frontend
