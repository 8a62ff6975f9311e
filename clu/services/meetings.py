"""Meetings: planned from a template, moved, cancelled; their agenda, and what was not treated carried over."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction

from actions.services import deadlines
from clu.enums import ItemContent, ItemState
from clu.models import AgendaItem, Attendance, Committee, Meeting
from clu.rules.agendas import template_of
from core.base.errors import UserError
from core.record import history
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

FIELDS = ("held_on", "starts_at", "place", "chair", "note")
ITEM_FIELDS = ("title", "content", "speaker", "text", "state", "position")


@transaction.atomic
def plan(
    committee: Committee,
    *,
    held_on: date,
    by,
    starts_at: time | None = None,
    place: str = "",
    chair: str = "",
    note: str = "",
    from_template: bool = True,
    reason: str = "",
) -> Meeting:
    """Plan a meeting with the usual agenda of the committee, and what the last one left untreated."""
    meeting = Meeting(
        committee=committee,
        held_on=held_on,
        starts_at=starts_at,
        place=place.strip(),
        chair=chair.strip() or committee.chair,
        note=note.strip(),
    )
    _refuse_twice(meeting)
    history.save(meeting, by=by, reason=reason)
    if from_template:
        set_agenda(meeting, template_of(committee.kind_on(held_on)), by=by, reason=reason)
        carry_over(meeting, by=by, reason=reason)
    deadlines.follow_events(committee.site, by=by)
    return meeting


@transaction.atomic
def ensure(committee: Committee, held_on: date, *, by, reason: str = "") -> Meeting:
    """The meeting of that day, created without an agenda when it is missing: nobody knows what it was."""
    known = Meeting.objects.filter(committee=committee, held_on=held_on).first()
    return known or plan(committee, held_on=held_on, from_template=False, by=by, reason=reason)


@transaction.atomic
def change(meeting: Meeting, *, by, reason: str = "", **fields) -> Meeting:
    """Change the day, hour, place, chair and note; deadlines that wait for it follow its day."""
    row = locked(meeting)
    moved = fields.get("held_on", row.held_on) != row.held_on
    set_fields(row, fields, FIELDS)
    _refuse_twice(row)
    if row.validated_on and row.validated_on < row.held_on:
        raise UserError("Le compte rendu est validé : la réunion ne passe pas après lui.", field="held_on")
    Deed(by, reason).save(row)
    if moved:
        deadlines.follow_events(row.committee.site, by=by)
    return brought_up_to_date(meeting, row)


@transaction.atomic
def cancel(meeting: Meeting, *, by, reason: str) -> None:
    """Cancel a meeting that nobody attended and of which nothing was written."""
    row = locked(meeting)
    if row.notes.exists() or row.opinions.exists() or row.attendances.exclude(presence="").exists():
        raise UserError("Cette réunion s’est tenue : ce qui s’y est dit ne s’efface pas.")
    if not reason.strip():
        raise UserError("Dites pourquoi la réunion est annulée.", field="reason")
    history.bulk_delete(Attendance.objects.filter(meeting=row), by=by, reason=reason)
    history.bulk_delete(AgendaItem.objects.filter(meeting=row), by=by, reason=reason)
    history.delete(row, by=by, reason=reason)


@transaction.atomic
def set_agenda(meeting: Meeting, lines: Sequence[tuple[str, str]], *, by, reason: str = "") -> list[AgendaItem]:
    """Write an agenda after what is there: (title, content)."""
    last = meeting.items.count()
    items = [
        AgendaItem(meeting=meeting, position=last + rank, title=title, content=content)
        for rank, (title, content) in enumerate(lines, start=1)
    ]
    return history.bulk_create(items, by=by, reason=reason)


@transaction.atomic
def carry_over(meeting: Meeting, *, by, reason: str = "") -> list[AgendaItem]:
    """Add what earlier meetings left to the next one and no meeting has taken up since."""
    left = AgendaItem.objects.filter(
        meeting__committee=meeting.committee_id,
        meeting__held_on__lt=meeting.held_on,
        state=ItemState.CARRIED,
        carried_to__isnull=True,
    ).order_by("meeting__held_on", "position", "pk")
    last = meeting.items.count()
    items = [
        AgendaItem(
            meeting=meeting,
            position=last + rank,
            title=item.title,
            content=ItemContent.FREE,
            text=item.text,
            speaker=item.speaker,
            carried_from=item,
        )
        for rank, item in enumerate(left, start=1)
    ]
    return history.bulk_create(items, by=by, reason=reason)


@transaction.atomic
def add_item(
    meeting: Meeting, *, title: str, by, content: str = "", speaker: str = "", text: str = "", reason: str = ""
) -> AgendaItem:
    """Add an item at the end of the agenda."""
    if not title.strip():
        raise UserError("Donnez un titre au point.", field="title")
    last = meeting.items.order_by("-position").values_list("position", flat=True).first() or 0
    item = AgendaItem(
        meeting=meeting,
        title=title.strip(),
        content=content,
        speaker=speaker.strip(),
        text=text.strip(),
        position=last + 1,
    )
    history.save(item, by=by, reason=reason)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by, reason: str = "", **fields) -> AgendaItem:
    row = locked(item)
    set_fields(row, fields, ITEM_FIELDS)
    Deed(by, reason).save(row)
    return brought_up_to_date(item, row)


def treat(item: AgendaItem, *, by) -> AgendaItem:
    return change_item(item, state=ItemState.TREATED, by=by)


@transaction.atomic
def postpone(item: AgendaItem, *, by) -> AgendaItem:
    """Leave an item to the next meeting; one that is already planned takes it at once."""
    row = change_item(item, state=ItemState.CARRIED, by=by)
    meeting = row.meeting
    later = Meeting.objects.filter(committee=meeting.committee_id, held_on__gt=meeting.held_on)
    following = later.order_by("held_on").first()
    if following:
        carry_over(following, by=by)
    return row


@transaction.atomic
def remove_item(item: AgendaItem, *, by, reason: str = "") -> None:
    if item.notes.exists():
        raise UserError("Des remarques sont notées sous ce point : il ne se supprime pas.")
    history.delete(item, by=by, reason=reason)


def _refuse_twice(meeting: Meeting) -> None:
    same = Meeting.objects.filter(committee=meeting.committee_id, held_on=meeting.held_on).exclude(pk=meeting.pk)
    if same.exists():
        raise UserError(f"{meeting.title} : cette réunion est déjà enregistrée.", field="held_on")
