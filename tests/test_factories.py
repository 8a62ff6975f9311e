"""The factories themselves: each builds a row that the database accepts."""

import inspect

import pytest
from factory.django import DjangoModelFactory

from tests import action_factories, factories, survey_factories

FACTORIES = [
    cls
    for module in (factories, action_factories, survey_factories)
    for _, cls in inspect.getmembers(module, inspect.isclass)
    if issubclass(cls, DjangoModelFactory) and cls.__module__ == module.__name__
]


@pytest.mark.django_db
@pytest.mark.parametrize("build", FACTORIES, ids=lambda cls: cls.__name__)
def test_each_factory_builds_a_row(build, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = build()
    row.refresh_from_db()
    assert str(row)
