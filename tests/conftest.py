"""Fixtures shared by every test. Warnings are errors (pyproject.toml); the database is chosen by DATABASE_URL."""

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases", "tests.strictness", "tests.append_only"]

# The same examples at each run, whatever else the machine does meanwhile.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Each test writes its files in a directory of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRINTED_PARTS_ROOT = tmp_path / "printed"


@pytest.fixture(autouse=True)
def no_entrance_of_another_test():
    """Each process keeps the way in of open surveys, under numbers and addresses that two tests may share."""
    from surveys.services import entrances, intake

    entrances.forget()
    intake.frozen_definition.cache_clear()


def pytest_collection_modifyitems(items):
    """Skip what the chosen environment cannot run; `make test` runs every environment in turn."""
    from django.conf import settings

    on_sqlite = pytest.mark.skip(reason="needs PostgreSQL (DATABASE_URL)")
    without_redis = pytest.mark.skip(reason="needs Redis (REDIS_URL)")
    for item in items:
        if item.get_closest_marker("postgresql") and settings.IS_SQLITE:
            item.add_marker(on_sqlite)
        if item.get_closest_marker("celery") and not settings.REDIS_URL:
            item.add_marker(without_redis)
