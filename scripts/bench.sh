#!/usr/bin/env bash
# Measure pages, PDF and import against their references. SCALE=small (default) or national.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
exec .venv/bin/python -m tests.bench.run --scale "${SCALE:-small}" "$@"
