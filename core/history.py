"""History of business objects: who changed what, when and why. Services write through these verbs."""

from collections.abc import Iterable, Sequence

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history


def records(**options) -> HistoricalRecords:
    """Declare the history of a model; its table is append-only (see `core.triggers`)."""
    return HistoricalRecords(history_change_reason_field=models.TextField(null=True), **options)


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
