"""Committees of the demonstration: the CLU of 10 March 2022, those of Isère, CLU and CLAC of Aix."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from clu.enums import Presence
from clu.models import Committee, Meeting
from clu.services import attendance, committees, meetings, minutes, proceedings
from core.record import history
from demo.files import read_json
from demo.organisation import MODULES, REASON, REFERENTIAL
from indicators.enums import Source, ValueState
from indicators.models import Indicator, Value
from indicators.services import readings
from organisations.models import Unit, User
from referential.models import Module, Perimeter
from referential.services import perimeters

PERIMETER = date(2022, 1, 1)
DAYS = re.compile(r"\{today([+-]\d+)\}")
PRESENCES = {"present": Presence.PRESENT, "excused": Presence.EXCUSED, "absent": Presence.ABSENT}


def load_committees(units: Mapping[str, Unit], people: Mapping[str, User], *, today: date) -> None:
    """Every committee of the demonstration; a site that has one of that kind is left as it is."""
    story = read_json("committees")
    telling = CommitteeTelling(units, people["rq"], today)
    for row in (*story["committees"], read_json("clac")["committee"]):
        if not Committee.objects.filter(site=units[row["site"]], kind=row["kind"]).exists():
            telling.tell(row)
    _load_figures(story["figures"], units, by=people["rq"])
    site = units[story["figures"]["site"]]
    if not Perimeter.objects.filter(site=site).exists():
        modules = Module.objects.filter(referential__code=REFERENTIAL, code__in=MODULES)
        perimeters.retain(site=site, modules=modules, valid_from=PERIMETER, by=people["rq"], reason=REASON)


class CommitteeTelling:
    """Makes a committee with its members and meetings."""

    def __init__(self, units: Mapping[str, Unit], by: User, today: date):
        self.units, self.by, self.today = units, by, today
        self.signed = {"by": by, "reason": REASON}

    def tell(self, row: Mapping[str, Any]) -> None:
        committee = committees.create(
            site=self.units[row["site"]], kind=row["kind"], chair=row["chair"], quorum=row.get("quorum"), **self.signed
        )
        orders = [(reference, self._day(day)) for reference, day in row["orders"]]
        for reference, day in orders:
            committees.record_order(committee, reference=reference, signed_on=day, **self.signed)
        for member in row["members"]:
            self._seat(committee, member, orders)
        for meeting in sorted(row["meetings"], key=lambda one: self._day(one["date"])):
            self._meeting(committee, meeting, note=row.get("note", ""))

    def _seat(self, committee: Committee, row: list[str], orders: list[tuple[str, date]]) -> None:
        organisation, college, holder, function, deputy, public, first, last, *structure = row
        member = committees.add_member(
            committee,
            organisation=organisation,
            college=college,
            public=public,
            structure=self.units[structure[0]] if structure else None,
            **self.signed,
        )
        committees.appoint(
            member,
            holder=holder,
            function=function,
            deputy=deputy,
            order_words=orders[0][0] if orders else "",
            appointed_on=orders[0][1] if orders and holder else None,
            starts_on=self._day(first),
            ends_on=self._day(last),
            **self.signed,
        )

    def _meeting(self, committee: Committee, row: Mapping[str, Any], *, note: str) -> None:
        meeting = meetings.plan(
            committee,
            held_on=self._day(row["date"]),
            starts_at=time(row["hour"]) if "hour" in row else None,
            place=row.get("place", ""),
            note=note,
            from_template=row.get("template", False),
            **self.signed,
        )
        for title, content, text in row.get("agenda", ()):
            meetings.add_item(meeting, title=title, content=content, text=text, **self.signed)
        if row.get("invite"):
            attendance.invite_members(meeting, **self.signed)
        seen = [
            attendance.Seen(person, organisation, "", str(presence))
            for key, presence in PRESENCES.items()
            for person, organisation in row.get(key, ())
        ]
        attendance.record(meeting, seen, **self.signed)
        self._proceedings(meeting, row)

    def _proceedings(self, meeting: Meeting, row: Mapping[str, Any]) -> None:
        for subject, title, advice, comment in row.get("opinions", ()):
            proceedings.add_opinion(
                meeting, subject=subject, title=title, advice=advice, comment=comment, **self.signed
            )
        for kind, text, author, is_internal, reply in row.get("notes", ()):
            proceedings.add_note(
                meeting, kind=kind, text=text, author=author, is_internal=is_internal, reply=reply, **self.signed
            )
        if row.get("minutes"):
            minutes.write_draft(meeting, **self.signed)
            minutes.validate(meeting, on=meeting.held_on + timedelta(days=12), **self.signed)

    def _day(self, text: str) -> date:
        """`2022-03-10`, `{today-170}`; brought back to a Friday when it falls on a week-end."""
        if found := DAYS.fullmatch(text):
            day = self.today + timedelta(days=int(found[1]))
            return day - timedelta(days=max(0, day.weekday() - 4))
        return date.fromisoformat(text)


def _load_figures(row: Mapping[str, Any], units: Mapping[str, Unit], *, by: User) -> None:
    """The figures that the CLU of March 2022 was shown, in January and February; those left blank are blank."""
    site, unit, year = units[row["site"]], units[row["unit"]], row["year"]
    if Value.objects.filter(site=site, year=year).exists():
        return
    known = {one.code: one for one in Indicator.objects.filter(code__in=row["values"])}
    values = [
        Value(
            indicator=known[code],
            site=site,
            unit=unit,
            year=year,
            month=month,
            source=Source.TYPED,
            entered_by=by,
            **_said(text),
        )
        for code, text in row["values"].items()
        for month in row["months"]
    ]
    history.bulk_create(values, by=by, reason=REASON)
    readings.refresh_many({(value.indicator_id, site.pk, year) for value in values})


def _said(text: str) -> dict[str, Any]:
    return {"state": text} if text in ValueState.values else {"value": Decimal(text)}
