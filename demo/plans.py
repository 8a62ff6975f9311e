"""Action plans of the demonstration: two years of work, told verb by verb, each at its hour."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan
from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans, progress, reviews, twins
from core.base.months import month_title
from demo.clock import told_at
from demo.files import read_json
from demo.months import moment
from demo.organisation import REFERENTIAL
from organisations.models import Unit, User
from referential.models import Engagement, Referential

TOLD = (Plan, Finding, FindingEngagement, Action, ActionResponsible)
WORDS = re.compile(r"\{([dtsmy]):(-?\d+)\}")
OPENING, PACE = 9, timedelta(seconds=90)  # the story has some 250 events: the last ones happen in the afternoon
SATURDAY = 5
JUNE = 6


@dataclass(order=True)
class Event:
    """Something somebody does on a day of the story; events of one day keep their order."""

    when: datetime
    rank: int
    do: Callable[[], Any] = field(compare=False)


def load_history(units: dict[str, Unit], people: dict[str, User], *, today: date) -> None:
    """The plans of Aix and of the préfecture with their two years of history, unless a plan is already there."""
    story = read_json("plans")
    sites = [units[plan["site"]] for plan in story["plans"]]
    if Plan.objects.filter(site__in=sites).exists():
        return
    telling = PlanTelling(units, people, today)
    with told_at(TOLD) as set_clock:
        for event in sorted(telling.events(story)):
            set_clock(event.when)
            event.do()


class PlanTelling:
    """Turns the story into events, each of which calls a verb of the services."""

    def __init__(self, units: dict[str, Unit], people: dict[str, User], today: date):
        self.units = units
        self.people = people
        self.today = today
        self.made: dict[str, Any] = {}  # plans, findings and actions by key
        self.rank = 0

    @cached_property
    def referential(self) -> Referential:
        return Referential.objects.get(code=REFERENTIAL)

    @cached_property
    def engagements(self) -> dict[tuple[str, str], Engagement]:
        """By the codes of their module and their own."""
        rows = Engagement.objects.filter(module__referential=self.referential).select_related("module")
        return {(row.module.code, row.code): row for row in rows}

    def events(self, story: dict) -> Iterator[Event]:
        for plan in story["plans"]:
            yield from self._plan(plan)
        for day, author, key, into, reason in story["merges"]:
            yield self._event(day, partial(self._merge, key, into, reason), author)

    def _event(self, day: int, do: Callable, author: str) -> Event:
        """Something that a person does on a working day, at an hour that follows the order of the story."""
        self.rank += 1
        when = moment(self._day(day), OPENING) + self.rank * PACE
        return Event(when, self.rank, partial(do, by=self.people[author]))

    def _plan(self, plan: dict) -> Iterator[Event]:
        day, author = plan["opened"]
        key = plan["key"]
        yield self._event(day, partial(self._open_plan, plan), author)
        for number, finding in enumerate(plan["findings"], start=1):
            yield from self._finding(finding, key, f"{key}/{number}", day, author)
        for at, _update, by in plan["log"]:
            yield self._event(at, partial(self._update_plan, key, at), by)

    def _finding(self, finding: dict, plan: str, key: str, day: int, author: str) -> Iterator[Event]:
        yield self._event(day, partial(self._add_finding, finding, plan, key), author)
        for number, action in enumerate(finding["actions"], start=1):
            action_key = action.get("key", f"{key}/{number}")
            yield self._event(day, partial(self._add_action, action, key, action_key), author)
            for at, verb, by, *told in action["log"]:
                yield self._event(at, partial(self._do, verb, action_key, at, told), by)
        for at, _remove, by, reason in finding.get("log", ()):
            yield self._event(at, partial(self._remove_finding, key, reason), by)

    def _open_plan(self, plan: dict, *, by: User) -> None:
        self.made[plan["key"]] = plans.create_plan(
            site=self.units[plan["site"]],
            title=self._words(plan["title"]),
            origin=plan["origin"],
            origin_on=self._day(plan["origin_on"]),
            referential=self.referential,
            comment=plan.get("comment", ""),
            updated_on=self._day(plan["opened"][0]),
            by=by,
        )

    def _update_plan(self, key: str, day: int, *, by: User) -> None:
        plans.change_plan(
            self.made[key], updated_on=self._day(day), by=by, reason="Point d’avancement avec les services"
        )

    def _add_finding(self, finding: dict, plan: str, key: str, *, by: User) -> None:
        engagements = [self.engagements[tuple(code)] for code in finding["engagements"]]
        self.made[key] = findings.add_finding(
            self.made[plan],
            text=finding["text"],
            kind=finding["kind"],
            theme=finding["theme"],
            section=finding["section"],
            engagements=engagements,
            module=engagements[0].module if engagements else None,
            by=by,
        )

    def _add_action(self, action: dict, finding: str, key: str, *, by: User) -> None:
        self.made[key] = actions.add_action(
            self.made[finding],
            text=action["text"],
            responsibles=[self._responsible(who) for who in action["who"]],
            deadline=self._words(action["deadline"]),
            by=by,
        )

    def _remove_finding(self, key: str, reason: str, *, by: User) -> None:
        findings.remove_finding(self.made[key], by=by, reason=reason)

    def _merge(self, key: str, into: str, reason: str, *, by: User) -> None:
        twins.merge(self.made[key], into=self.made[into], by=by, reason=reason)

    def _do(self, verb: str, key: str, day: int, told: list, *, by: User) -> None:
        """A verb on an action, with what the story says of it."""
        action = self.made[key]
        match verb, [self._words(word) if isinstance(word, str) else word for word in told]:
            case "start", [comment]:
                progress.start(action, comment=comment, by=by)
            case "done", [comment]:
                progress.mark_done(action, done_on=self._day(day), comment=comment, by=by)
            case "comment", [comment]:
                actions.change_action(action, comment=comment, by=by)
            case "move", [deadline, reason]:
                progress.move_deadline(action, deadline=deadline, reason=reason, by=by)
            case "postpone", [deadline, reason]:
                progress.postpone(action, deadline=deadline, reason=reason, by=by)
            case "ask_review", [months]:
                reviews.ask_review(action, months=months, by=by)
            case "review", [result, comment]:
                reviews.review(action, result=result, comment=comment, by=by)
            case ("abandon" | "reopen" | "remove") as name, [reason]:
                REASONED[name](action, reason=reason, by=by)
            case _:
                raise ValueError(f"the story does not know {verb!r} with {told}")

    def _responsible(self, who: str) -> Responsible:
        """« @rq » is a person, a code a unit, anything else words."""
        if who.startswith("@"):
            return Responsible(user=self.people[who[1:]])
        return Responsible(unit=self.units[who]) if who in self.units else Responsible(words=who)

    def _day(self, offset: int) -> date:
        """A day of the story, brought back to a Friday when it falls on a week-end."""
        on = self.today + timedelta(days=offset)
        return on - timedelta(days=max(0, on.weekday() - SATURDAY + 1))

    def _words(self, text: str) -> str:
        """« T{t:-640} » → « T1 2025 »: days, quarters, half-years, months and years counted from today."""
        return WORDS.sub(lambda found: PERIODS[found[1]](self._day(int(found[2]))), text)


REASONED = {"abandon": progress.abandon, "reopen": progress.reopen, "remove": actions.remove_action}
PERIODS: dict[str, Callable[[date], str]] = {
    "d": lambda day: f"{day:%d/%m/%Y}",
    "t": lambda day: f"{(day.month + 2) // 3} {day.year}",
    "s": lambda day: f"{'1er' if day.month <= JUNE else '2e'} semestre {day.year}",
    "m": lambda day: month_title(day.year, day.month),
    "y": lambda day: str(day.year),
}
