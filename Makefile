# Everything a fresh clone needs: Python 3.11 or newer, make and the package registry.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed

.PHONY: demo test check format messages screenshot clean

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Kodebenk needs Python 3.11 or newer; try make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -c 'import pathlib; pathlib.Path("$(STAMP)").touch()'

# Writes the demo project in ./demo and opens it; ARGS=--no-open only writes it.
demo: $(STAMP)
	$(BIN)/kodebenk demo demo $(ARGS)

# Style, types, the doors between the rooms, and the tests.
test: check
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Gathers the interface's strings, and compiles the translations that travel in the package.
messages: $(STAMP)
	$(BIN)/python -m workbench.locale.build

# Draws the picture in the README.
screenshot: $(STAMP)
	$(BIN)/python docs/screenshot.py

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
