"""Settings of the worker processes that tests start: those of the tests and the sample kinds."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS += ["tests.core.sample_jobs"]  # noqa: F405
if "CELERY_REDIS_URL" in os.environ:  # noqa: F405 - the very database of the test, whatever the process
    REDIS_URL = CELERY_BROKER_URL = os.environ["CELERY_REDIS_URL"]  # noqa: F405
JOB_LEASE_SECONDS = 3
JOB_BEAT_SECONDS = 1
CELERY_BEAT_SCHEDULE = {}
