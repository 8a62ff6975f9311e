"""Minutes: drafted from what was recorded, read as titles, bullets and paragraphs; internal remarks stay out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from clu.enums import ItemState, NoteKind, Presence
from clu.models import AgendaItem, Attendance, Meeting, Note, Opinion
from clu.rules.attendance import quorum_sentence

HEADINGS = {Presence.PRESENT: "Présents", Presence.EXCUSED: "Excusés", Presence.ABSENT: "Absents"}
SAID = {NoteKind.REMARK: "", NoteKind.REQUEST: "Demande : ", NoteKind.DECISION: "Décision : "}


class MinutesBlock(StrEnum):
    TITLE = "title"
    BULLET = "bullet"
    TEXT = "text"


@dataclass(frozen=True)
class MinutesLine:
    """A line of minutes as it is printed."""

    block: MinutesBlock
    text: str


@dataclass(frozen=True)
class Recorded:
    """What was recorded of a meeting."""

    meeting: Meeting
    attendances: Sequence[Attendance]
    items: Sequence[AgendaItem]
    notes: Sequence[Note]
    opinions: Sequence[Opinion]


def draft(recorded: Recorded) -> str:
    """The minutes as they follow from what was recorded, to be reread by a person."""
    lines = [*_opening(recorded), *_attendance(recorded), *_items(recorded), *_opinions(recorded)]
    return "\n".join(lines).strip() + "\n"


def lines_of(text: str) -> Iterator[MinutesLine]:
    """« ## Titre », « - puce », anything else is a paragraph; an empty line says nothing."""
    for line in text.splitlines():
        said = line.strip()
        if said.startswith("#"):
            yield MinutesLine(MinutesBlock.TITLE, said.lstrip("# "))
        elif said.startswith(("- ", "• ")):
            yield MinutesLine(MinutesBlock.BULLET, said[2:].strip())
        elif said:
            yield MinutesLine(MinutesBlock.TEXT, said)


def _opening(recorded: Recorded) -> Iterator[str]:
    meeting = recorded.meeting
    name = meeting.committee.name_on(meeting.held_on)
    place = f", {meeting.place}" if meeting.place else ""
    hour = f" à {meeting.starts_at:%H h %M}" if meeting.starts_at else ""
    yield f"Le {name} s’est réuni le {meeting.held_on:%d/%m/%Y}{hour}{place}."
    if meeting.chair:
        yield f"La réunion était présidée par {meeting.chair}."


def _attendance(recorded: Recorded) -> Iterator[str]:
    if told := quorum_sentence(recorded.meeting.committee.quorum, recorded.attendances):
        yield told
    for presence, title in HEADINGS.items():
        rows = [row for row in recorded.attendances if row.presence == presence]
        if rows:
            yield from ("", f"## {title}")
            yield from (f"- {person_words(row)}" for row in rows)


def person_words(row: Attendance) -> str:
    """« Mme Martin, présidente (UFC), suppléante »: quality and organisation beside the name."""
    name = ", ".join(filter(None, (row.person, row.function)))
    said = f"{name} ({row.organisation})" if name and row.organisation else name or row.organisation
    return f"{said}, suppléant" if row.is_deputy else said


def _items(recorded: Recorded) -> Iterator[str]:
    sent = [note for note in recorded.notes if not note.is_internal]
    for rank, item in enumerate(recorded.items, start=1):
        yield from ("", f"## {rank}. {item.title}")
        if item.state == ItemState.CARRIED:
            yield "Ce point est reporté à la prochaine réunion."
        yield from (f"- {line.strip()}" for line in item.text.splitlines() if line.strip())
        yield from _notes(note for note in sent if note.item_id == item.pk)
    if others := [note for note in sent if note.item_id is None]:
        yield from ("", "## Échanges")
        yield from _notes(others)


def _notes(notes: Iterable[Note]) -> Iterator[str]:
    for note in notes:
        author = f" ({note.author})" if note.author else ""
        yield f"- {SAID[NoteKind(note.kind)]}{' '.join(note.text.split())}{author}"


def _opinions(recorded: Recorded) -> Iterator[str]:
    given = [row for row in recorded.opinions if row.advice]
    if given:
        yield from ("", "## Avis rendus")
    for row in given:
        who = f" ({row.organisation})" if row.organisation else ""
        comment = f". {' '.join(row.comment.split())}" if row.comment else ""
        yield f"- {row.title} : avis {row.get_advice_display().lower()}{who}{comment}"
