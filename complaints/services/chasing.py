"""The inner leg: a case sent to a service whose answer is not known is asked for again, then told to the référent."""

from datetime import date, timedelta

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from complaints.models import Complaint
from core.base.words import counted
from core.jobs import notices
from organisations.enums import Role
from organisations.models import Membership, Unit, User

AFTER = timedelta(days=7)  # without news, the service is asked
ESCALATES = timedelta(days=21)  # without news still, its référent is told
KIND = "complaint_chase"
MOST = 30  # cases told in a mail


def chase(on: date | None = None) -> int:
    """Each working morning: ask the services for what they were sent, one mail a week each; how many leave."""
    today = on or timezone.localdate()
    sent_on = Coalesce("transmitted_on", "received_on")  # a register may say to whom, and not when
    waiting = Complaint.objects.open().transmitted_without_copy().alias(sent_on=sent_on)
    waiting = waiting.filter(sent_on__lte=today - AFTER).order_by(sent_on, "pk")
    by_person: dict[User, list[Complaint]] = {}
    for case in waiting.select_related("site", "transmitted_to"):
        people = _heads(case.transmitted_to, today) if case.transmitted_to else []
        if not people or today - (case.transmitted_on or case.received_on) >= ESCALATES:
            people = [*people, *_referents(case.site, today)]
        for person in dict.fromkeys(people):
            by_person.setdefault(person, []).append(case)
    return sum(_ask(person, cases, today) for person, cases in by_person.items())


def _ask(person: User, cases: list[Complaint], today: date) -> bool:
    """Ask a person about all that is waited for; False where they were asked less than a week ago."""
    lately = notices.Notice.objects.filter(kind=KIND, recipient=person.email.lower(), sent_on__gt=today - AFTER)
    if lately.exists():
        return False
    name = cases[0].reference if len(cases) == 1 else f"{len(cases)} dossiers"
    lines = [_line(case) for case in cases[:MOST]]
    if len(cases) > MOST:
        lines.append(f"- et {counted(len(cases) - MOST, 'autre dossier', 'autres dossiers')}")
    body = (
        "Aucune réponse n’est connue de ce qui a été transmis : notez-la, ou dites où elle en est.\n\n"
        + "\n".join(lines)
        + f"\n\n{notices.absolute(reverse('complaints:cases'))}?state=transmis"
    )
    subject = f"{name} : transmis, copie de la réponse non reçue"
    return notices.send(KIND, to=person, subject=subject, body=body, on=today) is not None


def _line(case: Complaint) -> str:
    to = f" à {case.transmitted_label}" if case.transmitted_label else ""
    day = f" le {case.transmitted_on:%d/%m/%Y}" if case.transmitted_on else ""
    url = notices.absolute(reverse("complaints:case", args=[case.reference]))
    return f"- {case.reference}, reçu le {case.received_on:%d/%m/%Y}, transmis{to}{day} : {url}"


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
