"""Models made together stand as if they had been made one after the other."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from core.base.migrating import ModelsTogether

APP = "bundle"
KEY = ("id", models.BigAutoField(primary_key=True))
ONE_BY_ONE = [
    CreateModel("Box", [KEY, ("label", models.CharField(max_length=10))], options={"ordering": ["label"]}),
    CreateModel("Thing", [KEY, ("size", models.IntegerField())]),
    AddField("Thing", "box", models.ForeignKey(f"{APP}.Box", models.CASCADE)),
    AddField("Box", "others", models.ManyToManyField(f"{APP}.Thing")),
    AddIndex("Thing", models.Index(fields=["size"], name="bundle_size")),
    AddConstraint("Thing", models.UniqueConstraint(fields=["box", "size"], name="bundle_once")),
]
TABLES = ("bundle_box", "bundle_thing", "bundle_box_others")


@pytest.fixture
def told():
    """The state after some operations, once the database followed, with the columns and constraints of the tables."""

    def run(operations, state=None, *, forwards=True):
        before = state or ProjectState()
        after = before.clone()
        for operation in operations:
            operation.state_forwards(APP, after)
        with connection.schema_editor() as editor:
            states = (before, after) if forwards else (after, before)
            for operation in operations:
                act = operation.database_forwards if forwards else operation.database_backwards
                act(APP, editor, *states)
        return after, described()

    return run


def described() -> dict:
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
        return {
            table: (
                sorted((column.name, column.null_ok) for column in columns(cursor, table)),
                sorted(
                    str((sorted(rule["columns"]), rule["unique"], rule["foreign_key"], rule["index"]))
                    for rule in connection.introspection.get_constraints(cursor, table).values()
                ),
            )
            for table in TABLES
            if table in known
        }


def columns(cursor, table):
    return connection.introspection.get_table_description(cursor, table)


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_the_tables_and_the_state_are_those_of_the_operations_one_by_one(told):
    bundle = [ModelsTogether(operations=ONE_BY_ONE)]
    state, together = told(bundle)
    assert set(together) == set(TABLES)
    told(bundle, forwards=False)
    assert described() == {}

    apart, now = ProjectState(), {}
    for operation in ONE_BY_ONE:
        apart, now = told([operation], apart)
    assert together == now
    assert {key: one.fields.keys() for key, one in state.models.items()} == {
        key: one.fields.keys() for key, one in apart.models.items()
    }
    for operation in reversed(ONE_BY_ONE[:2]):
        with connection.schema_editor() as editor:
            operation.database_backwards(APP, editor, apart, ProjectState())
    assert "bundle_box" not in described()
