"""What complaints put in the weekly digest: to each head of service, the open cases of the service, by urgency."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from actions.registries import DigestLine, DigestPart, digest_parts
from complaints.models import Complaint
from core.base.words import due_words


def open_cases(charges: Any, site_ids: set[int], on: date) -> Iterator[DigestLine]:
    """The cases that wait for an answer: for the heads of the service they went to, else of the one they concern.

    One that no service holds is for the référents of its site. Nobody is named: the person is read on the page.
    """
    rows = Complaint.objects.filter(site__in=site_ids).unanswered().for_list().filter(due_on__isnull=False)
    for case in rows:
        unit_id = case.transmitted_to_id or case.service_id
        people = (charges.heads(unit_id) if unit_id else []) or charges.referents(case.site_id)
        for person in people:
            yield DigestLine(person, case.site_id, _told(case, on), reverse("complaints:case", args=[case.reference]))


def _told(case: Complaint, on: date) -> str:
    about = case.theme_label or case.get_channel_display()
    what = f"{case.get_kind_display()} {case.reference} ({about}), reçue le {case.received_on:%d/%m/%Y}"
    is_new = case.acknowledged_on is None and case.acknowledge_by is not None
    return f"{what} : {'à accuser' if is_new else 'à répondre'}, {due_words(case.due_on, on)}"


def register() -> None:
    """Add the part to the digests of the action plans."""
    digest_parts.register(
        DigestPart(
            "complaints",
            "Réclamations et suggestions à traiter",
            "réclamation à traiter",
            "réclamations à traiter",
            open_cases,
            20,
        )
    )
