# Two commands: `make simulate` and `make test`. Both make .venv and install what they need first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt

# Else each of a hundred processes that the tests start would read and compile the program's source anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: simulate install test test-all checks kernels tests-compiled coverage benchmark docs words wheel clean

simulate: $(VENV)/.installed
	$(BIN)/simulate scenario=riot_kecamatan3

install: $(VENV)/.installed

# A file of tests as a whole to one worker: what its tests share is prepared once. Longest first: tests/conftest.py.
SHARED := -n 2 --dist loadfile --no-loadscope-reorder

# COVERAGE: what `make coverage` adds.
COVERAGE :=
test: $(VENV)/.tested
	$(MAKE) --jobs=2 kernels checks tests-compiled
	$(BIN)/python -m pytest $(SHARED) -m "not slow" $(COVERAGE)

test-all: $(VENV)/.tested
	$(MAKE) --jobs=2 kernels checks tests-compiled
	$(BIN)/python -m pytest -n 2

checks: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Once, while the checks run; else each worker of the tests compiles the same at the same time.
kernels: $(VENV)/.tested
	$(BIN)/python -m tests.kernels

# The tests' own source, whose assertions pytest rewrites; each worker would do it again.
tests-compiled: $(VENV)/.tested
	$(BIN)/python -m pytest --collect-only --quiet > /dev/null

coverage:
	$(MAKE) test COVERAGE="--cov --cov-report=term"

benchmark: $(VENV)/.tested
	$(PIP) --editable ".[benchmark]"
	$(BIN)/python benchmarks/voting.py
	$(BIN)/python benchmarks/day.py
	$(BIN)/python benchmarks/alone.py
	$(BIN)/python benchmarks/evacuation.py
	$(BIN)/python benchmarks/covering.py
	$(BIN)/python benchmarks/nation.py --share 1 10
	$(BIN)/python benchmarks/exercise.py

# The pages that are made of the schema and of the registry of measures.
docs: $(VENV)/.installed
	$(BIN)/python -m sim.config.reference kinds > docs/kinds.md
	$(BIN)/python -m sim.config.reference settings > docs/settings.md
	$(BIN)/python -m sim.measures.reference en > docs/measures.md
	$(BIN)/python -m sim.measures.reference id > docs/measures.id.md

# The Indonesian catalogue: what is said and not yet translated is added, what is no longer said is taken out.
words: $(VENV)/.tested
	$(BIN)/python -m tests.words.gather

wheel: $(VENV)/.tested
	$(BIN)/python -m build --wheel --no-isolation

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(PIP) --editable ".[test]"
	touch $@

clean:
	rm -rf $(VENV) dist runs packs .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
