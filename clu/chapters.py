"""The committees in the annual report: the comité local des usagers, then the steering committee."""

from collections.abc import Mapping, Sequence

from clu.enums import CommitteeKind, NoteKind
from clu.models import Meeting
from clu.publications.plans import reply_of, state_of
from clu.rules.attendance import counts, counts_in_words
from core.base import registries
from core.base.words import in_words
from organisations.models import Unit

CLU, COPIL = (CommitteeKind.CLU, CommitteeKind.CLAC), (CommitteeKind.COPIL,)


def clu(site: Unit, year: int) -> Mapping:
    return _context(site, year, CLU, "Le comité local des usagers")


def copil(site: Unit, year: int) -> Mapping:
    return _context(site, year, COPIL, "Le comité de pilotage")


def _context(site: Unit, year: int, kinds: Sequence[CommitteeKind], name: str) -> Mapping:
    """The meetings of the year with who came, the opinions and what became of the requests."""
    rows = Meeting.objects.for_list().filter(committee__site=site, held_on__year=year).order_by("held_on", "pk")
    rows = rows.prefetch_related(
        "items", "attendances", "opinions", "notes__finding__actions", "notes__action", "notes__finding"
    )
    held = [meeting for meeting in rows if meeting.committee.kind_on(meeting.held_on) in kinds]
    summary = f"{name} a été réuni {_times(len(held))} en {year} : {_days(held)}." if held else ""
    return {
        "is_empty": not held,
        "summary": summary,
        "brief": [summary],
        "meetings": [_told(meeting) for meeting in held],
    }


def _times(number: int) -> str:
    return "une fois" if number == 1 else f"{number} fois"


def _days(held: Sequence[Meeting]) -> str:
    days = [f"le {in_words(meeting.held_on)}" for meeting in held]
    return " et ".join(filter(None, [", ".join(days[:-1]), *days[-1:]]))


def _told(meeting: Meeting) -> Mapping:
    requests = [one for one in meeting.notes.all() if one.kind == NoteKind.REQUEST and not one.is_internal]
    return {
        "pk": meeting.pk,
        "title": meeting.title,
        "came": counts_in_words(counts(meeting.attendances.all())),
        "items": [item.title for item in meeting.items.all()],
        "opinions": [row for row in meeting.opinions.all() if row.advice],
        "requests": [(one.text, reply_of(one), state_of(one)) for one in requests],
    }


def register() -> None:
    """Register the chapters with the annual report."""
    for code, title, position, context in (
        ("clu", "Le comité local des usagers", 470, clu),
        ("copil", "Le comité de pilotage", 480, copil),
    ):
        registries.report_sections.register(
            registries.ReportSection(
                code=code,
                title=title,
                position=position,
                context=context,
                template="clu/report/chapter.html",
                source="clu:committees",
                origin="convocations, présences et comptes rendus",
            )
        )
