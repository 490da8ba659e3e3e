# The only door. `make run` and `make test` need nothing but make and Python 3.11 or newer.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check --constraint constraints.txt
SCRATCH := .cache/make

.PHONY: help run demo test check fmt messages bench simulate soak clean
.DEFAULT_GOAL := help

help:
	@echo "make run       serve Genjin at http://127.0.0.1:8000/ (the first time with a demo company)"
	@echo "make demo      load the demo company into an empty database"
	@echo "make test      install what testing needs and run every test on SQLite and on PostgreSQL"
	@echo "make check     lint, types, import contracts, migrations, catalogues"
	@echo "make fmt       format the code"
	@echo "make messages  gather the words of the code into the catalogues"
	@echo "make bench     measure pages, notes and import; results in bench/README.md"
	@echo "make simulate  live through three months of a sales floor; half an hour, ALL=1 a night; simulation/REPORT.md"
	@echo "make soak      kill server and database two hundred times under load, on both databases; an hour"
	@echo "make clean     remove the environment and every cache, but no data"

run: .venv/product
	@$(BIN)/genjin serve

demo: .venv/product
	@$(BIN)/genjin demo

test:
	@tests/system_needs.sh $(PYTHON)
	@$(MAKE) --no-print-directory .venv/development
	@tests/system_needs.sh browser $(BIN)/python
	$(BIN)/python -m pytest -n 2
	$(BIN)/python -m pytest -n 2 --database=postgresql -m "not browser"

check: export GENJIN_DATA := $(SCRATCH)
check: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy genjin
	$(BIN)/lint-imports
	$(BIN)/genjin manage makemigrations --check --dry-run
	$(BIN)/genjin messages --check

fmt: .venv/development
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: .venv/product
	$(BIN)/genjin messages

bench: .venv/development
	$(BIN)/python -m bench

simulate: .venv/development
	$(BIN)/python -m simulation $(if $(ALL),--all)

soak: export SOAK_KILLS ?= 200
soak: .venv/development
	$(BIN)/python -m pytest tests/soak
	$(BIN)/python -m pytest tests/soak --database=postgresql

clean:
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
	find genjin tests bench simulation -name __pycache__ -prune -exec rm -rf {} +

# The environment. A stamp that is newer than the lock means there is nothing to install.

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Genjin needs Python 3.11 or newer as $(PYTHON); choose another with: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv is missing. Install it with: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/product: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what Genjin needs ..."
	@$(PIP) --editable .
	@touch $@

.venv/development: .venv/product
	@echo "Installing what its development needs ..."
	@$(PIP) --editable '.[dev]'
	@touch $@
