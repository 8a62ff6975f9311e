"""Import of the members of a committee: the list of an arrêté, one mandate a line.

A line is about the mandate that the seat has from the same day, or about a new one. One seat has one mandate at a time;
two people of an organisation named for the very same dates hold two seats.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from clu.imports.heads import (
    ANY_FUNCTION,
    ANY_NAME,
    APPOINTED,
    CIVILITY,
    COMMITTEE,
    DEPUTY,
    DEPUTY_CIVILITY,
    DEPUTY_EMAIL,
    DEPUTY_FIRST_NAME,
    DEPUTY_FUNCTION,
    ENDS,
    FIRST_NAME,
    FUNCTION,
    HOLDER,
    HOLDER_CIVILITY,
    HOLDER_EMAIL,
    HOLDER_FIRST_NAME,
    ORDER,
    ORGANISATION,
    PUBLIC,
    RANK,
    STARTS,
    TECHNICAL,
    TERM,
    OfCommittee,
    alone,
)
from clu.imports.member_lines import carry_colleges, fold, of_one_year, other_committee, told_above, with_deputies
from clu.imports.names import PersonName, RankOrNames
from clu.imports.readers import CollegeWords, MandateDay, MandateEnd, TermOf, Words
from clu.imports.seat_lists import ROLE as SEAT
from clu.imports.seat_lists import seat_of, with_seats
from clu.models import Mandate, Member, MembersImport
from clu.rules.mandates import MandatePeriod, period_of
from clu.services import committees
from clu.services.attendance import bare_name
from core.importing.asks import Ask
from core.importing.kind import Noun
from core.importing.layout import Layout, TableRead
from core.importing.plan import Plan
from core.importing.tables import Wanted
from core.importing.tables.readers import Email
from core.importing.tables.table_import import Entered, TableImport
from core.importing.words import plain
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission

_OF_MEMBER = ("organisation", "college", "public")


@dataclass
class HeldSeat:
    """A mandate of a seat, stored or read from a line before."""

    period: MandatePeriod
    person: str
    mandate: Mandate | None = None
    line: int = 0


@dataclass
class Seat:
    """A seat of an organisation as it stands once the lines above are recorded."""

    member: Member | None = None
    mandates: list[HeldSeat] = field(default_factory=list)

    def overlap(self, period: MandatePeriod) -> HeldSeat | None:
        return next((held for held in self.mandates if held.period.overlaps(period)), None)


class MembersFile(OfCommittee, TableImport[MembersImport]):
    code = "committee_members"
    namespace = "clu"
    prefix = "members-import"
    title = "Importer les membres d’une instance"
    noun = Noun("mandat", "mandats")
    permission = Permission.COMMITTEE_EDIT
    model = MembersImport
    related = ("site",)
    technical = TECHNICAL
    columns = (
        Wanted("organisation", "Organisme", heads=ORGANISATION, read=Words(), is_required=True, is_carried=True),
        Wanted(SEAT, "Siège et personnes", heads=r"sieges? et personnes?", read=Words(600)),
        Wanted("college", "Collège", heads=r"colleges?|categories?", read=CollegeWords()),
        Wanted("committee", "Instance", heads=COMMITTEE, read=Words(100)),
        Wanted("rank", "Titulaire ou suppléant", heads=RANK, read=RankOrNames()),
        Wanted("civility", "Civilité du titulaire", heads=HOLDER_CIVILITY, fit=alone(CIVILITY), read=Words(20)),
        Wanted("holder", "Titulaire", heads=HOLDER, fit=alone(ANY_NAME), read=PersonName()),
        Wanted("first_name", "Prénom du titulaire", heads=HOLDER_FIRST_NAME, fit=alone(FIRST_NAME), read=Words(100)),
        Wanted("function", "Fonction du titulaire", heads=FUNCTION, fit=alone(ANY_FUNCTION), read=Words(200)),
        Wanted("email", "Courriel", heads=HOLDER_EMAIL, read=Email()),
        Wanted("deputy", "Suppléant", heads=DEPUTY, read=PersonName()),
        Wanted("deputy_civility", "Civilité du suppléant", heads=DEPUTY_CIVILITY, read=Words(20)),
        Wanted("deputy_first_name", "Prénom du suppléant", heads=DEPUTY_FIRST_NAME, read=Words(100)),
        Wanted("deputy_function", "Fonction du suppléant", heads=DEPUTY_FUNCTION, read=Words(100)),
        Wanted("deputy_email", "Courriel du suppléant", heads=DEPUTY_EMAIL, read=Email()),
        Wanted("public", "Public représenté", heads=PUBLIC, read=Words()),
        Wanted("order_words", "Acte de désignation", heads=ORDER, read=Words()),
        Wanted("appointed_on", "Désigné le", heads=APPOINTED, read=MandateDay(), colour="date"),
        Wanted("starts_on", "Du", heads=STARTS, read=MandateDay(), colour="date"),
        Wanted("ends_on", "Au", heads=ENDS, read=MandateEnd(), colour="date"),
        Wanted("term", "Mandat", heads=TERM, read=TermOf(), colour="date"),
    )

    def layout_of(self, book: Workbook) -> Layout:
        layout, self.listed = with_seats(book, of_one_year(super().layout_of(book), self.given))
        return layout

    def plan(self, book: Workbook) -> Plan:
        plan = super().plan(book)
        plan.accounts.read(*self.titles)
        return plan

    def _lacking(self, table: TableRead) -> Iterable[Wanted]:
        return () if table.name in self.listed else super()._lacking(table)

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        """A line that names a deputy goes with that of the holder."""
        for entry in entries:
            if entry.row.table.name in self.listed:
                seat_of(entry, self.listed[entry.row.table.name])
            fold(entry)
        carry_colleges(entries)
        self.titles = told_above(entries)
        return with_deputies(entries)

    def stored(self, entries: Sequence[Entered]) -> dict[str, list[Seat]]:
        committee = committees.find(self.record.site, self.record.kind)
        self.seats: dict[str, list[Seat]] = {}
        if committee:
            for member in committee.members.with_mandates():
                held = [HeldSeat(period_of(row), bare_name(row.holder), row) for row in member.mandates.all()]
                for one in held:
                    one.mandate.member = member  # type: ignore[union-attr]
                self.seats.setdefault(plain(member.organisation), []).append(Seat(member, held))
        for entry in entries:
            if told := other_committee(entry, self.record.kind):
                entry.row.left_out = f"d’une autre instance : {told}"
        self.named = {
            (plain(entry.values.get("organisation", "")), bare_name(entry.values.get("holder", "")))
            for entry in entries
        }
        self.known = self._find_known(entries)
        return self.seats

    def settle_doubles(self, entries: Any) -> list[Ask]:
        """The same line again is left out; two lines of one organisation are two mandates."""
        seen: dict[tuple, Entered] = {}
        for entry in entries:
            key = tuple(sorted((code, str(value)) for code, value in entry.values.items()))
            first = seen.setdefault(key, entry)
            if first is not entry and key and not entry.problems:
                entry.row.left_out = f"dit la même chose que la ligne {first.row.number}"
        return []

    def match(self, entry: Entered, stored: dict[str, list[Seat]]) -> Mandate | None:
        """The mandate that the line is about; `extra` is its seat."""
        period, person = _period(entry), bare_name(entry.values.get("holder", ""))
        if id(entry) in self.known:
            entry.extra, held = self.known[id(entry)]
            return held.mandate
        seats = stored.setdefault(plain(entry.values["organisation"]), [])
        seat, overlapped = _free_seat(seats, period, person)
        if overlapped is not None:
            _refuse(entry, overlapped)
            return None
        entry.extra = seat
        seat.mandates.append(HeldSeat(period, person, line=entry.row.number))
        return None

    def _find_known(self, entries: Iterable[Entered]) -> dict[int, tuple[Seat, HeldSeat]]:
        """The stored mandate of each line, before the others look for a free seat."""
        found = {}
        for entry in entries:
            is_read = "organisation" in entry.values and not entry.problems and not entry.row.left_out
            if is_read and (known := self._known(entry)):
                found[id(entry)] = known
                held = known[1]
                held.period, held.person = _period(entry), bare_name(entry.values.get("holder", held.person))
                held.line = entry.row.number
        return found

    def _stored(self, organisation: str, period: MandatePeriod) -> list[tuple[Seat, HeldSeat]]:
        """The stored mandates of an organisation that begin alike."""
        held_now = [(seat, held) for seat in self.seats.get(organisation, ()) for held in seat.mandates]
        return [(seat, held) for seat, held in held_now if not held.line and _begins_alike(held.period, period)]

    def _known(self, entry: Entered) -> tuple[Seat, HeldSeat] | None:
        """The stored mandate of the same person, of a vacant seat, or of the same first day, in that order."""
        organisation = plain(entry.values["organisation"])
        period, person = _period(entry), bare_name(entry.values.get("holder", ""))
        stored = self._stored(organisation, period)
        for is_it in (
            lambda held: held.person == person and bool(person),
            lambda held: not held.person or not person,
            lambda held: held.period.first is not None and (organisation, held.person) not in self.named,
        ):
            if found := next((one for one in stored if is_it(one[1])), None):
                return found
        return None

    def check(self, entry: Entered) -> None:
        first, last = entry.values.get("starts_on"), entry.values.get("ends_on")
        if first and last and last < first:
            entry.wrong("ends_on", f"Le mandat finit le {last:%d/%m/%Y}, avant de commencer le {first:%d/%m/%Y}.")
            return
        if entry.target is not None and isinstance(entry.extra, Seat):
            own = next(held for held in entry.extra.mandates if held.mandate is entry.target)
            other = next(
                (one for one in entry.extra.mandates if one is not own and one.period.overlaps(own.period)), None
            )
            if other:
                _refuse(entry, other)

    def before(self, entry: Entered, code: str) -> Any:
        owner = entry.target.member if code in _OF_MEMBER else entry.target
        return getattr(owner, code)

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        committee = committees.ensure(self.record.site, self.record.kind, by=by, reason=reason)
        for line in sorted(plan.kept, key=lambda line: line.content.target is None):
            entry, seat = line.content, line.content.extra
            of_member = {code: entry.values[code] for code in _OF_MEMBER if code in entry.values}
            own = {code: value for code, value in entry.values.items() if code in committees.MANDATE_FIELDS}
            if seat.member is None:
                seat.member = committees.add_member(committee, **of_member, by=by, reason=reason)
            elif line.changes:
                committees.change_member(seat.member, **of_member, by=by, reason=reason)
            if entry.target is None:
                committees.appoint(seat.member, **own, by=by, reason=reason)
            elif line.changes:
                committees.change_mandate(entry.target, **own, by=by, reason=reason)

    @classmethod
    def upload_url(cls, record: MembersImport) -> str:
        return reverse("clu:members-import-upload")


def _period(entry: Entered) -> MandatePeriod:
    first, last = entry.values.get("starts_on"), entry.values.get("ends_on")
    return MandatePeriod(first, last)


def _begins_alike(one: MandatePeriod, other: MandatePeriod) -> bool:
    return one.first == other.first or ((one.first is None or other.first is None) and one.overlaps(other))


def _free_seat(seats: list[Seat], period: MandatePeriod, person: str) -> tuple[Seat, HeldSeat | None]:
    """A seat that nobody holds then, else a new one beside those of the very same dates, else what is in the way."""
    overlaps = [(seat, seat.overlap(period)) for seat in seats]
    for seat, held in overlaps:
        if held is None:
            return seat, None
    found = [held for _seat, held in overlaps if held is not None]
    is_second = any(held.period == period for held in found) and not any(held.person == person != "" for held in found)
    seat = Seat()
    if found and not is_second:
        return seat, found[0]
    seats.append(seat)
    return seat, None


def _refuse(entry: Entered, held: HeldSeat) -> None:
    where = f" (ligne {held.line})" if held.line else ""
    organisation = entry.values["organisation"]
    code = (
        "starts_on" if entry.row.cell("starts_on") else "appointed_on" if entry.row.cell("appointed_on") else "ends_on"
    )
    entry.wrong(
        code if entry.row.cell(code) else "holder" if entry.row.cell("holder") else "organisation",
        f"Ce mandat en chevauche un autre de « {organisation} », {held.period.words}{where}.",
    )
