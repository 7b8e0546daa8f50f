# Everything a person does here, as one word. `make help` lists them.
# Needs Python 3.11, Node 20 and git; installs the rest into .venv and tests/contract/node.

SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Compiled modules are kept even where the environment says otherwise: without them each process imports for 10 s.
RUN := PYTHONDONTWRITEBYTECODE= PYTHONPATH=. $(BIN)/python
STAMP := .venv/.synced
NODE := tests/contract/node
CLIENT := api/client
CONSOLE := api/console

.DEFAULT_GOAL := help
.PHONY: help install dev test client console chromium pgbouncer test-clients test-full check format bench lock clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python requirements.lock
	@touch $(STAMP)

install: $(STAMP) ## Make .venv and install the pinned packages

dev: $(STAMP) ## Run the whole product here: Postgres, Valkey, providers' sandbox, API, worker
	@$(RUN) -m tests.dev

test: $(STAMP) ## Run the tests (under 5 minutes)
	@$(RUN) -m compileall -q agents api evals persistence prompts tools tests -x node_modules
	@$(RUN) -m pytest -m "not full" --ignore=tests/contract/clients --ignore=tests/contract/typescript --ignore=tests/contract/package --ignore=tests/contract/console -n 3

$(NODE)/node_modules/.installed: $(NODE)/package.json $(NODE)/package-lock.json
	@cd $(NODE) && npm ci --silent --no-audit --no-fund
	@touch $@

$(CLIENT)/node_modules/.installed: $(CLIENT)/package.json $(CLIENT)/package-lock.json
	@cd $(CLIENT) && npm ci --silent --no-audit --no-fund
	@touch $@

$(CLIENT)/src/generated/schema.ts: $(CLIENT)/openapi.json $(CLIENT)/scripts/generate.mjs $(CLIENT)/node_modules/.installed
	@cd $(CLIENT) && npm run --silent generate
	@touch $@

$(CLIENT)/dist/index.js: $(CLIENT)/src/generated/schema.ts $(CLIENT)/tsconfig.json $(shell find $(CLIENT)/src -name '*.ts')
	@cd $(CLIENT) && npm run --silent build

client: $(CLIENT)/dist/index.js ## Generate and build the TypeScript client in api/client

$(CONSOLE)/node_modules/.installed: $(CONSOLE)/package.json $(CONSOLE)/package-lock.json
	# Not `npm ci`: Vite names an optional package for Windows that a lock written elsewhere does not hold.
	@cd $(CONSOLE) && npm install --silent --no-audit --no-fund
	@touch $@

$(CONSOLE)/dist/index.html: $(CLIENT)/dist/index.js $(CONSOLE)/node_modules/.installed $(CONSOLE)/vite.config.ts $(CONSOLE)/index.html $(shell find $(CONSOLE)/src -type f)
	@cd $(CONSOLE) && npm run --silent build

console: $(CONSOLE)/dist/index.html ## Build the console in api/console, which the API serves at /console

chromium:
	@command -v chromium chromium-browser google-chrome google-chrome-stable > /dev/null \
	|| { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium; } > .chromium.log 2>&1 \
	|| { cat .chromium.log; echo "There is no Chromium and it can't be installed here: install it (Debian: apt-get install chromium), or Google Chrome."; exit 1; }

pgbouncer:
	@PATH="$$PATH:/usr/sbin:/usr/local/sbin"; command -v pgbouncer > /dev/null \
	|| { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends pgbouncer; } > .pgbouncer.log 2>&1 \
	|| { cat .pgbouncer.log; echo "There is no PgBouncer and it can't be installed here: install it (Debian: apt-get install pgbouncer)."; exit 1; }

test-clients: $(STAMP) $(NODE)/node_modules/.installed $(CONSOLE)/dist/index.html chromium ## Run real clients against the product: npm ai 6 and 7, our package, a browser, curl, httpx
	@$(RUN) -m pytest tests/contract/clients tests/contract/typescript tests/contract/package tests/contract/console

# What restarts or restores is no part of `rest`.
WANTED = $(patsubst rest,rest and not restart and not restore,$(or $(PART),mind))
test-full: $(STAMP) $(if $(filter pooler,$(PART)),pgbouncer) ## Run the long tests of one part: PART=turn|mind|rest|agents|evals|migrate|jobs|pooler|integration|unit
	@$(RUN) -m pytest -m "full" --timeout=2400 -k "$(WANTED)" tests

check: $(STAMP) ## Format, lint, types, import contracts, prompt lock, pictures, Dockerfile, OpenAPI, TypeScript client
	@$(BIN)/ruff format --check --quiet . && echo "format   ok"
	@$(BIN)/ruff check --quiet . && echo "lint     ok"
	@$(BIN)/mypy --no-error-summary && echo "types    ok"
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo > .lint-imports.log 2>&1 && echo "imports  ok" || { cat .lint-imports.log; exit 1; }
	@./quiver prompts lint && echo "prompts  ok"
	@./quiver graphs --check && echo "pictures ok"
	@$(BIN)/hadolint Dockerfile && echo "image    ok"
	@./quiver openapi --check && echo "openapi  ok"

format: $(STAMP) ## Format and fix what can be fixed
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

# The console is measured in a browser: what it needs is made for it, and for all parts together.
bench: $(STAMP) $(if $(filter console,$(or $(PART),console)),$(NODE)/node_modules/.installed $(CONSOLE)/dist/index.html chromium) ## Run the benchmarks, each beside its limit: all, or PART=tokens|first|streams|memory|long|rest|bulk|aegra|console|moving
	@$(RUN) -m tests.bench $(PART)

lock: $(STAMP) ## Resolve the dependencies of pyproject.toml into requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --group dev pyproject.toml -o requirements.lock

clean: ## Remove what was installed and the development data
	@rm -rf .venv .dev {$(NODE),$(CLIENT),$(CONSOLE)}/node_modules {$(CLIENT),$(CONSOLE)}/dist .mypy_cache .ruff_cache .pytest_cache .lint-imports.log .chromium.log .pgbouncer.log
