.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
CODE := main.py app components device_drivers pages
SOURCES := $(CODE) tests
# The service may not write beside the code: without this each start would compile everything anew.
COMPILE := $(PYTHON) -m compileall -q -j 0

.PHONY: help setup run test bench lint check-format check-rules check-types

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

setup: .venv/.ready-to-run ## install what the box needs to run (Debian and Python packages)
	@$(COMPILE) $(CODE)

run: setup ## set up, then run the box with a demonstration city on http://localhost:8080
	exec .venv/bin/machibako run --demo

test: .venv/.ready-to-test ## set up for tests, then run them (ARGS='-k name' chooses)
	@$(COMPILE) $(SOURCES)
	$(PYTHON) -m pytest --numprocesses 2 --dist loadfile $(ARGS)

bench: .venv/.ready-to-test ## set up for tests, then measure against bare NiceGUI and plain sqlite3
	@$(COMPILE) $(SOURCES)
	$(PYTHON) -m tests.benchmarks $(ARGS)

lint: check-format check-rules check-types ## check the format, the rules and the types

check-format: .venv/.ready-to-test
	.venv/bin/ruff format --check $(SOURCES)

check-rules: .venv/.ready-to-test
	.venv/bin/ruff check $(SOURCES)

check-types: .venv/.ready-to-test
	.venv/bin/mypy

.venv/.ready-to-%: uv.lock pyproject.toml deploy/setup.sh deploy/debian_packages.sh
	deploy/setup.sh $*
