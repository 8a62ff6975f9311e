"""The factories themselves, beside the tests of each app: one per model, without surprises.

What a test does not say is the plainest valid value.
"""

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from factory.django import DjangoModelFactory

MODULES = [
    import_module(f"tests.{path.parent.name}.factories") for path in Path(__file__).parent.glob("*/factories.py")
]
FACTORIES = [
    cls
    for module in sorted(MODULES, key=lambda module: module.__name__)
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
