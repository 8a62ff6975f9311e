"""Audits: planned at a site, their grid filled in, their gaps sent to the action plan."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from audits.enums import FINDINGS, AuditKind, Result
from audits.models import Audit, AuditFinding, AuditRow, Label
from audits.services import access
from core.base.errors import UserError
from core.base.words import in_words
from core.importing.places import Problem, warning
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

FIELDS = (
    "kind",
    "starts_on",
    "ends_on",
    "referential",
    "label",
    "body",
    "auditors",
    "schedule",
    "score_scale",
    "conclusion",
)
ROW_FIELDS = (
    "section",
    "module",
    "engagement",
    "engagement_words",
    "requirement",
    "methods",
    "evidence_expected",
    "structure",
    "result",
    "score",
    "comment",
    "document",
)


@transaction.atomic
def open_audit(
    *, site, kind: str, starts_on: date, by, ends_on: date | None = None, reason: str = "", **fields: Any
) -> Audit:
    """Plan or record an audit of a site. UserError on a unit that is no site, dates in disorder, one already there."""
    audit = Audit(site=site, kind=kind, starts_on=starts_on, ends_on=ends_on or starts_on)
    set_fields(audit, fields, FIELDS)
    _check(audit)
    return Deed(by, reason).create([audit])[0]


@transaction.atomic
def change_audit(audit: Audit, *, by, reason: str = "", **fields: Any) -> Audit:
    """Change what the audit says of itself; the access of its auditors follows its last day."""
    row = locked(audit, "site", "label")
    was = row.ends_on
    set_fields(row, fields, FIELDS)
    _check(row)
    Deed(by, reason).save(row)
    if row.ends_on != was:
        access.follow(row, was=was, by=by, reason=reason)
    return brought_up_to_date(audit, row)


@transaction.atomic
def remove_audit(audit: Audit, *, by, reason: str) -> None:
    """Remove an audit with its grid; the history keeps them, and the plan its findings."""
    if not reason.strip():
        raise UserError("Indiquez la raison de la suppression : l’historique la garde.", field="reason")
    row, deed = locked(audit), Deed(by, reason)
    if row.accesses.exists():
        raise UserError("Des auditeurs ont accès pour cet audit : mettez fin à leur accès d’abord.")
    deed.delete_all(AuditFinding.objects.filter(row__audit=row).order_by("pk"))
    deed.delete_all(row.rows.order_by("pk"))
    deed.delete(row)


@transaction.atomic
def add_rows(audit: Audit, rows: Sequence[AuditRow], *, by, reason: str = "") -> list[AuditRow]:
    """Add rows at the end of the grid."""
    audit = locked(audit)
    last = AuditRow.objects.filter(audit=audit).aggregate(last=Max("position"))["last"] or 0
    for position, row in enumerate(rows, start=last + 1):
        row.audit, row.position = audit, position
        _check_row(row)
    return Deed(by, reason).create(rows)


@transaction.atomic
def add_row(audit: Audit, *, by, reason: str = "", **fields: Any) -> AuditRow:
    """Add a requirement to the grid."""
    row = AuditRow()
    set_fields(row, fields, ROW_FIELDS)
    return add_rows(audit, [row], by=by, reason=reason)[0]


@transaction.atomic
def change_row(grid_row: AuditRow, *, by, reason: str = "", **fields: Any) -> AuditRow:
    """Say what was found of a requirement, or correct it."""
    row = locked(grid_row)
    set_fields(row, fields, ROW_FIELDS)
    _check_row(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(grid_row, row)


@transaction.atomic
def remove_row(grid_row: AuditRow, *, by, reason: str = "") -> None:
    Deed(by, reason).delete(locked(grid_row))


@transaction.atomic
def state_none(audit: Audit, results: Iterable[str], *, by, reason: str = "") -> Audit:
    """The audit says « aucun » of these kinds of findings, beside those it said before."""
    row = locked(audit)
    row.stated_none = [one.value for one in FINDINGS if one in {*row.stated_none, *results}]
    Deed(by, reason).save(row)
    return brought_up_to_date(audit, row)


def doubts(audit: Audit) -> list[Problem]:
    """What the page of an audit warns of: a follow-up before the label it follows up."""
    return list(date_problems(audit.site, audit.kind, audit.starts_on)) if audit.kind == AuditKind.FOLLOW_UP else []


def date_problems(site, kind: str, on: date) -> Iterator[Problem]:
    """What is odd about the day of an audit: before any label of the site, a follow-up without label."""
    days = Label.objects.filter(site=site, obtained_on__isnull=False).order_by("obtained_on")
    first = days.select_related("referential").first()
    what = AuditKind(kind).label
    if first is None:
        if kind == AuditKind.FOLLOW_UP:
            yield warning(f"« {site} » n’a pas de label à cette date : un audit de suivi en suit un.")
    elif first.obtained_on and on < first.obtained_on:
        yield warning(
            f"{what} du {in_words(on)} : il précède le label « {first} », obtenu le {in_words(first.obtained_on)}. "
            "Vérifiez les deux dates."
        )


def _check(audit: Audit) -> None:
    if not audit.site.is_site:
        raise UserError("Un audit porte sur une préfecture ou une sous-préfecture.", field="site")
    if audit.kind not in AuditKind.values:
        raise UserError("Choisissez la nature de l’audit.", field="kind")
    if audit.ends_on < audit.starts_on:
        raise UserError("Le dernier jour de l’audit précède le premier.", field="ends_on")
    same = Audit.objects.filter(site=audit.site, kind=audit.kind, starts_on=audit.starts_on)
    if same.exclude(pk=audit.pk).exists():
        raise UserError(f"« {audit.site} » a déjà « {audit} ».", field="starts_on")
    if audit.label is not None and audit.label.site_id != audit.site_id:
        raise UserError("Ce label est celui d’un autre site.", field="label")


def _check_row(row: AuditRow) -> None:
    if row.result and row.result not in Result.values:
        raise UserError("Choisissez le résultat parmi ceux de la liste.", field="result")
    if not (row.requirement or row.comment or row.engagement_words or row.engagement):
        raise UserError("Dites ce qui est audité : une exigence, un engagement ou un constat.", field="requirement")
    if row.score is not None and not 0 <= row.score <= row.audit.score_scale:
        raise UserError(f"La note va de 0 à {row.audit.score_scale}.", field="score")
