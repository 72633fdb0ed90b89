# The two commands of the README, and what stands behind them.
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= demo-collection
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test lint types unit bench bench-robust bench-kill train check-trained reference clean

## demo: build the packaged demo collection and publish its site (SERVE=1 serves it on loopback, PORT=8000)
demo: .venv/runtime
	$(BIN)/duizhao demo $(DEMO) $(if $(SERVE),--serve) $(if $(PORT),--port $(PORT))

## test: everything that guards the project
test: .venv/dev node_modules/vnu-jar lint types unit

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/dev
	$(BIN)/mypy

unit: .venv/dev node_modules/vnu-jar
	$(BIN)/pytest -n 2 --dist loadfile

## bench: speed, memory and quality on the outside data, with the figures of docs/performance.md
bench: .venv/dev
	$(BIN)/python -m bench

## bench-robust: alignment of documents as they are: parts missing, foreign text, another order
bench-robust: .venv/dev
	$(BIN)/python -m bench.robust

## bench-kill: fifty builds killed at random moments
bench-kill: .venv/dev
	$(BIN)/python -m bench.kill --times 50

## train: learn again what is learned (about ten minutes; needs ../shared)
train: .venv/dev
	$(BIN)/python -m bench.train_coarse
	$(BIN)/python -m bench.train_align
	$(BIN)/python -m bench.train_short
	$(BIN)/python -m bench.train_likeness
	$(BIN)/python -m bench.train_pairs
	$(BIN)/python -m bench.train_words

## check-trained: learn again what can be learned in a minute, and compare with the cards (needs ../shared)
check-trained: .venv/dev
	$(BIN)/python -m bench.cards
	$(BIN)/python -m bench.check_trained

## reference: write docs/commands.md anew from the commands' own help
reference: .venv/dev
	$(BIN)/python -m tests.reference > docs/commands.md

.venv/bin/python:
	@echo "Making an environment in .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Duizhao needs Python 3.11 or newer; say which with PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python pyproject.toml
	@echo "Installing what Duizhao needs (about 130 MB, a minute)"
	@$(PIP) install --quiet --editable .
	touch $@

.venv/dev: .venv/runtime
	@echo "Installing what the tests need"
	@$(PIP) install --quiet --editable '.[dev]'
	touch $@

# The HTML validator; without npm the test that needs it is skipped and says so.
node_modules/vnu-jar:
	@npm install --silent --no-save --no-package-lock --no-audit --no-fund --prefix . vnu-jar \
	|| { echo "vnu-jar could not be installed with npm: the published HTML will not be validated"; test -z "$$CI"; }

clean:
	rm -rf .venv node_modules $(DEMO) screenshots dist build
