# Everything runs from .venv, which is made from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
PEJLING_PORT ?= 8000
export PEJLING_PORT

.DEFAULT_GOAL := help
.PHONY: help run test check prove bench soak fuzz audit lock tools

help: ## Show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-7s %s\n", $$1, $$2}'

run: .venv/ready ## Start Pejling with the invented municipality Fjordby; LAN=1 lets a phone scan its codes
	@exec $(BIN)/pejling demo $(if $(LAN),--lan)

test: .venv/ready tools ## Run every test: browser, PostgreSQL, crashes and the proof
	$(BIN)/python -m pytest

check: .venv/ready ## Lint, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pejling check-surveys

prove: .venv/ready ## Prove the anonymity rules aloud, by enumeration
	@$(BIN)/python -m tests.prove

bench: .venv/ready tools ## Measure class arrivals beside three yardsticks, on SQLite and PostgreSQL
	@$(BIN)/python -m tests.bench

soak: .venv/ready tools ## A national morning of 200,000 ballots on PostgreSQL: each once, and as fast at the end
	@$(BIN)/python -m tests.bench.soak

fuzz: .venv/ready tools ## Send tens of thousands of hostile requests to every route; PEJLING_FUZZ=N sets how many each gets
	PEJLING_FUZZ=$(or $(PEJLING_FUZZ),150) $(BIN)/python -m pytest tests/hostile

audit: ## Ask a public source for known holes in what is locked (needs uv and the network; no part of the tests)
	@uv tool run pip-audit --strict --progress-spinner off --require-hashes --disable-pip -r requirements.lock || \
		{ echo "Either a hole was found, or not every package could be asked about: then nothing is proven." >&2; exit 1; }

# What a server installs is a part of what the workshop does, in the same versions.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header -q
lock: ## Write both lock files anew (needs uv)
	$(LOCK) --all-extras --group dev -o requirements.lock
	$(LOCK) --group build --extra oidc --extra postgresql -c requirements.lock -o requirements-server.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -m venv .venv 2>/dev/null || { apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# On a bare Debian as root the tests install what they use; elsewhere they use what is there and say what they skip.
tools:
	@missing=""; command -v chromium >/dev/null || missing="$$missing chromium"; \
	ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$$missing libatomic1"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc"; \
	ls /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || missing="$$missing libreoffice-writer"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v openssl >/dev/null || missing="$$missing openssl"; \
	[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || missing="$$missing nginx-light"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; fi
