"""What an import wrote, row by row, as JSON: enough to undo it, and to refuse when something was changed since."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import ProtectedError

from core import history
from core.errors import UserError

CHANGED_SINCE = "Impossible d’annuler : {what} a été modifié depuis l’import."
USED_SINCE = "Impossible d’annuler : {what} sert ailleurs depuis l’import."


def entry(instance: models.Model, *, before: dict | None, fields: Sequence[str]) -> dict:
    """One row of the log: the object as it was (None: it did not exist) and as the import left it."""
    return {
        "model": instance._meta.label,
        "pk": instance.pk,
        "label": str(instance)[:200],
        "before": before,
        "after": state_of(instance, fields),
    }


def state_of(instance: models.Model, fields: Sequence[str]) -> dict:
    """The named fields as JSON values, nothing rounded."""
    return {name: _plain(instance, name) for name in fields}


def revert(entries: Sequence[dict], *, by, reason: str) -> None:
    """Put every object back as it was, the last written first. Raises UserError if one is not as the import left it."""
    for row in reversed(entries):
        _revert(row, by=by, reason=reason)


def _revert(row: dict, *, by, reason: str) -> None:
    model = apps.get_model(row["model"])
    instance = model._default_manager.select_for_update(of=("self",)).filter(pk=row["pk"]).first()
    what = f"« {row['label']} »"
    if instance is None or state_of(instance, row["after"]) != row["after"]:
        raise UserError(CHANGED_SINCE.format(what=what))
    if row["before"] is None:
        try:
            history.delete(instance, by=by, reason=reason)
        except ProtectedError as error:
            raise UserError(USED_SINCE.format(what=what)) from error
        return
    for name, value in row["before"].items():
        field = model._meta.get_field(name)
        setattr(instance, field.attname, field.to_python(value) if not field.is_relation else value)
    history.save(instance, by=by, reason=reason)


def _plain(instance: models.Model, name: str):
    field: Any = instance._meta.get_field(name)
    value = getattr(instance, field.attname)
    if isinstance(field, models.DecimalField):
        # Stored digits: 0.9 and 0.900000 are one value.
        return None if value is None else str(field.to_python(value).quantize(field_step(field)))
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


def field_step(field: models.DecimalField):
    """The smallest step a decimal field stores."""
    return field.to_python(1).scaleb(-field.decimal_places)
