"""History of business objects: who changed what, when and why. Services write through these verbs."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history


class _PossiblyGone(ForwardManyToOneDescriptor):
    """Reads the author of a history row; None once the account has been deleted."""

    def get_object(self, instance):
        try:
            return super().get_object(instance)
        except ObjectDoesNotExist:
            return None


class _Author(models.ForeignKey):
    """The author of a history row. Deleting an account leaves the row as it was written: nothing updates history."""

    forward_related_accessor_class = _PossiblyGone

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class _Records(HistoricalRecords):
    """History whose author has no database constraint: SET_NULL would update rows of an append-only table."""

    def _get_history_user_fields(self):
        author = _Author(
            settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
        )
        return {"history_user": author}


def records(**options) -> HistoricalRecords:
    """Declare the history of a model; its table is append-only (see `core.triggers`)."""
    return _Records(history_change_reason_field=models.TextField(null=True), **options)


def save(instance: models.Model, *, by, reason: str = "", fields: Sequence[str] | None = None) -> None:
    """Save the instance with its history row: author `by` (None for the system) and reason."""
    instance._history_user = by
    instance._change_reason = reason or None
    instance.save(update_fields=fields)


def delete(instance: models.Model, *, by, reason: str = "") -> None:
    """Delete the instance and keep its history, last row included."""
    instance._history_user = by
    instance._change_reason = reason or None
    instance.delete()


def bulk_create(instances: Iterable[models.Model], *, by, reason: str = "") -> list[models.Model]:
    """Create many instances of one model with one history row each, in two statements per batch."""
    instances = list(instances)
    if not instances:
        return []
    return bulk_create_with_history(
        instances, type(instances[0]), batch_size=500, default_user=by, default_change_reason=reason or None
    )


def bulk_update(instances: Iterable[models.Model], fields: Sequence[str], *, by, reason: str = "") -> int:
    """Update the given fields of many instances of one model with one history row each."""
    instances = list(instances)
    if not instances:
        return 0
    return bulk_update_with_history(
        instances, type(instances[0]), fields, batch_size=500, default_user=by, default_change_reason=reason or None
    )
