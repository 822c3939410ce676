# Two commands need nothing but Python 3.11 or newer: `make demo` and `make test`.
# Everything else they need is set up by tools/setup.sh, once, in .venv.

VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
WORKERS ?= 2
OUT ?= demo
BUNDLE_PYTHONS ?= 3.11 3.12 3.13 3.14

PYTEST := $(BIN)/python -m pytest
SCRIPTS := tools/setup.sh .ci/run
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-strip-extras --no-emit-index-url --no-emit-find-links

# To the recipes as environment variables: a path may hold blanks and quotes.
export PAPER REGISTER OUT PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test check lint lowest bench lock build bundle clean setup setup-run

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup-run:
	@sh tools/setup.sh run $(VENV)

setup:
	@sh tools/setup.sh dev $(VENV)

demo: setup-run ## the main job on the shipped example, or on your own: make demo PAPER=file [REGISTER=file]
	@$(BIN)/knockon demo -o "$$OUT" $${PAPER:+"$$PAPER"} $${REGISTER:+"$$REGISTER"}
	@printf '\nOpen these pages in a browser (no server and no internet needed):\n'
	@for page in "$$OUT"/*.html; do (cd "$$(dirname "$$page")" && printf '  %s/%s\n' "$$PWD" "$${page##*/}"); done

test: setup lint ## format, lint, types, layers; every test with branch coverage; the benchmarks' answers
	$(PYTEST) --numprocesses=$(WORKERS) --dist=worksteal --ignore=tests/benchmarks --cov --cov-report=term
	$(PYTEST) tests/benchmarks --benchmark-min-rounds=3 --benchmark-max-time=0.2 --benchmark-columns=min,median,max,rounds

check: setup lint ## the quick half of `test`: format, lint, types, layers, docs, house rules
	$(PYTEST) -q tests/house $(wildcard tests/docs)

lint: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/shellcheck $(SCRIPTS)

lowest: ## the tests, without a browser, on the lowest versions that pyproject.toml allows
	@sh tools/setup.sh lowest $(LOWEST)
	KNOCKON_EXAMPLES=10 $(LOWEST)/bin/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal -m "not browser" \
		--ignore=tests/benchmarks --ignore=tests/house --ignore=tests/docs

bench: setup ## the benchmarks, properly timed, saved and compared with the last saved run
	$(PYTEST) tests/benchmarks --benchmark-autosave $(if $(wildcard .benchmarks/*/*.json),--benchmark-compare)

lock: setup ## write requirements/*.txt anew from pyproject.toml (versions no newer than its exclude-newer)
	$(LOCK) pyproject.toml --group build -o requirements/run.txt --upgrade
	$(LOCK) pyproject.toml --all-extras --group dev -c requirements/run.txt -o requirements/dev.txt --upgrade
	$(LOCK) pyproject.toml --extra documents --extra schedules --extra serve -c requirements/dev.txt -o requirements/bundle.txt --upgrade
	$(LOCK) pyproject.toml --all-extras --group build --resolution lowest-direct -o $(VENV)/lowest.txt --upgrade
	$(LOCK) pyproject.toml --all-extras --group build --group test -c $(VENV)/lowest.txt -o requirements/lowest.txt --upgrade

build: setup ## the wheel (by way of the source distribution), in dist/, with its contents checked
	rm -rf dist
	$(BIN)/uv build --quiet --no-build-isolation --python $(BIN)/python
	$(BIN)/python tools/wheel.py dist/*.whl

bundle: build ## a zip for Windows for each Python in BUNDLE_PYTHONS: installs without administrator and internet
	$(BIN)/python tools/bundle/build.py dist/*.whl $(addprefix --python ,$(BUNDLE_PYTHONS))

clean: ## take away everything that was made, the environments too
	rm -rf $(VENV) $(LOWEST) dist demo .coverage .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
