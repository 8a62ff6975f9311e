"""What a web worker loads to start."""

import os
import subprocess
import sys

from tests.bench.start import HEAVY
from tests.services import ROOT

LOADED = f"import sys, qualepref.wsgi; print([name for name in {HEAVY!r} if name in sys.modules])"


def test_a_web_worker_on_sqlite_starts_without_a_heavy_library(tmp_path):
    plain = {name: value for name, value in os.environ.items() if name not in {"TESTING", "DEMO", "REDIS_URL"}}
    own = {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "VAR_DIR": str(tmp_path)}
    environment = plain | own | {"DJANGO_SETTINGS_MODULE": "qualepref.settings"}
    command = [sys.executable, "-W", "ignore", "-c", LOADED]
    found = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
