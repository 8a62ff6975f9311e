"""Findings follow their actions: closed with the last one settled, open again with the first one pending."""

from collections.abc import Iterable

from actions.models import Action, Finding
from actions.rules import closing
from core.record.deeds import Deed


def refresh(findings: Iterable[Finding], deed: Deed) -> None:
    """Close or reopen the findings, which the caller holds."""
    by_pk = {finding.pk: finding for finding in findings}
    actions: dict[int, list[Action]] = {pk: [] for pk in by_pk}
    for action in Action.objects.filter(finding__in=by_pk).order_by("pk"):
        actions[action.finding_id].append(action)
    changed = []
    for pk, finding in sorted(by_pk.items()):
        day = closing.closed_on(actions[pk], before=finding.closed_on, on=deed.on)
        if day != finding.closed_on:
            finding.closed_on = day
            changed.append(finding)
    deed.update(changed, ["closed_on"])
