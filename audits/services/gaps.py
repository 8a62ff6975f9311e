"""From a gap of an audit to a finding of the action plan, in one click."""

from django.db import transaction

from actions.enums import FindingKind, Origin
from actions.models import Finding, Plan
from actions.services import findings, plans
from audits.enums import FINDINGS, AuditKind, Result
from audits.models import Audit, AuditFinding, AuditRow
from audits.results import is_gap
from audits.terms.grids import mark_words
from core.base.errors import UserError
from core.record.deeds import Deed, locked

ORIGINS = {
    AuditKind.INTERNAL: Origin.INTERNAL_AUDIT,
    AuditKind.EXTERNAL: Origin.EXTERNAL_AUDIT,
    AuditKind.FOLLOW_UP: Origin.EXTERNAL_AUDIT,
}
LONGEST_TITLE = 300


@transaction.atomic
def open_finding(row: AuditRow, *, by, reason: str = "") -> Finding:
    """The finding that a row opens in the plan of its audit; the same one when it is asked again."""
    row = locked(row, "audit__site", "engagement", "module")
    known = AuditFinding.objects.filter(row=row).select_related("finding").first()
    if known:
        return known.finding
    if row.result not in FINDINGS and not is_gap(row, row.audit.score_scale):
        raise UserError("Seul un point fort, un point sensible, une piste de progrès ou un écart devient un constat.")
    reason = reason or f"Constat de « {row.audit} »"
    finding = findings.add_finding(
        plan_of(row.audit, by=by, reason=reason),
        text=_text(row),
        kind=FindingKind(Result(row.result).value) if row.result in FINDINGS else FindingKind.IMPROVEMENT,
        section=row.section,
        module=row.module,
        engagement_words=row.engagement_words,
        engagements=[row.engagement] if row.engagement else [],
        by=by,
        reason=reason,
    )
    Deed(by, reason).create([AuditFinding(row=row, finding=finding)])
    return finding


@transaction.atomic
def open_findings(audit: Audit, *, by, reason: str = "") -> list[Finding]:
    """Every gap of an audit as a finding of its plan, in one go; those there already stay as they are."""
    audit = locked(audit)
    rows = audit.rows.filter(opened=None).order_by("position", "pk")
    found = [row for row in rows if is_gap(row, audit.score_scale)]
    if not found:
        raise UserError("Tous les écarts de cet audit sont déjà au plan d’actions.")
    return [open_finding(row, by=by, reason=reason) for row in found]


def _text(row: AuditRow) -> str:
    """The words of the auditor; a mark without words is told with the structure it is of."""
    what = row.requirement or row.engagement_words or (str(row.engagement) if row.engagement else row.section)
    if row.result or row.score is None:
        return row.comment or what
    told = f"{what} : {mark_words(row.score)} sur {row.audit.score_scale}"
    where = f" ({row.structure})" if row.structure else ""
    return f"{told}{where}{f'. {row.comment}' if row.comment else ''}"


def plan_of(audit: Audit, *, by, reason: str = "") -> Plan:
    """The plan that follows the audit: the one that has its findings, or the one of its title, or a new one."""
    linked = AuditFinding.objects.filter(row__audit=audit).select_related("finding__plan").first()
    if linked:
        return linked.finding.plan
    title = f"Suites – {audit}"[:LONGEST_TITLE]
    known = Plan.objects.filter(site=audit.site_id, title=title).first()
    return known or plans.create_plan(
        site=audit.site,
        title=title,
        origin=ORIGINS.get(AuditKind(audit.kind), Origin.OTHER),
        origin_on=audit.ends_on,
        referential=audit.referential,
        by=by,
        reason=reason,
    )
