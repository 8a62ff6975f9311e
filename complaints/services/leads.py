"""From a case to the action plan: a finding that is there already, or a new one in the plan of the year."""

from typing import Any

from django.db import transaction

from actions.enums import FindingKind, Origin
from actions.models import Finding, Plan
from actions.services import findings, plans
from complaints.enums import Nature
from complaints.models import CaseFinding, Complaint
from complaints.services import cases
from core.base.errors import UserError

KINDS = {Nature.COMPLIMENT: FindingKind.STRENGTH, Nature.SUGGESTION: FindingKind.IMPROVEMENT}
REASON = "Suite donnée au plan d’actions"


@transaction.atomic
def lead(case: Complaint, *, by: Any, finding: Finding | None = None, text: str = "", reason: str = "") -> CaseFinding:
    """Say which finding a case led to; words open a new one, several cases may lead to it afterwards."""
    reason = reason or REASON
    if finding is None:
        if not text.strip():
            raise UserError("Choisissez un constat du plan, ou écrivez le nouveau.", field="text")
        finding = findings.add_finding(
            plan_of(case, by=by, reason=reason),
            text=text,
            kind=KINDS.get(Nature(case.kind), FindingKind.OBSERVATION),
            engagements=[case.engagement] if case.engagement else [],
            by=by,
            reason=reason,
        )
    return cases.lead_to(case, finding=finding, by=by, reason=reason)


def plan_of(case: Complaint, *, by: Any, reason: str) -> Plan:
    """« Réclamations et suggestions 2026 » of its site, opened when it is missing."""
    title = f"Réclamations et suggestions {case.received_on.year}"
    known = Plan.objects.filter(site=case.site, title=title).first()
    return known or plans.create_plan(site=case.site, title=title, origin=Origin.COMPLAINT, by=by, reason=reason)
