#!/usr/bin/env bash
# The minute-long loop of whoever writes: see scripts/check.py.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -x .venv/bin/ruff ] || scripts/setup.sh dev
exec .venv/bin/python -m scripts.check "$@"
