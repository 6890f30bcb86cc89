# `make demo` shows the site, `make test` tests it; both install what they need. `make help` explains the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
export PORT
PAGES ?= 50000
# What this shell happens to be set up for must not decide what is served or tested here.
unexport DATABASE_URL DJANGO_SETTINGS_MODULE PYTHONPATH PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/pytest -q -n 2 --durations=10
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help
help: ## Explain every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

# -- The site on this machine
# Whatever is made gets its name when it is whole, so that a run that was killed is made good by the next.

.PHONY: demo
demo: port .venv/.runtime var/.migrated var/.static var/demo.txt ## Serve the demo site on 127.0.0.1:$PORT (8000)
	@echo "Starting the server, the worker and the scheduler …"
	export READY_NOTICE="$$(printf '\nThe site    %s\nThe admin   %sadmin/\n\n%s\n\n%s' http://127.0.0.1:$(PORT)/ \
		http://127.0.0.1:$(PORT)/ "$$(cat var/demo.txt)" 'Press Ctrl-C to stop. make demo-reset deletes your changes.')"
	export DJANGO_SETTINGS_MODULE=site_cms.settings.local GUNICORN_LOG_LEVEL=warning
	# Whichever ends takes the other along, and so does Ctrl-C or a kill.
	trap 'kill $$(jobs -p) 2>/dev/null || true; wait' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	$(MANAGE) db_worker --verbosity 0 &
	# What is killed in its sleep leaves that behind, which must hold nobody's pipe open.
	(while $(MANAGE) publish_scheduled || true; do sleep 60 >/dev/null 2>&1; done) &
	$(BIN)/gunicorn site_cms.wsgi &
	wait -n

.PHONY: demo-reset
demo-reset: port ## Delete all changes of the demo's content, and serve it again
	@echo "Deleting the demo's content …"
	rm -rf var/.migrated var/demo.txt
	rm -rf var/db.sqlite3* var/media var/mail
	exec $(MAKE) demo

.PHONY: backup
backup: .venv/.runtime ## Back up the site on this machine, database and files, into var/backups (TO=folder: elsewhere)
	@$(MANAGE) make_backup --check $(if $(TO),--to "$(TO)")

# What was withdrawn since is taken away again by var/state/journal.jsonl: docs/operations.md.
.PHONY: restore
restore: .venv/.runtime var/.static ## Restore the newest backup into an empty site (FROM=var/backups/…: another one)
	@$(MANAGE) restore_backup $(if $(FROM),"$(FROM)") $(if $(WITHOUT_JOURNAL),--without-journal)
	touch var/.migrated
	[ -e var/demo.txt ] || echo "Restored from a backup." > var/demo.txt

.PHONY: port
port:
	@$(PYTHON) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null || {
	echo "Port $(PORT) is in use. Choose another one: PORT=8001 make demo" >&2
	exit 1
	}

