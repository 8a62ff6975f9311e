"""Plans: opened for an origin at a site, changed, removed with all they hold."""

from datetime import date, datetime

from django.db import transaction

from actions.enums import Origin
from actions.models import Action, Plan
from actions.services import removal
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

FIELDS = ("title", "origin", "origin_on", "referential", "updated_on", "comment")


@transaction.atomic
def create_plan(
    *,
    site,
    title: str,
    origin: str,
    by,
    origin_on: date | None = None,
    referential=None,
    comment: str = "",
    updated_on: date | None = None,
    effective_at: datetime | None = None,
    reason: str = "",
) -> Plan:
    """Open a plan at a site. UserError on a unit that is no site, a title already taken, an unknown origin."""
    plan = Plan(
        site=site,
        title=title.strip(),
        origin=origin,
        origin_on=origin_on,
        referential=referential,
        comment=comment.strip(),
        updated_on=updated_on,
    )
    _check(plan)
    return Deed(by, reason, effective_at).create([plan])[0]


@transaction.atomic
def change_plan(plan: Plan, *, by, reason: str = "", effective_at: datetime | None = None, **fields) -> Plan:
    """Change what the plan says of itself: title, origin, origin_on, referential, updated_on, comment."""
    row = locked(plan)
    set_fields(row, fields, FIELDS)
    _check(row)
    if "origin_on" in fields:
        _refuse_origin_after_actions(row)
    Deed(by, reason, effective_at).save(row)
    return brought_up_to_date(plan, row)


@transaction.atomic
def remove_plan(plan: Plan, *, by, reason: str) -> None:
    """Remove the plan, its findings and their actions; the history keeps them all."""
    row = locked(plan)
    removal.refuse_without_reason(reason)
    removal.remove(row, Deed(by, reason))


def _check(plan: Plan) -> None:
    if not plan.site.is_site:
        raise UserError("Un plan d’actions appartient à une préfecture ou à une sous-préfecture.", field="site")
    if not plan.title:
        raise UserError("Donnez un intitulé au plan.", field="title")
    if plan.origin not in Origin.values:
        raise UserError("Choisissez l’origine du plan.", field="origin")
    if Plan.objects.filter(site=plan.site, title=plan.title).exclude(pk=plan.pk).exists():
        raise UserError(f"« {plan.site} » a déjà un plan intitulé « {plan.title} ».", field="title")


def _refuse_origin_after_actions(plan: Plan) -> None:
    """An origin moved after a deadline or a day of realisation would make no sense of it."""
    if plan.origin_on is None:
        return
    rows = Action.objects.filter(finding__plan=plan).order_by("pk")
    if early := rows.filter(deadline_latest__lt=plan.origin_on).first():
        raise UserError(
            f"L’échéance « {early.deadline_text} » de « {early} » précède cette date : vérifiez l’une des deux.",
            field="origin_on",
        )
    if early := rows.filter(done_on__lt=plan.origin_on).first():
        raise UserError(
            f"« {early} » a été réalisée le {early.done_on:%d/%m/%Y}, avant cette date : vérifiez l’une des deux.",
            field="origin_on",
        )
