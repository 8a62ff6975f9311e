"""The inner leg: a case sent to a service whose answer is not known is asked for again, then told to the référent."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from complaints.models import Complaint
from core.jobs import notices
from organisations.enums import Role
from organisations.models import Membership, Unit, User

AFTER = timedelta(days=7)  # without news, the service is asked
ESCALATES = timedelta(days=21)  # without news still, its référent is told
KIND = "complaint_chase"


def chase(on: date | None = None) -> int:
    """Each working morning: ask the services for what they were sent, once a week; how many mails leave."""
    today, sent = on or timezone.localdate(), 0
    waiting = Complaint.objects.open().transmitted_without_copy().filter(transmitted_on__lte=today - AFTER)
    for case in waiting.select_related("site", "transmitted_to").order_by("pk"):
        age = today - case.transmitted_on
        week = age.days // AFTER.days
        people = _heads(case.transmitted_to, today) if case.transmitted_to else []
        if age >= ESCALATES or not people:
            people = [*people, *_referents(case.site, today)]
        for person in people:
            sent += _ask(case, person, today, week)
    return sent


def _ask(case: Complaint, person: User, today: date, week: int) -> bool:
    url = notices.absolute(reverse("complaints:case", args=[case.reference]))
    body = (
        f"Le dossier {case.reference}, reçu le {case.received_on:%d/%m/%Y}, a été transmis à {case.transmitted_label} "
        f"le {case.transmitted_on:%d/%m/%Y}. Aucune réponse n’est connue : notez-la, ou dites où elle en est.\n\n{url}"
    )
    key = f"{case.reference}:{week}"
    subject = f"{case.reference} : transmis, copie de la réponse non reçue"
    already = notices.Notice.objects.filter(kind=KIND, key=key, recipient=person.email.lower()).exists()
    return not already and notices.send(KIND, to=person, subject=subject, body=body, key=key, on=today) is not None


def _heads(unit: Unit, today: date) -> list[User]:
    return _holders(unit, today, Role.HEAD_OF_SERVICE)


def _referents(site: Unit, today: date) -> list[User]:
    return _holders(site, today, Role.QUALITY_REFERENT)


def _holders(unit: Unit, today: date, role: str) -> list[User]:
    """Who holds a role there, or in the nearest unit above."""
    lineage = [one.pk for one in unit.ancestors(include_self=True)]
    rows = Membership.objects.in_force(today).filter(unit__in=lineage, role=role, user__is_active=True)
    nearest: dict[int, list[User]] = {}
    for row in rows.select_related("user").order_by("user_id"):
        nearest.setdefault(lineage.index(row.unit_id), []).append(row.user)
    return nearest[max(nearest)] if nearest else []
