"""Findings: what an audit, a committee or a survey found, and the engagements it is about."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from actions.enums import FindingKind
from actions.models import Finding, FindingEngagement, Plan
from actions.services import removal
from core.base.errors import UserError
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields
from referential.enums import Theme

FIELDS = ("text", "kind", "theme", "section", "module", "engagement_words", "number")
LARGEST_NUMBER = 32767


@transaction.atomic
def add_finding(
    plan: Plan,
    *,
    text: str,
    by,
    kind: str = FindingKind.OBSERVATION,
    theme: str = Theme.OTHER,
    section: str = "",
    module=None,
    engagement_words: str = "",
    engagements: Iterable = (),
    number: int | None = None,
    effective_at: datetime | None = None,
    reason: str = "",
) -> Finding:
    """Add a finding at the end of the plan, or under the number that the document gives it."""
    plan = locked(plan)
    last = Finding.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    finding = Finding(
        plan=plan,
        number=last + 1 if number is None else number,
        text=text.strip(),
        kind=kind,
        theme=theme,
        section=section.strip(),
        module=module,
        engagement_words=engagement_words.strip(),
    )
    _check(finding)
    deed = Deed(by, reason, effective_at)
    finding = deed.create([finding])[0]
    _link(finding, engagements, deed)
    return finding


@transaction.atomic
def change_finding(
    finding: Finding,
    *,
    by,
    reason: str = "",
    effective_at: datetime | None = None,
    engagements: Iterable | None = None,
    **fields,
) -> Finding:
    """Change the finding: text, kind, theme, section, module, engagement_words, number, engagements."""
    row = locked(finding)
    set_fields(row, fields, FIELDS)
    _check(row)
    deed = Deed(by, reason, effective_at)
    deed.save(row)
    if engagements is not None:
        relink_many({row.pk: list(engagements)}, deed)
    return brought_up_to_date(finding, row)


@transaction.atomic
def move_finding(finding: Finding, *, to: Plan, by, reason: str = "") -> Finding:
    """Move the finding with its actions to the end of another plan of the same site."""
    target, row = locked(to), locked(finding)
    if target.site_id != row.plan.site_id:
        raise UserError("Un constat reste sur son site : choisissez un plan du même site.", field="plan")
    if target.pk != row.plan_id:
        row.plan = target
        row.number = (Finding.objects.filter(plan=target).aggregate(last=Max("number"))["last"] or 0) + 1
        Deed(by, reason).save(row)
    return brought_up_to_date(finding, row)


@transaction.atomic
def remove_finding(finding: Finding, *, by, reason: str) -> None:
    """Remove the finding and its actions; the history keeps them."""
    row = locked(finding)
    removal.refuse_without_reason(reason)
    removal.remove(row, Deed(by, reason))


def _check(finding: Finding) -> None:
    if not finding.text:
        raise UserError("Écrivez le constat.", field="text")
    if finding.kind not in FindingKind.values:
        raise UserError("Choisissez la nature du constat.", field="kind")
    if finding.theme not in Theme.values:
        raise UserError("Choisissez le thème du constat.", field="theme")
    if not 1 <= finding.number <= LARGEST_NUMBER:
        raise UserError(f"Le numéro d’un constat va de 1 à {LARGEST_NUMBER}.", field="number")
    if Finding.objects.filter(plan=finding.plan_id, number=finding.number).exclude(pk=finding.pk).exists():
        raise UserError(f"Le plan a déjà un constat numéro {finding.number}.", field="number")


def _link(finding: Finding, engagements: Iterable, deed: Deed) -> None:
    deed.create(FindingEngagement(finding=finding, engagement=one) for one in dict.fromkeys(engagements))


def relink_many(wanted: Mapping[int, Iterable], deed: Deed) -> None:
    """Make them the engagements of the findings, in queries that do not grow with them."""
    links = list(FindingEngagement.objects.filter(finding__in=wanted).order_by("pk"))
    there = {(link.finding_id, link.engagement_id) for link in links}
    kept = {(pk, one.pk) for pk, several in wanted.items() for one in several}
    for own, pks in deed.unless_overtaken(FindingEngagement.history.all(), "finding_id", wanted):
        gone = (link for link in links if (link.finding_id, link.engagement_id) not in kept)
        own.delete_all(link for link in gone if link.finding_id in pks)
        new = ((pk, one) for pk in pks for one in dict.fromkeys(wanted[pk]) if (pk, one.pk) not in there)
        own.create(FindingEngagement(finding_id=pk, engagement=one) for pk, one in new)
