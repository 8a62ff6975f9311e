"""Where the demonstration is installed: its accounts have public passwords."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = {"DATABASE_URL": "postgres://a:b@localhost/c", "SECRET_KEY": "k" * 50, "DEMO": "0", "TESTING": "0"}


@pytest.mark.parametrize(
    ("environment", "is_installed"),
    [({}, False), ({"DEMO": "1"}, True), ({"TESTING": "1"}, True), ({"DATABASE_URL": "sqlite:////tmp/none"}, True)],
)
def test_the_demonstration_is_not_installed_on_a_server(environment, is_installed, tmp_path):
    command = [sys.executable, "-c", "from qualepref import settings; print('demo' in settings.INSTALLED_APPS)"]
    fixed = {**os.environ, **SERVER, "VAR_DIR": str(tmp_path), **environment}
    told = subprocess.run(command, cwd=ROOT, env=fixed, capture_output=True, text=True, check=True)
    assert told.stdout == f"{is_installed}\n"
