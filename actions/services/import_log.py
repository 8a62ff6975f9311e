"""What an import of plans wrote, told by comparing before and after; and its undoing, as a whole or not at all."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, PlanImport, ResponsibleMatch
from actions.services import closing
from actions.services.deeds import Deed
from core import history
from core.errors import UserError
from core.imports.log import CHANGED_SINCE, USED_SINCE, state_of
from organisations.models import Unit

# Parents first: what is restored in this order is undone in the other.
MODELS: tuple[type[models.Model], ...] = (
    Plan, Finding, FindingEngagement, Action, ActionResponsible, ResponsibleMatch,
)  # fmt: skip
State = dict[tuple[str, int], dict]


class Watch:
    """The rows of a site's plans before an import; `log()` tells what became of them."""

    def __init__(self, site: Unit):
        self.site = site
        self.before = {key: state for key, _row, state in _rows_of(site)}

    def log(self) -> list[dict]:
        """One entry per row created, changed or removed."""
        entries, seen = [], set()
        for (label, pk), row, after in _rows_of(self.site):
            seen.add((label, pk))
            before = self.before.get((label, pk))
            if before != after:
                entries.append({"model": label, "pk": pk, "label": str(row)[:200], "before": before, "after": after})
        for (label, pk), before in self.before.items():
            if (label, pk) not in seen:
                entries.append({"model": label, "pk": pk, "label": "", "before": before, "after": None})
        return entries


def revert(record: PlanImport, *, by) -> None:
    """Put every row back, at the instant the import took effect. UserError says what was changed or used since."""
    entries = sorted(record.changes, key=lambda row: _rank(row["model"]))
    rows = {(row["model"], row["pk"]): _locked(row) for row in entries}
    _refuse_changed(entries, rows)
    made = [row for row in entries if row["before"] is None]
    _refuse_used(made, rows)
    reason = f"Annulation de l’import de « {record.name} »"
    for row in reversed(made):
        Deed(by, reason, _instant_of(row)).delete(rows[row["model"], row["pk"]])
    findings = set()
    for row in entries:
        if row["before"] is not None:
            findings |= _restore(row, rows[row["model"], row["pk"]], Deed(by, reason, _instant_of(row)))
    closing.refresh(Finding.objects.filter(pk__in=findings).order_by("pk"), Deed(by, reason))


def _rows_of(site: Unit) -> Iterator[tuple[tuple[str, int], models.Model, dict]]:
    """Every row of the site's plans, of the twins elsewhere, and of the words remembered there."""
    actions = Q(finding__plan__site=site)
    twins = actions | Q(merged_into__finding__plan__site=site) | Q(twins__finding__plan__site=site)
    querysets: tuple[models.QuerySet, ...] = (
        Plan.objects.filter(site=site),
        Finding.objects.filter(plan__site=site),
        FindingEngagement.objects.filter(finding__plan__site=site).select_related("engagement"),
        Action.objects.filter(twins).select_related("finding").distinct(),
        ActionResponsible.objects.filter(action__finding__plan__site=site).select_related("unit", "user"),
        ResponsibleMatch.objects.filter(site=site).select_related("unit", "user"),
    )
    for queryset in querysets:
        names = _fields(queryset.model)
        for row in queryset.order_by("pk"):
            yield (row._meta.label, row.pk), row, state_of(row, names)


def _fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


def _instant_of(row: dict) -> datetime | None:
    """When what the import did to a row took effect: undone from that instant on, it never was."""
    instance = apps.get_model(row["model"])(pk=row["pk"])
    return history.records_of(instance).values_list("history_date", flat=True).first()


def _rank(label: str) -> int:
    return [model._meta.label for model in MODELS].index(label)


def _locked(row: dict) -> models.Model | None:
    model = apps.get_model(row["model"])
    return model._base_manager.select_for_update(of=("self",)).filter(pk=row["pk"]).first()


def _refuse_changed(entries: Iterable[dict], rows: dict) -> None:
    for row in entries:
        stored = rows[row["model"], row["pk"]]
        now = None if stored is None else state_of(stored, _fields(type(stored)))
        if now != row["after"]:
            raise UserError(CHANGED_SINCE.format(what=f"« {row['label'] or row['model']} »"))


def _refuse_used(made: Iterable[dict], rows: dict) -> None:
    """Something was put since on what the import made: a proof, an action, a twin…"""
    known: dict[str, list[int]] = {}
    for row in made:
        known.setdefault(row["model"], []).append(row["pk"])
    for label, pks in known.items():
        for relation in apps.get_model(label)._meta.get_fields(include_hidden=True):
            child: Any = getattr(relation, "related_model", None)
            if not (relation.auto_created and relation.one_to_many and history.is_recorded(child)):
                continue
            lookup = relation.field.name
            others = child._base_manager.filter(**{f"{lookup}__in": pks}).exclude(
                pk__in=known.get(child._meta.label, [])
            )
            if used := others.order_by("pk").values_list(lookup, flat=True).first():
                raise UserError(USED_SINCE.format(what=f"« {rows[label, used]} »"))


def _restore(row: dict, stored: models.Model | None, deed: Deed) -> set[int]:
    """Write the former values back, on the row or on a new one of the same number; gives the findings touched."""
    model = apps.get_model(row["model"])
    instance = stored or model(pk=row["pk"])
    for name, value in row["before"].items():
        field: Any = model._meta.get_field(name)
        setattr(instance, field.attname, value if field.is_relation else field.to_python(value))
    deed.save(instance)
    return {instance.finding_id} if isinstance(instance, Action) else set()