var/.migrated: .venv/.runtime $(wildcard */migrations/*.py)
	@echo "Preparing the database …"
	mkdir -p var
	if [ -e var/db.sqlite3 ]; then
		$(MANAGE) migrate --verbosity 0
	else
		rm -f var/new.sqlite3*
		DATABASE_URL=sqlite:///var/new.sqlite3 $(MANAGE) migrate --verbosity 0
		mv var/new.sqlite3 var/db.sqlite3
	fi
	touch $@

var/.static: .venv/.runtime $(shell find static -type f)
	@echo "Collecting and compressing the static files …"
	mkdir -p var
	$(MANAGE) collectstatic --no-input --clear --verbosity 0
	touch $@

# Only where there is none: what was edited stays.
var/demo.txt: | var/.migrated var/.static
	@echo "Loading the demo …"
	$(MANAGE) load_demo > $@.new
	$(MANAGE) import_glossary home/demo/content/terms.csv >/dev/null
	# Its pictures among others, for which the first reader would wait.
	$(MANAGE) recorded_work --perform >/dev/null
	mv $@.new $@

# -- Tools

# The venv module writes this file last.
$(BIN)/activate:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	echo "Making the virtual environment …"
	rm -rf .venv
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# pip takes a package for installed of which it was killed writing the last files.
define install
	if [ -e .venv/.installing ]; then
		rm -rf .venv
		$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
	fi
	touch .venv/.installing
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $< || {
		rm .venv/.installing
		exit 1
	}
	rm .venv/.installing
endef

.venv/.runtime: requirements/runtime.txt | $(BIN)/activate
	@echo "Installing the requirements …"
	$(install)
	touch $@

# The requirements of development include those of running.
.venv/.dev: requirements/dev.txt | $(BIN)/activate
	@echo "Installing the requirements of development …"
	$(install)
	touch .venv/.runtime $@

NPM := npm ci --loglevel=error --no-audit --no-fund --ignore-scripts

tests/node_modules/.done: tests/package-lock.json
	@echo "Installing the node tools …"
	$(NPM) --prefix tests
	touch $@

# Lighthouse brings along more than all other tools together, and needs a newer npm than Debian 12 has.
tests/lighthouse/node_modules/.done: tests/lighthouse/package-lock.json
	@echo "Installing Lighthouse …"
	$(NPM) --prefix tests/lighthouse
	touch $@

# -- Tests

.PHONY: test
test: .venv/.dev ## Everything: style, checks, unit tests on SQLite and PostgreSQL, browser tests
	@tests/tools/system-packages gettext postgresql redis nginx xmllint browser
	$(MAKE) lint ARCHITECTURE=
	# Side by side: while one part waits, for its database, a browser or its last tests, the other goes on. Ctrl-C
	# ends both.
	mkdir -p var
	(trap - INT; $(MAKE) audit test-postgres test-browser) >var/test-beside.txt 2>&1 &
	beside=$$! failed=
	$(MAKE) unit || failed=yes
	wait $$beside || failed=yes
	cat var/test-beside.txt
	[ -z "$$failed" ]

.PHONY: test-all
test-all: .venv/.dev ## The same, with all unit tests on PostgreSQL
	@$(MAKE) test ON_POSTGRESQL=--every-test

.PHONY: check
check: .venv/.dev ## While you work: style, checks, and the unit tests on SQLite without the longest
	@$(MAKE) lint ARCHITECTURE=
	echo "== Unit tests on SQLite, without trips, long ones and demo"
	$(PYTEST) -m "not browser and not stress and not trip and not long" --ignore-glob='tests/home/test_demo*.py'

# Empty where the unit tests follow, which include it.
ARCHITECTURE ?= tests/test_architecture.py

.PHONY: lint
lint: .venv/.dev ## Style, types, migrations, deployment settings and the architecture
	@echo "== Style"
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	echo "== Types, and beside them migrations, deployment settings and the architecture"
	$(BIN)/mypy &
	types=$$! failed=
	$(MANAGE) makemigrations --check --dry-run || failed=yes
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=www.example.org \
		WAGTAILADMIN_BASE_URL=https://www.example.org EMAIL_URL=dummy:// \
		$(MANAGE) check --deploy --fail-level WARNING --settings site_cms.settings.production || failed=yes
	[ -z "$(ARCHITECTURE)" ] || $(BIN)/pytest -q $(ARCHITECTURE) || failed=yes
	wait $$types || failed=yes
	[ -z "$$failed" ]

.PHONY: audit
audit: ## Known vulnerabilities of the locked requirements, if PyPI can be reached
	@echo "== Known vulnerabilities"
	tests/tools/audit-dependencies requirements/runtime.txt

.PHONY: unit
unit: .venv/.dev ## Unit tests on SQLite
	@echo "== Unit tests on SQLite"
	$(PYTEST) --statements=check

.PHONY: test-postgres
test-postgres: .venv/.dev ## Unit tests on a PostgreSQL of their own: those in tests/postgresql.txt
	@tests/tools/system-packages postgresql
	echo "== Unit tests on PostgreSQL"
	# With the migrated database and the demo of the run before.
	KEPT_IN=var/test-postgresql tests/tools/with-postgresql $(PYTEST) $(ON_POSTGRESQL)

.PHONY: postgresql-tests
postgresql-tests: .venv/.dev ## Choose again which unit tests run on PostgreSQL (tests/postgresql.txt)
	@$(PYTEST) --statements=write

.PHONY: test-browser
test-browser: .venv/.dev ## Browser tests, with axe and html-validate
	@tests/tools/system-packages xmllint browser
	$(MAKE) tests/node_modules/.done
	echo "== Browser tests"
	$(PYTEST) -m browser tests/functional

# How often the server is killed at a random moment of each kind of work.
ROUNDS ?= 30
STRESS := $(BIN)/pytest -q -s -o faulthandler_timeout=0 -m stress
KILLS := tests/stress/test_killed.py tests/stress/test_killed_work.py

.PHONY: test-stress
test-stress: .venv/.dev ## The shipped server under load and killed at random moments, on both databases (ROUNDS=3: fewer)
	@tests/tools/system-packages postgresql redis nginx browser
	export ROUNDS="$(ROUNDS)"
	others="$(filter-out $(KILLS),$(sort $(wildcard tests/stress/test_*.py)))"
	echo "== Killed at random moments, on SQLite and on PostgreSQL side by side"
	$(STRESS) $(KILLS) &
	on_sqlite=$$! failed=
	tests/tools/with-postgresql $(STRESS) $(KILLS) || failed=yes
	wait $$on_sqlite || failed=yes
	echo "== Under load, on SQLite"
	$(STRESS) $$others || failed=yes
	echo "== Under load, on PostgreSQL"
	tests/tools/with-postgresql $(STRESS) $$others || failed=yes
	[ -z "$$failed" ]

.PHONY: test-stress-brief
test-stress-brief: .venv/.dev ## The part that CI runs: three kills of each kind of work, each kind on one database
	@tests/tools/system-packages postgresql browser
	export ROUNDS=3
	echo "== Killed at random moments and under load, on SQLite and on PostgreSQL side by side"
	$(STRESS) tests/stress/test_killed.py tests/stress/test_editor.py tests/stress/test_saving.py &
	on_sqlite=$$! failed=
	tests/tools/with-postgresql $(STRESS) tests/stress/test_killed_work.py || failed=yes
	wait $$on_sqlite || failed=yes
	[ -z "$$failed" ]

.PHONY: test-freshness
test-freshness: .venv/.dev ## Play all kinds of changes on all pages of the demo: is what has changed shown, the rest left alone?
	@tests/tools/system-packages postgresql
	echo "== On SQLite"
	$(BIN)/python tests/tools/freshness.py
	echo "== On PostgreSQL"
	tests/tools/with-postgresql $(BIN)/python tests/tools/freshness.py

.PHONY: crawl
crawl: .venv/.dev ## Follow the sitemaps and every link of the demo, in all languages
	@tests/tools/system-packages xmllint browser
	$(MAKE) tests/node_modules/.done
	$(BIN)/pytest -q -m browser tests/functional/test_crawl.py tests/functional/test_found.py tests/functional/test_calendars.py

# How often Lighthouse looks at each page.
RUNS ?= 5

.PHONY: lighthouse
lighthouse: .venv/.dev ## What Lighthouse says of the demo that runs on PORT: medians of RUNS (5) on a phone, and the aims
	@tests/tools/system-packages browser
	$(MAKE) tests/lighthouse/node_modules/.done
	$(BIN)/python tests/tools/lighthouse.py http://127.0.0.1:$(PORT) $(RUNS)

# What is given to the benchmark: BENCH='--part growth --stories 1000 10000'.
BENCH ?=

.PHONY: bench
bench: .venv/.dev var/.static ## Measure the shipped server, and sites of 1,000 to 100,000 stories, on both databases (BENCH=--help)
	@tests/tools/system-packages postgresql nginx wrk
	$(BIN)/python -m tests.tools.bench $(BENCH)
	KEPT_IN=var/bench/postgresql tests/tools/with-postgresql $(BIN)/python -m tests.tools.bench $(BENCH)

.PHONY: bench-search
bench-search: .venv/.dev ## Measure the search of 50,000 pages, on SQLite and on PostgreSQL (PAGES=5000: fewer)
	@tests/tools/system-packages postgresql
	home=$$(mktemp -d)
	trap 'rm -rf "$$home"' EXIT
	DATABASE_URL=sqlite:///$$home/bench.sqlite3 $(BIN)/python tests/tools/bench_search.py --pages $(PAGES)
	tests/tools/with-postgresql $(BIN)/python tests/tools/bench_search.py --pages $(PAGES)

# How many source strings the measured memory has.
ENTRIES ?= 100000

.PHONY: bench-memory
bench-memory: .venv/.dev ## Measure look-ups in a translation memory of 100,000 entries, on SQLite and on PostgreSQL (ENTRIES=1000: fewer)
	@tests/tools/system-packages postgresql
	home=$$(mktemp -d)
	trap 'rm -rf "$$home"' EXIT
	DATABASE_URL=sqlite:///$$home/bench.sqlite3 $(BIN)/python tests/tools/bench_memory.py --entries $(ENTRIES)
	tests/tools/with-postgresql $(BIN)/python tests/tools/bench_memory.py --entries $(ENTRIES)

.PHONY: test-omegat
test-omegat: .venv/.dev ## What OmegaT makes of the exported files: filled from the TMX, imported whole (needs OmegaT)
	@$(BIN)/python tests/tools/omegat.py

# Several commits may be named: FROM='v1 v2'.
.PHONY: test-upgrade
test-upgrade: .venv/.dev ## Test that the code of FROM=<commit> keeps working while this one is deployed, on both databases
	@[ -n "$(FROM)" ] || { echo "FROM is missing: make test-upgrade FROM=<commit that is deployed>" >&2; exit 1; }
	tests/tools/system-packages postgresql
	failed=0
	$(BIN)/python tests/tools/upgrade.py $(FROM) || failed=1
	tests/tools/with-postgresql $(BIN)/python tests/tools/upgrade.py $(FROM) || failed=1
	exit $$failed

.PHONY: test-next
test-next: ## Unit tests with the newest pre-release of Wagtail and the newest Django for this Python (PYTHON=python3.12)
	@PYTHON=$(PYTHON) tests/tools/next-versions

.PHONY: bench-uploads
bench-uploads: .venv/.dev ## Measure memory and time of large uploads on the shipped server
	@$(BIN)/python tests/tools/bench_uploads.py

.PHONY: bench-desk
bench-desk: .venv/.dev ## Measure the translator's desk for a page of 200 strings, on both databases
	@tests/tools/system-packages postgresql
	home=$$(mktemp -d)
	trap 'rm -rf "$$home"' EXIT
	DATABASE_URL=sqlite:///$$home/bench.sqlite3 $(BIN)/python tests/tools/bench_desk.py
	tests/tools/with-postgresql $(BIN)/python tests/tools/bench_desk.py

.PHONY: plain
plain: .venv/.dev ## The tests of wagtail-localize without this project's additions: each has to fail
	@$(BIN)/python -m tests.plain.run

.PHONY: coverage
coverage: .venv/.dev ## Lines and branches that the unit tests do not cover
	@$(BIN)/coverage run -m pytest -q
	$(BIN)/coverage report

# -- Housekeeping

.PHONY: format
format: .venv/.dev ## Fix and format the code with ruff
	@$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Of the command line alone: many a shell has a LANGUAGE of its own.
CATALOGUES := $(if $(filter command,$(origin LANGUAGE)),--locale $(LANGUAGE),--all)

.PHONY: messages
messages: .venv/.runtime ## Update and compile the catalogues (LANGUAGE=uz: make a new one; needs gettext)
	@command -v msgfmt >/dev/null || { echo "gettext is missing: apt-get install gettext"; exit 1; }
	$(MANAGE) makemessages $(CATALOGUES) --no-obsolete --add-location file --ignore var --ignore ".venv*" --ignore 'tests/*'
	sed -i '/^"POT-Creation-Date:/d' site_cms/locale/*/LC_MESSAGES/django.po
	$(MANAGE) compilemessages --ignore ".venv*" --ignore var

.PHONY: lock
lock: .venv/.dev ## Write requirements/*.txt from pyproject.toml (UPGRADE=1: with the newest versions)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check uv
	$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements/runtime.txt
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev -c requirements/runtime.txt -o requirements/dev.txt

.PHONY: docs-screenshots
docs-screenshots: .venv/.dev ## Take the images of docs/ from the demo running on PORT
	@tests/tools/system-packages browser
	$(BIN)/python tests/tools/docs_screenshots.py http://127.0.0.1:$(PORT)

.PHONY: clean
clean: ## Remove everything made by make, including the demo's content
	@rm -rf .venv .venv-next var tests/node_modules tests/lighthouse/node_modules tests/functional/output htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache
