#!/usr/bin/env bash
# Production without a container engine: see tests/production/check.py for the steps.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh production
exec .venv/bin/python -m tests.production.check
