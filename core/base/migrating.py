"""Migrations of an empty database in seconds: the models of one bundle are made together."""

from collections.abc import Iterable, Sequence

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class ModelsTogether(Operation):
    """The first models of an app, with the fields, indexes and constraints added to them right after.

    Django draws the models related to one again after each operation on it, which took two minutes for the 226 of the
    house. Here the operations tell the state one after the other, the state is drawn once, and each table is made as it
    stands after the last of them. Only operations on models that the bundle itself creates belong here.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(list(self._models(app_label, schema_editor, from_state))):
            schema_editor.delete_model(model)

    def references_model(self, name, app_label):
        return any(operation.references_model(name, app_label) for operation in self.operations)

    def describe(self):
        return f"Create {sum(isinstance(one, CreateModel) for one in self.operations)} models together"

    def _models(self, app_label, schema_editor, state) -> Iterable:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                model = state.apps.get_model(app_label, operation.name)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    yield model
