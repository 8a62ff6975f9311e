"""A step of a migration shared by the apps: the changeset of their history tables, in one change of state.

Django renders its models again at each step: a hundred small steps took half a minute where these take an instant.
"""

from collections.abc import Mapping

from django.db import models
from django.db.migrations.operations.base import Operation

from core.record import changesets


class AddChangesets(Operation):
    """Add the changeset and its index to history tables: `{"historicalplan": "acti_plan_act"}`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, indexes: Mapping[str, str]):
        self.indexes = dict(indexes)

    def deconstruct(self):
        return type(self).__qualname__, [self.indexes], {}

    def state_forwards(self, app_label, state):
        for name, index in self.indexes.items():
            model = state.models[app_label, name]
            model.fields["changeset"] = self._field()
            model.options["indexes"] = [*model.options.get("indexes", ()), self._index(index)]
        state.reload_models([(app_label, name) for name in self.indexes], delay=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for name, index in self.indexes.items():
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.add_field(from_state.apps.get_model(app_label, name), model._meta.get_field("changeset"))
                schema_editor.add_index(model, self._index(index))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for name, index in self.indexes.items():
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.remove_index(model, self._index(index))
                schema_editor.remove_field(model, model._meta.get_field("changeset"))

    def describe(self):
        return f"Add the changeset to {len(self.indexes)} history tables"

    @staticmethod
    def _field() -> models.UUIDField:
        return models.UUIDField("acte", default=changesets.current, editable=False, null=True)

    @staticmethod
    def _index(name: str) -> models.Index:
        return models.Index(fields=["changeset"], condition=models.Q(changeset__isnull=False), name=name)
