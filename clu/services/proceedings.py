"""What a meeting says: remarks, requests and decisions, opinions; a request becomes a finding and its action."""

from datetime import date

from django.db import transaction
from django.utils.dateformat import format as format_date

from actions.enums import FindingKind, Origin
from actions.models import Finding, Plan
from actions.services import actions, findings, plans
from clu.enums import CommitteeKind, NoteKind
from clu.models import AgendaItem, Meeting, Note, Opinion
from core.base.errors import UserError
from core.record import history
from core.record.deeds import Deed, brought_up_to_date, locked, set_fields

NOTE_FIELDS = ("item", "kind", "text", "author", "is_internal", "reply")
OPINION_FIELDS = ("subject", "title", "organisation", "advice", "comment")
ORIGINS = {CommitteeKind.CLU: Origin.CLU, CommitteeKind.CLAC: Origin.CLU, CommitteeKind.COPIL: Origin.COPIL}
DEADLINE = {Origin.CLU: "pour le prochain CLU", Origin.COPIL: "pour le prochain COPIL"}


@transaction.atomic
def add_note(
    meeting: Meeting,
    *,
    text: str,
    by,
    kind: str = NoteKind.REMARK,
    author: str = "",
    item: AgendaItem | None = None,
    is_internal: bool = False,
    reply: str = "",
    reason: str = "",
) -> Note:
    """Note what was said, under an item or none."""
    note = Note(
        meeting=meeting,
        item=item,
        kind=kind,
        text=text.strip(),
        author=author.strip(),
        is_internal=is_internal,
        reply=reply.strip(),
        position=meeting.notes.count() + 1,
    )
    _check_note(note)
    history.save(note, by=by, reason=reason)
    return note


@transaction.atomic
def change_note(note: Note, *, by, reason: str = "", **fields) -> Note:
    row = locked(note)
    set_fields(row, fields, NOTE_FIELDS)
    _check_note(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(note, row)


@transaction.atomic
def remove_note(note: Note, *, by, reason: str = "") -> None:
    if note.finding_id:
        raise UserError("Cette demande est devenue un constat : elle reste.")
    history.delete(note, by=by, reason=reason)


@transaction.atomic
def open_finding(note: Note, *, by, reason: str = "") -> Finding:
    """The finding and the action that a request becomes, in the plan « CLU du … »; the same ones the second time."""
    row = locked(note, "meeting__committee__site")
    if row.finding:
        return row.finding
    if row.is_internal:
        raise UserError("Une remarque interne n’ouvre pas de constat : elle n’est pas dans le compte rendu.")
    plan = plan_of(row.meeting, by=by)
    reason = reason or f"Demande notée au {row.meeting.title}"
    finding = findings.add_finding(
        plan, text=row.text, kind=FindingKind.OBSERVATION, section=row.author, by=by, reason=reason
    )
    row.action = actions.add_action(
        finding, text=_action_text(row), deadline=DEADLINE[Origin(plan.origin)], by=by, reason=reason
    )
    row.finding = finding
    Deed(by, reason).save(row)
    brought_up_to_date(note, row)
    return finding


def plan_of(meeting: Meeting, *, by) -> Plan:
    """The plan born of the meeting, opened when it is missing."""
    origin = ORIGINS[CommitteeKind(meeting.kind)]
    site = meeting.committee.site
    known = Plan.objects.filter(site=site, origin=origin, origin_on=meeting.held_on).order_by("pk").first()
    if known:
        return known
    title = plan_title(meeting)
    return plans.create_plan(
        site=site, title=title, origin=origin, origin_on=meeting.held_on, by=by, reason=f"Suites du {meeting.title}"
    )


def plan_title(meeting: Meeting) -> str:
    """« CLU du 10 mars 2022 »."""
    return f"{meeting.committee.short_on(meeting.held_on)} du {_long(meeting.held_on)}"


@transaction.atomic
def add_opinion(
    meeting: Meeting,
    *,
    title: str,
    by,
    subject: str = "",
    organisation: str = "",
    advice: str = "",
    comment: str = "",
    reason: str = "",
) -> Opinion:
    """Submit a document to the committee, with the opinion when it is given already."""
    row = Opinion(meeting=meeting, position=meeting.opinions.count() + 1)
    said = {"title": title, "organisation": organisation, "advice": advice, "comment": comment}
    set_fields(row, said | ({"subject": subject} if subject else {}), OPINION_FIELDS)
    _check_opinion(row)
    history.save(row, by=by, reason=reason)
    return row


@transaction.atomic
def change_opinion(opinion: Opinion, *, by, reason: str = "", **fields) -> Opinion:
    row = locked(opinion)
    set_fields(row, fields, OPINION_FIELDS)
    _check_opinion(row)
    Deed(by, reason).save(row)
    return brought_up_to_date(opinion, row)


@transaction.atomic
def remove_opinion(opinion: Opinion, *, by, reason: str = "") -> None:
    history.delete(opinion, by=by, reason=reason)


def _check_note(note: Note) -> None:
    if not note.text:
        raise UserError("Écrivez ce qui a été dit.", field="text")
    if note.item and note.item.meeting_id != note.meeting_id:
        raise UserError("Ce point est d’une autre réunion.", field="item")


def _check_opinion(row: Opinion) -> None:
    if not row.title:
        raise UserError("Dites quel document est soumis.", field="title")


def _action_text(note: Note) -> str:
    return f"Répondre à la demande : {note.text}"


def _long(day: date) -> str:
    return format_date(day, "j F Y")
