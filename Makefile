# Everything starts here. `make help` lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run setup test check messages lock bench clean

# The first Python that is new enough; PYTHON=python3.12 chooses another one.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$name" && break; done)
VENV_PYTHON := .venv/bin/python
BOOTSTRAP = @$(if $(PYTHON),,echo "Install Python 3.11 or newer, then try again." >&2; exit 1;) "$(PYTHON)" -m tools.bootstrap

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf 'make %-10s %s\n' "$$name" "$$text"; done

run:  ## set up what is missing and start the portal (PORT=8000, PORTAL_VAR=var)
	$(BOOTSTRAP) run
	@exec $(VENV_PYTHON) -m tools.launch

setup:  ## install and build everything, start nothing
	$(BOOTSTRAP) test

# Two processes a core: a good part of the time a test waits for the database or the browser.
# Compiled once beforehand: or each of them, and each server that a test starts, would compile the portal for itself.
test:  ## the whole test suite, on servers of its own (ARGS="tests/bases -k name")
	$(BOOTSTRAP) test
	@$(VENV_PYTHON) -m compileall -q -j 0 -x /test_ wenxi_portal talent bases internships tools tests
	@exec env PYTHONDONTWRITEBYTECODE= $(VENV_PYTHON) -m pytest --dist worksteal -n "$${TEST_PROCESSES:-$$(($$(getconf _NPROCESSORS_ONLN) * 2))}" $(ARGS)

check:  ## everything that can be checked without running the portal
	$(BOOTSTRAP) check
	@exec $(VENV_PYTHON) -m tools.check

messages:  ## merge the translations of locale/fragments and compile them
	$(BOOTSTRAP) check
	@exec $(VENV_PYTHON) -m tools.messages merge

lock:  ## resolve requirements/*.in into locked lists
	$(BOOTSTRAP) check
	@exec $(VENV_PYTHON) -m tools.lock

bench:  ## measure the pages against a bare Django view; writes var/bench.json
	$(BOOTSTRAP) test
	@exec $(VENV_PYTHON) -m tests.bench $(ARGS)

clean:  ## remove what was installed and built; var/ with its data stays
	rm -rf .venv node_modules static/dist static/collected .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
