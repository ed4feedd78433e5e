# `make up` runs the game, `make test` tests it. Needs Python 3.11 or newer; everything else is downloaded.
PYTHON ?= python3
VENV := .venv
MINISTACK := .venv-ministack
LOCKS := localstack/locks
BIN := $(VENV)/bin
PIP := -m pip --disable-pip-version-check install --quiet --require-hashes
# This checkout itself, so that `tapstack` works in any folder: no network, and nothing but what is locked.
CHECKOUT := -m pip --disable-pip-version-check install --quiet --no-index --no-deps --no-build-isolation --editable .
export PYTHONPATH := layers/tapstack/python:localstack:localstack/telegram:infra:tests

.DEFAULT_GOAL := help
.PHONY: help up test test-unit pictures simulation test-stress check check-miniapp lint types clean lock setup faults economy-faults attack bench bench-growth bench-compare soak bot-setup bot-poll soak-bot health reload backup restore

help:  ## Lists all targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## +/\t/' | expand -t 16

up: $(VENV)/.local $(MINISTACK)/.done  ## Runs the game on this machine
	@exec $(BIN)/python -m tapstack_local up

setup: $(VENV)/.dev $(MINISTACK)/.done  ## Installs what the tests need

PARALLEL := -n auto --dist loadfile
ROUNDS ?= 10

test: setup  ## Runs all tests in random order; the last lines name the seed
	$(BIN)/python -m pytest $(PARALLEL)

test-unit: setup  ## Runs the tests that need no server (under a minute)
	$(BIN)/python -m pytest $(PARALLEL) tests/unit localstack/telegram/tests/unit

pictures: setup  ## Takes the pictures of the README anew, from the running game
	SCREENSHOTS=miniapp/docs $(BIN)/python -m pytest -q tests/e2e/miniapp/test_miniapp_page.py tests/e2e/miniapp/test_miniapp_in_local_telegram.py -k test_picture

simulation: setup  ## Plays the economy with a million players for a week: docs/economy-simulation.md (about 10 minutes on 2 cores)
	$(BIN)/python -m tapstack sim --players 1000000 --days 7 --seed 1 \
		--plot docs/economy-simulation.png --page docs/economy-simulation.md

test-stress: setup  ## Runs all tests ROUNDS times (10), in different orders, on busy cores (hours)
	$(BIN)/python -m stress --rounds $(ROUNDS) $(PARALLEL)

lint: setup  ## Runs ruff, mypy, import contracts and cfn-lint; looks for secrets and vulnerable packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/cfn-lint template.yaml infra/*.yaml
	$(BIN)/python -m tapstack_audit secrets
	$(BIN)/python -m tapstack_audit packages

check-miniapp: setup  ## Checks the Mini App: its types and imports, its unit tests, its size
	$(BIN)/python -m tapstack_local npm check

check: lint check-miniapp  ## Runs what CI runs: linters, the Mini App's checks, all tests
	$(MAKE) test

types: setup  ## Regenerates the Mini App's copy of the OpenAPI document and its types
	$(BIN)/python -m tapstack.api > miniapp/openapi.json
	$(BIN)/python -m tapstack_local npm types

faults: setup  ## Kills servers under load and counts every tap (about 10 minutes)
	$(BIN)/python -m faults

economy-faults: setup  ## Proves the economy's promises under faults, longer than the tests do (about 15 minutes)
	ECONOMY_FAULTS=25 $(BIN)/python -m pytest -q tests/integration/economy/test_performing.py \
		tests/integration/goals tests/unit/economy/test_performing.py

attack: setup  ## Attacks a game that has honest players; fails if one is harmed (about 20 minutes)
	$(BIN)/python -m attack

bench: setup  ## Measures requests, saving, imports, memory and sockets (about 11 minutes)
	$(BIN)/python -m bench

bench-growth: setup  ## Measures clicks with up to a million players stored
	$(BIN)/python -m bench growth

bench-compare: setup  ## Compares the last two runs of `make bench`
	$(BIN)/python -m bench compare

soak: setup  ## Runs PLAYERS (5,000) for 3 minutes, then counts every tap
	$(BIN)/python -m soak.miniapp $(if $(PLAYERS),--players $(PLAYERS))

include localstack/deploy.mk

bot-setup: $(VENV)/.local  ## Registers webhook (WEBHOOK_URL), commands and menu button for TELEGRAM_BOT_TOKEN
	@$(BIN)/python -m tapstack.bot.botctl setup

bot-poll: $(VENV)/.local  ## Polls Telegram for a game that it can't reach (GAME_URL)
	@$(BIN)/python -m tapstack.bot.botctl poll

soak-bot: setup  ## Lets 2,000 people tap in the chat for a minute (takes about 4 minutes)
	$(BIN)/python -m soak.bot

# A game on one server: docs/one-server.md
BACKUPS ?= backups

health: $(VENV)/.local  ## Tells how the game that runs here is
	@$(BIN)/python -m tapstack_local health

reload: $(VENV)/.local  ## Runs this checkout's code in the game that runs here, without an interruption
	@$(BIN)/python -m tapstack_local reload

backup: $(VENV)/.local  ## Backs up the game here into BACKUPS (backups); the newest 14 stay
	@$(BIN)/python -m tapstack_local backup "$(BACKUPS)" --keep 14

restore: $(VENV)/.local  ## Restores ARCHIVE; the game must be stopped
	@$(BIN)/python -m tapstack_local restore "$(ARCHIVE)"

lock:  ## Refreshes all lock files (needs uv)
	./localstack/locks/compile.sh

clean:  ## Removes everything built or installed; keeps the game's state in .local
	rm -rf $(VENV) $(MINISTACK) .venv-* .build .pytest_cache .mypy_cache .ruff_cache .hypothesis miniapp/node_modules miniapp/dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Tapstack needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.local: $(LOCKS)/local.txt | $(VENV)/bin/python
	$(BIN)/python $(PIP) -r $<
	$(BIN)/python $(CHECKOUT)
	@touch $@

$(VENV)/.dev: $(LOCKS)/dev.txt | $(VENV)/bin/python
	$(BIN)/python $(PIP) -r $<
	$(BIN)/python $(CHECKOUT)
	@touch $@ $(VENV)/.local

$(MINISTACK)/.done: $(LOCKS)/ministack.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Tapstack needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(MINISTACK)
	$(MINISTACK)/bin/python $(PIP) -r $<
	@touch $@
