"""Labels: applied for, obtained, followed up; what a site holds on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audits.enums import LabelLevel, LabelState, LabelStep
from audits.models import ApplicationStep, Label
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields
from core.time.fuzzy_dates import FuzzyDate, parse
from organisations.models import Unit

FIELDS = ("referential", "level", "prepared_from", "obtained_on", "follow_up_done_on", "body", "comment")


@dataclass(frozen=True)
class LabelStanding:
    """A label as it stands on a day; without label, `label` is None and the state « sans label »."""

    site: Unit
    label: Label | None
    state: LabelState


@transaction.atomic
def open_label(
    *, site, referential, by, follow_up_planned: FuzzyDate | str = "", reason: str = "", **fields: Any
) -> Label:
    """A label that a site prepares or holds, with the steps of its application."""
    label = Label(site=site, referential=referential)
    set_fields(label, fields, FIELDS)
    _plan_follow_up(label, follow_up_planned)
    _check(label)
    deed = Deed(by, reason)
    label = deed.create([label])[0]
    deed.create(ApplicationStep(label=label, step=step) for step in LabelStep)
    return label


@transaction.atomic
def change_label(
    label: Label, *, by, follow_up_planned: FuzzyDate | str | None = None, reason: str = "", **fields: Any
) -> Label:
    """Change what is known of a label: its dates, its level, its follow-up planned and done."""
    row = locked(label)
    set_fields(row, fields, FIELDS)
    if follow_up_planned is not None:
        _plan_follow_up(row, follow_up_planned)
    _check(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(label, row)


@transaction.atomic
def set_step(step: ApplicationStep, *, by, reason: str = "", **fields: Any) -> ApplicationStep:
    """A step of the application, planned or done on a day."""
    row = locked(step)
    set_fields(row, fields, ("planned_on", "done_on", "comment"))
    if row.done_on and row.done_on > timezone.localdate():
        raise UserError("Cette étape ne peut pas être faite un jour à venir.", field="done_on")
    Deed(by, reason).save(row)
    return brought_up_to_date(step, row)


@transaction.atomic
def remove_label(label: Label, *, by, reason: str) -> None:
    """Remove a label entered by mistake; the history keeps it. One that expired stays: it is true of its years."""
    if not reason.strip():
        raise UserError("Indiquez la raison de la suppression : l’historique la garde.", field="reason")
    row, deed = locked(label), Deed(by, reason)
    if row.audits.exists():
        raise UserError("Des audits portent sur ce label : il ne peut pas être supprimé.")
    for step in row.steps.order_by("pk"):
        deed.delete(step)
    deed.delete(row)


def standings(sites: Iterable, on: date) -> list[LabelStanding]:
    """What each site holds, held or prepares on a day, in one query; « sans label » for one that has none."""
    sites = list(sites)
    rows = Label.objects.filter(site__in=sites).select_related("site", "referential")
    by_site: dict[int, list[LabelStanding]] = defaultdict(list)
    for label in rows.order_by(F("obtained_on").asc(nulls_last=True), "pk"):
        if (state := label.state_on(on)) != LabelState.NONE:
            by_site[label.site_id].append(LabelStanding(label.site, label, state))
    return [one for site in sites for one in by_site[site.pk] or [LabelStanding(site, None, LabelState.NONE)]]


def _plan_follow_up(label: Label, value: FuzzyDate | str) -> None:
    found = parse(value, written_on=label.obtained_on) if isinstance(value, str) else value
    if found.problem:
        raise UserError(found.problem, field="follow_up_planned")
    label.follow_up_planned_text = found.text
    label.follow_up_planned_earliest, label.follow_up_planned_latest = found.earliest, found.latest


def _check(label: Label) -> None:
    if not label.site.is_site:
        raise UserError("Un label est celui d’une préfecture ou d’une sous-préfecture.", field="site")
    if label.level and label.level not in LabelLevel.values:
        raise UserError("Choisissez le niveau du label.", field="level")
    _check_days(label)
    same = Label.objects.filter(site=label.site, referential=label.referential, obtained_on=label.obtained_on)
    if same.exclude(pk=label.pk).exists():
        raise UserError("Ce label est déjà enregistré à cette date.", field="obtained_on")


def _check_days(label: Label) -> None:
    obtained, today = label.obtained_on, timezone.localdate()
    if obtained and obtained > today:
        raise UserError("Un label n’est pas obtenu un jour à venir : laissez la date vide.", field="obtained_on")
    if obtained and label.prepared_from and label.prepared_from > obtained:
        raise UserError("La préparation commence avant l’obtention.", field="prepared_from")
    if label.follow_up_done_on and (obtained is None or label.follow_up_done_on < obtained):
        raise UserError("L’audit de suivi vient après l’obtention du label.", field="follow_up_done_on")
