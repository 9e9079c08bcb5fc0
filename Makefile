# Feidi 飞地. `make demo` runs it, `make test` proves it. Everything works from a fresh clone.
.PHONY: demo test test-all check bench fmt clean help
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

demo: ## run the site (RESET=1 anew, ENCLAVE=chancheng a real place, PORT=8000)
	@RESET="$(RESET)" ENCLAVE="$(ENCLAVE)" PORT="$(PORT)" scripts/demo

test: ## tests on SQLite and PostgreSQL, journeys in a real browser
	@scripts/environment dev
	@scripts/machine
	@scripts/test

test-all: ## the same with the slow proofs
	@scripts/environment dev
	@scripts/machine
	@scripts/spark
	@scripts/test all

check: ## style, types, layers, templates, migrations, content
	@scripts/environment dev
	@scripts/check

bench: ## measurements at full size, written to benchmarks/
	@scripts/environment dev
	@.venv/bin/python -m benchmarks

fmt: ## format code
	@scripts/environment dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .

clean: ## remove what can be made again (data in var/ stays)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist artefacts
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
