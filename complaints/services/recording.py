"""Many cases at once, from a tracking table: their people kept encrypted, their dates computed, the file emptied."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from complaints.models import Complaint, ComplaintImport, Suspension
from complaints.rules import delays
from complaints.rules.delays import Facts, Rule, Wait
from complaints.rules.facts import CLOCKS, take
from complaints.services.cases import KIND, new_reference
from core.models import AbstractImport, Identity
from core.record import history, identities
from core.time.working_days import WorkingCalendar
from organisations.models import Unit

_FACTS = ("received_on", "channel", "kind", "in_scope", "acknowledged_on", "answered_on", "extended_to")


@dataclass(frozen=True)
class LineFields:
    """What a line says of a case: its fields, who wrote, since when and until when the user was awaited."""

    fields: Mapping[str, Any]
    person: Mapping[str, str] = field(default_factory=dict)
    wait: tuple[date, date | None] | None = None
    is_reachable: bool = True
    is_said_closed: bool | None = None
    closed_on: date | None = None


Line = tuple[Complaint | None, LineFields, str]


def line_key(site: Unit, parts: Sequence[object]) -> str:
    """The key of a line of a table of a site: the same line of a later version of it has the same."""
    told = "\n".join([site.code, *map(str, parts)])
    return salted_hmac("complaints.line", told, algorithm="sha256").hexdigest()


def facts_of_line(line: LineFields) -> Facts:
    """What the clocks of the case of a line depend on."""
    waits = (Wait(*line.wait),) if line.wait else ()
    known = {name: line.fields[name] for name in _FACTS if name in line.fields}
    return Facts(**known, is_reachable=line.is_reachable, waits=waits)


@transaction.atomic
def record_lines(
    site: Unit,
    lines: Iterable[Line],
    *,
    source: ComplaintImport,
    calendar: WorkingCalendar,
    rules: Sequence[Rule],
    by: Any,
    reason: str,
) -> None:
    """Create the cases of new lines, and change those that the table knew already."""
    recording = _Recording(site, source, calendar, rules, by, reason)
    lines = list(lines)
    recording.create([(line, key) for case, line, key in lines if case is None])
    recording.change([(case, line, key) for case, line, key in lines if case is not None])


@transaction.atomic
def empty(record: AbstractImport, *, by: Any) -> None:
    """Keep nothing of a recorded file but its digest and its counts: it names people."""
    if record.file:
        storage, name = record.file.storage, str(record.file.name)
        record.file = ""
        transaction.on_commit(lambda: storage.delete(name), robust=True)
    record.preview, record.shown = {}, {}
    history.save(record, by=by, reason="Fichier vidé de ses données personnelles", fields=["file", "preview", "shown"])


@transaction.atomic
def erase_people_of(pks: Collection[int], *, by: Any, reason: str) -> int:
    """Erase the people whose cases are no more: an import undone takes back whom it named."""
    told = Complaint.history.filter(id__in=pks, identity__isnull=False).values("identity_id")
    kept = Complaint.objects.filter(identity__isnull=False).values("identity_id")
    return identities.erase_many(Identity.objects.filter(pk__in=told).exclude(pk__in=kept), by=by, reason=reason)


@dataclass
class _Recording:
    site: Unit
    source: ComplaintImport
    calendar: WorkingCalendar
    rules: Sequence[Rule]
    by: Any
    reason: str

    def create(self, lines: Sequence[tuple[LineFields, str]]) -> None:
        people = [line for line, _key in lines if line.person]
        kept = dict(
            zip(map(id, people), identities.keep_many([line.person for line in people], kind=KIND), strict=True)
        )
        cases = [self._case(line, key, kept.get(id(line))) for line, key in lines]
        history.bulk_create(cases, by=self.by, reason=self.reason)
        waits = [
            Suspension(complaint=case, asked_on=line.wait[0], replied_on=line.wait[1])
            for case, (line, _key) in zip(cases, lines, strict=True)
            if line.wait
        ]
        history.bulk_create(waits, by=self.by, reason=self.reason)

    def change(self, lines: Sequence[tuple[Complaint, LineFields, str]]) -> None:
        moved, fields = [], {name for _case, line, _key in lines for name in line.fields}
        for case, line, key in lines:
            before = {name: getattr(case, name) for name in line.fields}
            waited = self._wait(case, line)
            for name, value in line.fields.items():
                setattr(case, name, value)
            case.is_reachable = case.is_reachable or line.is_reachable
            if waited or before != line.fields:
                case.line_key = key
                self._settle(case, line)
                moved.append(case)
        names = (*sorted(fields), *CLOCKS, "is_reachable", "closed_on", "line_key")
        history.bulk_update(moved, names, by=self.by, reason=self.reason)

    def _case(self, line: LineFields, key: str, identity: Identity | None) -> Complaint:
        received = line.fields["received_on"]
        case = Complaint(
            site=self.site,
            source=self.source,
            entered_by=self.by,
            line_key=key,
            identity=identity,
            reference=new_reference(received),
            is_reachable=line.is_reachable,
            **line.fields,
        )
        self._settle(case, line)
        return case

    def _settle(self, case: Complaint, line: LineFields) -> None:
        facts = Facts(
            case.received_on,
            case.channel,
            case.kind,
            case.in_scope,
            case.is_reachable,
            case.acknowledged_on,
            case.answered_on,
            case.extended_to,
            (Wait(*line.wait),) if line.wait else (),
        )
        take(case, delays.clocks(facts, self.calendar, on=timezone.localdate(), rules=self.rules))
        if case.closed_on is None and _is_over(case, line):
            case.closed_on = line.closed_on or case.answered_on or case.acknowledged_on or case.received_on
        elif case.closed_on and case.answered_on and case.closed_on < case.answered_on:
            case.closed_on = case.answered_on  # a later version of the table gives a later answer

    def _wait(self, case: Complaint, line: LineFields) -> bool:
        """The wait that the table says, recorded; whether it changed."""
        if line.wait is None:
            return False
        known = next(iter(case.suspensions.all()), None)
        if known is not None and (known.asked_on, known.replied_on) == line.wait:
            return False
        wait = known or Suspension(complaint=case)
        wait.asked_on, wait.replied_on = line.wait
        history.save(wait, by=self.by, reason=self.reason)
        return True


def _is_over(case: Complaint, line: LineFields) -> bool:
    """Whether nothing is awaited any more: the table says it, an answer came, or none is owed."""
    if line.is_said_closed is not None:
        return line.is_said_closed
    if case.answered_on:
        return True
    owes_answer = facts_of_line(line).owes_answer
    return not owes_answer and (case.acknowledge_by is None or case.acknowledged_on is not None)
