"""Mails of training: the convocation to a session, with its event of a calendar."""

from collections.abc import Iterable

from core.base.agenda import event_ics
from core.base.words import long_day
from core.jobs import notices
from core.models import Notice
from training.models import Agent, Enrolment, Session

CONVOCATION = "training_convocation"
JOINED = "L’événement d’agenda est joint à ce message."


def notify_convocation(enrolment: Enrolment, *, session: Session) -> Notice | None:
    """Send the convocation to an agent; None when it went already today, or without an address."""
    if not enrolment.agent.email:
        return None
    place = f"\nLieu : {session.place}" if session.place else ""
    provider = f"\nOrganisme : {session.course.provider}" if session.course.provider else ""
    return notices.send(
        CONVOCATION,
        to=enrolment.agent.email,
        key=str(enrolment.pk),
        subject=f"Convocation : {session.course.name}, {days(session)}",
        body=(
            f"Bonjour,\n\nVous êtes convoqué(e) à la formation « {session.course.name} », {days(session)}."
            f"{place}{provider}\n\n"
            "Si vous ne pouvez pas y assister, dites-le dès maintenant à votre chef de service : "
            "la place servira à un autre agent.\n\n" + JOINED
        ),
    )


def days(session: Session) -> str:
    """« le 1er mars 2026 », « du 1er au … mars 2026 »."""
    if session.ends_on == session.starts_on:
        return f"le {long_day(session.starts_on)}"
    return f"du {long_day(session.starts_on)} au {long_day(session.ends_on)}"


def forget(agents: Iterable[Agent]) -> None:
    """Keep no convocation of agents who are about to be erased: it holds their address."""
    addresses = [agent.email.lower() for agent in agents if agent.email]
    Notice.objects.filter(kind=CONVOCATION, recipient__in=addresses).delete()


def files_of(notice: Notice) -> Iterable[notices.File]:
    """The event; nothing for somebody who is not enrolled any more."""
    row = Enrolment.objects.filter(pk=notice.key).select_related("session__course").first()
    if row is None:
        return
    session = row.session
    data = event_ics(
        uid=f"formation-{session.pk}",
        summary=f"Formation : {session.course.name}",
        starts=session.starts_on,
        ends=session.ends_on,
        place=session.place,
    )
    yield f"formation-{session.starts_on:%Y-%m-%d}.ics", data, "text/calendar"


def register() -> None:
    """Join the event to convocations."""
    notices.attachers[CONVOCATION] = notices.Attacher(files_of, JOINED)
