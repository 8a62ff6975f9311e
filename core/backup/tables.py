"""The tables of the archive and the kinds of their columns, as the models say them."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

# Signs in nobody and counts nothing after a restore: whoever was signed in signs in again.
LEFT_OUT = {"django_session"}
# Made by `migrate` itself, and replaced by those of the archive.
MADE_BY_MIGRATE = ("auth_permission", "django_content_type")
# Written by a web server or a worker that merely waits: a database that holds nothing else is not in use.
HOUSEKEEPING = {"core_workerbeat", "core_scheduletick", "django_migrations", *LEFT_OUT, *MADE_BY_MIGRATE}

_KINDS = {
    "AutoField": "int",
    "BigAutoField": "int",
    "BigIntegerField": "int",
    "BinaryField": "bytes",
    "BooleanField": "bool",
    "CharField": "text",
    "DateField": "day",
    "DateTimeField": "instant",
    "EmailField": "text",
    "FileField": "text",
    "GenericIPAddressField": "text",
    "IntegerField": "int",
    "JSONField": "json",
    "PositiveBigIntegerField": "int",
    "PositiveIntegerField": "int",
    "PositiveSmallIntegerField": "int",
    "SlugField": "text",
    "SmallIntegerField": "int",
    "TextField": "text",
    "TimeField": "time",
    "URLField": "text",
    "UUIDField": "uuid",
}


@dataclass(frozen=True)
class ArchivedColumn:
    """A column: its name, and how its values are written (`places` for decimals)."""

    name: str
    kind: str
    places: int = 0


@dataclass(frozen=True)
class ArchivedTable:
    """A table: its columns, and the one that orders its rows."""

    name: str
    columns: tuple[ArchivedColumn, ...]
    key: ArchivedColumn

    @classmethod
    def read(cls, kept: dict) -> "ArchivedTable":
        """The table as a manifest describes it."""
        columns = tuple(ArchivedColumn(*values) for values in kept["columns"])
        return cls(kept["name"], columns, next(column for column in columns if column.name == kept["key"]))

    def described(self) -> dict:
        columns = [[column.name, column.kind, column.places] for column in self.columns]
        return {"name": self.name, "columns": columns, "key": self.key.name}

    @property
    def json_positions(self) -> list[int]:
        return [number for number, column in enumerate(self.columns) if column.kind == "json"]


def tables() -> list[ArchivedTable]:
    """Every table of this version but those left out, by name."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    made = [_table(model) for model in found if not model._meta.proxy and model._meta.db_table not in LEFT_OUT]
    return sorted(made, key=lambda table: table.name)


def _table(model: type[models.Model]) -> ArchivedTable:
    columns = {field.attname: _column(field) for field in model._meta.local_concrete_fields}
    return ArchivedTable(model._meta.db_table, tuple(columns.values()), columns[model._meta.pk.attname])


def _column(field: models.Field) -> ArchivedColumn:
    target = field
    while target.is_relation:
        target = target.target_field
    kind = target.get_internal_type()
    if kind == "DecimalField":
        return ArchivedColumn(field.column, "decimal", target.decimal_places)
    return ArchivedColumn(field.column, _KINDS[kind])
