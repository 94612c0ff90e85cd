# Needs make and Python 3.11 or newer, and makes the rest. `make` alone lists what there is.
#
# PYTHON=…     the Python to use; else the first new enough of python3, python3.13, …
# VENV=…       where the virtual environment is; else .venv
# DEMO_ARGS=…  options for `claimtrack demo`, such as --no-serve

VENV ?= .venv
BIN = $(VENV)/bin
export VENV PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Some machines switch it off, and every command then compiles all of our code anew.
export PYTHONDONTWRITEBYTECODE =

# A stamp is touched when the environment holds what pyproject.toml asks for, and is out of date
# when that file changes.
MADE = $(VENV)/.made
RUNTIME = $(VENV)/.has-runtime
TEST = $(VENV)/.has-test
CHECK = $(VENV)/.has-check

.PHONY: help demo test check clean-room compiled docs format browser clean
.DELETE_ON_ERROR:

help: ## Show this list.
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 12

demo: $(RUNTIME) ## Take the sample articles apart and serve them on http://127.0.0.1:8001
	$(BIN)/claimtrack demo $(DEMO_ARGS)

test: $(TEST) browser ## Run all tests, and see how much of the code they reach.
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses auto --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(CHECK) ## Format, lint, types, layers, generated files: all but the tests.
	scripts/check

clean-room: $(TEST) ## Build the wheel, install it away from here, and run it.
	scripts/clean-room

compiled: $(CHECK) ## Build the wheel with what finds attributions compiled, and test and measure that.
	scripts/compiled

docs: $(CHECK) ## Write what is generated: schemas, command reference, layers, README's examples.
	scripts/generate

format: $(CHECK) ## Format the code.
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

browser: # Chromium, and fonts for Arabic: by apt where we may, else the tests say what they skip.
	@scripts/browser

clean: ## Remove what was made; databases are left alone.
	rm -rf $(VENV) build dist htmlcov test-results .coverage .coverage.* .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts -type d -name __pycache__ -prune -exec rm -rf {} +

$(MADE):
	@scripts/environment
	@touch $@

$(RUNTIME): $(MADE) pyproject.toml
	@echo "Installing claimtrack and what it needs into $(VENV), a minute or two, once"
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(TEST): $(MADE) pyproject.toml
	@echo "Installing claimtrack and what its tests need into $(VENV), a minute or two, once"
	@$(BIN)/python -m pip install --quiet --editable ".[cluster,export,parquet,pdf,review,train]" --group test
	@touch $@ $(RUNTIME)

$(CHECK): $(MADE) pyproject.toml
	@echo "Installing claimtrack and what its checks need into $(VENV), a minute or two, once"
	@$(BIN)/python -m pip install --quiet --editable ".[cluster,export,parquet,pdf,review,train]" --group test --group check
	@touch $@ $(RUNTIME) $(TEST)
