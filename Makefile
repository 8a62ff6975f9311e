# `make run` is all a newcomer types; `make test` is all the CI runs. Each target calls one script of scripts/.
.DEFAULT_GOAL := help
.PHONY: help run dev check test coverage lock sbom production-check bench screenshots clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: ## install what is missing, load the demonstration, serve it (PORT=8000)
	@scripts/run.sh

dev: ## the same with Django's development server, which reloads the code
	@scripts/run.sh --dev

test: ## linters, contracts, tests on both databases, browser journeys
	@scripts/test.sh $(ARGS)

check: ## the minute-long loop: format, lint, contracts, types and tests of what changed
	@scripts/check.sh

coverage: ## what the tests run of the code, lines and branches, child processes included
	@scripts/setup.sh dev && .venv/bin/python -m scripts.coverage

lock: ## write requirements.txt and requirements-dev.txt again from pyproject.toml
	@scripts/lock.sh $(ARGS)

sbom: ## what it is made of (CycloneDX, var/sbom.json), its licences, its known vulnerabilities
	@scripts/setup.sh && .venv/bin/python -m scripts.sbom $(ARGS)

production-check: ## the compose file's commands as processes behind nginx, used, killed, restored
	@scripts/production_check.sh

bench: ## page times, PDF and import against their references (SCALE=small|national)
	@scripts/bench.sh $(ARGS)

screenshots: ## pictures of the demonstration for the README and the guide, in docs/images/guide
	@scripts/screenshots.sh

clean: ## remove what the targets above produced, the virtual environment and the demonstration included
	rm -rf .venv var .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache htmlcov .coverage
