"""Recording of the plans of a file, each at its day of effect, in queries that do not grow with their lines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from actions.enums import Status
from actions.imports.understood import Meaning
from actions.models import Action, Finding, FindingEngagement, Plan
from actions.rules import closing as closing_rules
from actions.services import closing, deadlines, findings, plans, responsibles
from core.importing.follow_up.told import ToldDocument
from core.record import history
from core.record.deeds import Deed, held
from core.time.fuzzy_dates import FuzzyDate
from organisations.models import Unit
from referential.models import Referential

PROMISE = (
    "deadline_text",
    "deadline_earliest",
    "deadline_latest",
    "deadline_event",
    "promised_text",
    "promised_latest",
    "move_count",
)
OUTCOME = ("status", "status_reason", "done_on")


@dataclass
class PlannedPlan:
    """A plan of the file once everything is decided. `is_changed`: the plan itself is new, or updated."""

    source: ToldDocument
    title: str
    stored: Plan | None
    origin: str
    origin_on: date | None
    referential: Referential | None
    effective_on: date
    is_changed: bool = False
    meanings: list[Meaning] = field(default_factory=list)


class PlanWriter:
    """Writes the kept lines of one plan."""

    def __init__(self, plan: PlannedPlan, kept: Sequence[Meaning], *, site: Unit, by, reason: str):
        self.planned, self.kept, self.site = plan, kept, site
        self.deed = Deed(by, reason, instant_of(plan.effective_on))
        self.on = plan.origin_on or plan.effective_on
        self.events: dict[str, FuzzyDate] = {}

    def write(self) -> None:
        plan = self._plan()
        self.born = self._since_birth([plan])
        known = [one for one in self.kept if one.finding]
        self._change_findings(known)
        grown = {one.finding.pk for one in known if one.action is None and one.entry.has_action}
        made = self._create_findings(plan)
        touched = grown | self._change_actions([one for one in self.kept if one.action])
        self._create_actions(made)
        closing.refresh(Finding.objects.filter(pk__in=touched).order_by("pk"), self.deed)

    def _plan(self) -> Plan:
        row, deed = self.planned, self.deed
        told = {"by": deed.by, "reason": deed.reason, "effective_at": deed.effective_at}
        if row.stored is None:
            return plans.create_plan(
                site=self.site,
                title=row.title,
                origin=row.origin,
                origin_on=row.origin_on,
                referential=row.referential,
                updated_on=row.source.updated_on,
                **told,
            )
        if row.is_changed:
            plans.change_plan(row.stored, updated_on=row.source.updated_on, **told)
        return row.stored

    def _since_birth(self, parents: Iterable[Plan | Finding]) -> Mapping[int, Deed]:
        """What is added to a plan or a finding born after the day of the document takes effect now."""
        parents = list(parents)
        at, now = self.deed.effective_at, replace(self.deed, effective_at=None)
        late = history.born_after(parents, at) if at else set()
        return {parent.pk: now if parent.pk in late else self.deed for parent in parents}

    def _change_findings(self, known: Sequence[Meaning]) -> None:
        changed = {one.finding.pk: one.finding_values for one in known if one.finding_values}
        fresh = held(Finding, set(changed))
        for pk, finding in fresh.items():
            for name, value in changed[pk].items():
                setattr(finding, name, value)
        self.deed.update(fresh.values(), ["text", "section", "engagement_words", "module"])
        wanted = {one.finding.pk: one.new_engagements for one in known if one.new_engagements is not None}
        findings.relink_many(wanted, self.deed)

    def _create_findings(self, plan: Plan) -> dict[int, Finding]:
        """All the new findings in one go, under the number of the document where it is free; by their rank in it."""
        found = {one.entry.finding: one.finding for one in self.kept if one.finding}
        new: dict[int, list[Meaning]] = {}
        for one in self.kept:
            if one.entry.finding not in found:
                new.setdefault(one.entry.finding, []).append(one)
        taken, made = set(Finding.objects.filter(plan=plan).values_list("number", flat=True)), []
        deed = self.born[plan.pk]
        for several in new.values():
            number = _free_number(several[0].finding_values["number"], taken)
            taken.add(number)
            told = [SimpleNamespace(**one.action_values) for one in several if one.entry.has_action]
            closed_on = closing_rules.closed_on(told, before=None, on=deed.on)
            made.append(Finding(plan=plan, **several[0].finding_values | {"number": number, "closed_on": closed_on}))
        created = dict(zip(new, deed.create(made), strict=True))
        deed.create(
            FindingEngagement(finding=finding, engagement=one)
            for rank, finding in created.items()
            for one in new[rank][0].new_engagements or ()
        )
        self.new = {finding.pk for finding in created.values()}
        return found | created

    def _create_actions(self, made: Mapping[int, Finding]) -> None:
        """All the new actions in one go, after those that their finding has."""
        lines = [one for one in self.kept if one.action is None and one.entry.has_action]
        parents = {one.entry.finding: made[one.entry.finding] for one in lines}
        grown = {finding.pk for finding in parents.values()} - self.new
        births = self._since_birth(finding for finding in parents.values() if finding.pk in grown)
        positions = dict(
            Action.objects.filter(finding__in=grown).order_by("position").values_list("finding", "position")
        )
        plan_deed = next(iter(self.born.values()))
        for deed in dict.fromkeys([plan_deed, *births.values()]):
            new = []
            for one in lines:
                finding = parents[one.entry.finding]
                if births.get(finding.pk, plan_deed) == deed:
                    positions[finding.pk] = positions.get(finding.pk, -1) + 1
                    new.append((one, Action(finding=finding, position=positions[finding.pk], **one.action_values)))
            self._record(deed, new)

    def _record(self, deed: Deed, new: Sequence[tuple[Meaning, Action]]) -> None:
        """New actions with their responsibles; a moved promise is written twice."""
        for one, action in new:
            self._promise(action, one.new_deadlines[:1])
        for (one, _), action in zip(new, deed.create(action for _, action in new), strict=True):
            one.action = action
        moved = [one for one, _ in new if len(one.new_deadlines) > 1]
        for one in moved:
            self._promise(one.action, one.new_deadlines[1:])
        deed.update((one.action for one in moved), PROMISE)
        who = {one.action.pk: one.new_responsibles or [] for one, _ in new}
        responsibles.set_on_many(who, deed, site=self.site)

    def _promise(self, action: Action, told: Iterable[FuzzyDate]) -> None:
        for deadline in told:
            if deadline.text not in self.events:
                self.events[deadline.text] = deadlines.understood(deadline, site=self.site, on=self.on)
            deadlines.put(action, self.events[deadline.text] if deadline.event else deadline)

    def _change_actions(self, lines: Sequence[Meaning]) -> set[int]:
        """The words and the deadline of each action, its status with its twins; the findings to refresh."""
        changed = {one.action.pk: one for one in lines if one.action_values or one.new_deadlines}
        leaders = {_leader(one.action) for one in changed.values() if "status" in one.action_values}
        twins = Action.objects.filter(Q(pk__in=leaders) | Q(merged_into__in=leaders)).values_list("pk", flat=True)
        fresh = held(Action, {*changed, *twins})
        groups, touched = defaultdict(list), set()
        for row in fresh.values():
            groups[_leader(row)].append(row)
        for pk, one in changed.items():
            self._reword(fresh[pk], one)
            if "status" in one.action_values:
                touched |= _decide(groups[_leader(one.action)], one.action_values)
        self.deed.update(fresh.values(), self._written(changed.values()))
        told = {one.action.pk: one.new_responsibles for one in lines if one.new_responsibles is not None}
        responsibles.set_on_many(told, self.deed, site=self.site)
        return touched

    def _reword(self, action: Action, one: Meaning) -> None:
        for name, value in one.action_values.items():
            if name not in OUTCOME:
                setattr(action, name, value)
        self._promise(action, one.new_deadlines)

    def _written(self, lines: Iterable[Meaning]) -> list[str]:
        """The fields that these lines change, no more: an update of a thousand rows costs what it writes."""
        names = {name for one in lines for name in one.action_values}
        names |= {"review_due_on"} if "status" in names else set()
        return sorted(names.union(PROMISE if any(one.new_deadlines for one in lines) else ()))


def instant_of(day: date) -> datetime | None:
    """The first instant of a past day; None, that is now, for today."""
    return None if day >= timezone.localdate() else timezone.make_aware(datetime.combine(day, time.min))


def _free_number(wanted: int | None, taken: set[int]) -> int:
    """The number of the document where it is free, else the next one."""
    return wanted if wanted and wanted not in taken else max(taken, default=0) + 1


def _leader(action: Action) -> int:
    """The action whose status an action shares, itself when it has no twin."""
    return action.merged_into_id or action.pk


def _decide(twins: Iterable[Action], values: Mapping[str, Any]) -> set[int]:
    """Give twins their status; the findings that it may close or open again."""
    touched = set()
    for twin in twins:
        touched.add(twin.finding_id)
        for name in OUTCOME:
            setattr(twin, name, values[name])
        if twin.status != Status.DONE:
            twin.review_due_on = None
    return touched
