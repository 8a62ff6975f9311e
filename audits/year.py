"""The audits, the terms of the labels and the checks of the documents of the year."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from audits.enums import AuditKind
from audits.models import Audit, DocumentCheck, Label
from audits.terms.labels import follow_up_due_on, valid_until
from core.base.words import counted
from core.base.year import Milestone, YearlyEvent, yearly_events
from organisations.permissions import Permission

OWN = (AuditKind.INTERNAL, AuditKind.SELF_ASSESSMENT, AuditKind.SELF_DIAGNOSIS)
FROM_OUTSIDE = (AuditKind.EXTERNAL, AuditKind.FOLLOW_UP)


def own_audits(user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """What the site looks at by itself: internal audits, self-assessments, self-diagnoses."""
    return _audits(OWN, user, sites, first, last)


def audits_from_outside(user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """External and follow-up audits."""
    return _audits(FROM_OUTSIDE, user, sites, first, last)


def label_terms(user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """The day a follow-up is due and the last day of each label."""
    rows = (
        Label.objects.visible_to(user).filter(site__in=sites, obtained_on__isnull=False).select_related("referential")
    )
    for label in rows:
        terms = {"dernier jour": valid_until(label.obtained_on)}
        if label.follow_up_done_on is None:
            terms["audit de suivi à faire au plus tard"] = follow_up_due_on(label.obtained_on)
        for words, on in terms.items():
            if first <= on <= last:
                url = reverse("audits:label", args=[label.pk])
                yield Milestone(f"{label.name} : {words}", on, None, url, label.site_id)


def document_checks(user: Any, sites: Collection[int], first: date, last: date) -> Iterator[Milestone]:
    """The documents checked in a year, one milestone for all."""
    days: dict[tuple[int, int], list[date]] = defaultdict(list)
    rows = DocumentCheck.objects.visible_to(user).filter(document__site__in=sites, checked_on__range=(first, last))
    for site_id, on in rows.order_by("checked_on").values_list("document__site", "checked_on"):
        days[site_id, on.year].append(on)
    for (site_id, _year), found in days.items():
        yield Milestone(
            f"{counted(len(found), 'document vérifié', 'documents vérifiés')}",
            found[0],
            found[-1],
            reverse("audits:documents"),
            site_id,
        )


def _audits(
    kinds: Iterable[AuditKind], user: Any, sites: Collection[int], first: date, last: date
) -> Iterator[Milestone]:
    rows = Audit.objects.visible_to(user).filter(kind__in=list(kinds), site__in=sites, starts_on__range=(first, last))
    for one in rows.order_by("starts_on", "pk"):
        url = reverse("audits:audit", args=[one.pk])
        yield Milestone(str(one.get_kind_display()), one.starts_on, one.ends_on, url, one.site_id)


def register() -> None:
    """Register what `audits` holds with the year of quality."""
    view, edit = Permission.AUDIT_VIEW, Permission.AUDIT_EDIT
    for event in (
        YearlyEvent("own_audits", "Audit interne", view, own_audits, "audits:audit-create", edit, 50),
        YearlyEvent("outside_audits", "Audit externe ou de suivi", view, audits_from_outside, "", "", 51),
        YearlyEvent("label_terms", "Échéances des labels", view, label_terms, "", "", 52),
        YearlyEvent("documents", "Vérification des documents", view, document_checks, "audits:documents", edit, 60),
    ):
        yearly_events.register(event)
