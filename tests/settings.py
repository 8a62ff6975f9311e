"""Settings of the test run: those of the project, a fast hasher, mails in memory, files in a temporary directory."""

import atexit
import os
import shutil
import tempfile

_directory = tempfile.mkdtemp(prefix="qualepref-tests-")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
os.mkdir(os.path.join(_directory, "static"))  # whitenoise warns of a missing directory
os.environ["VAR_DIR"] = _directory
os.environ.setdefault("TESTING", "1")
os.environ.setdefault("DEMO", "0")

from qualepref.settings import *  # noqa: E402, F403 - the environment is set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Each test process has a Redis database of its own, so that no worker takes another's jobs.
if REDIS_URL:  # noqa: F405
    _process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    REDIS_URL = CELERY_BROKER_URL = f"{REDIS_URL.rsplit('/', 1)[0]}/{_process + 1}"  # noqa: F405
    CACHES["default"]["LOCATION"] = REDIS_URL  # noqa: F405
