"""Recording of recognised action plans at their day of effect, and what undoing them needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils import timezone

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, PlanImport, ResponsibleMatch
from actions.rules import closing as closing_rules
from actions.rules.responsibles import Responsible, cleaned
from actions.services import actions, closing, deadlines, findings, import_log, plans, progress, responsibles
from actions.services.deeds import Deed
from core import history
from core.fuzzy_dates import FuzzyDate
from core.imports import flow
from organisations.models import Unit
from referential.models import Engagement, Referential


@dataclass
class ActionToWrite:
    """An action of the document. `stored`: the one it changes, with the values that differ only."""

    stored: Action | None
    values: dict[str, Any]
    deadline: FuzzyDate | None = None
    written_on: date | None = None
    responsibles: Sequence[Responsible] | None = None

    @property
    def outcome(self) -> SimpleNamespace:
        """What closes its finding."""
        return SimpleNamespace(status=self.values.get("status"), done_on=self.values.get("done_on"))


@dataclass
class FindingToWrite:
    """A finding of the document, with its actions to create or change."""

    stored: Finding | None
    values: dict[str, Any]
    engagements: Sequence[Engagement] | None = None
    actions: list[ActionToWrite] = field(default_factory=list)


@dataclass(frozen=True)
class PlanToWrite:
    """A plan of the document once everything is decided."""

    title: str
    stored: Plan | None
    origin: str
    origin_on: date | None
    referential: Referential | None
    effective_on: date
    changes_plan: bool
    updated_on: date | None
    findings: list[FindingToWrite]


def commit(
    record: PlanImport, plan: Callable[[], Sequence[PlanToWrite]], *, by, remembered: Mapping[str, str] | None = None
) -> PlanImport:
    """Record the plans in one transaction, as `plan()` decides once nobody else imports at that site.

    `remembered`: key of the words → « unit:12 », « user:3 » or « words ».
    """

    def apply(locked: PlanImport) -> list[dict]:
        history.lock(locked.site)
        return write(locked.site, plan(), by=by, name=locked.name, remembered=remembered or {})

    return flow.commit(record, by=by, apply=apply)


@transaction.atomic
def write(site: Unit, rows: Sequence[PlanToWrite], *, by, name: str, remembered: Mapping[str, str]) -> list[dict]:
    """Create and change what the document tells, each plan at its day of effect; gives the log that undoes it all."""
    reason = f"Import de « {name} »"
    watch = import_log.Watch(site)
    for row in rows:
        deed = Deed(by, reason, instant_of(row.effective_on))
        _write_plan(site, row, deed)
    _remember(site, remembered, Deed(by, reason))
    return watch.log()


def undo(record: PlanImport, *, by) -> PlanImport:
    """Undo the whole import, at the days it took effect; refused, in words, when something was changed since."""
    return flow.undo(record, by=by, revert=lambda locked: import_log.revert(locked, by=by))


def instant_of(day: date) -> datetime | None:
    """The first instant of a past day; None, that is now, for today."""
    if day >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time.min))


def _write_plan(site: Unit, row: PlanToWrite, deed: Deed) -> None:
    plan = row.stored
    told = {"by": deed.by, "reason": deed.reason, "effective_at": deed.effective_at}
    if plan is None:
        plan = plans.create_plan(
            site=site, title=row.title, origin=row.origin, origin_on=row.origin_on, referential=row.referential,
            updated_on=row.updated_on, **told,
        )  # fmt: skip
    elif row.changes_plan:
        plans.change_plan(plan, updated_on=row.updated_on, **told)
    known = [finding for finding in row.findings if finding.stored is not None]
    grown = [one.stored.pk for one in known if any(action.stored is None for action in one.actions)]
    for finding in known:
        _change_finding(finding, told)
    for finding in known:
        _create_actions([finding], _since_birth(deed, finding.stored), has_actions=True)
    new = [finding for finding in row.findings if finding.stored is None]
    deed_of_plan = _since_birth(deed, plan)
    _create_findings(plan, new, deed_of_plan)
    _create_actions(new, deed_of_plan)
    closing.refresh(Finding.objects.filter(pk__in=grown).order_by("pk"), deed)


def _change_finding(row: FindingToWrite, told: dict) -> None:
    if row.values or row.engagements is not None:
        findings.change_finding(row.stored, engagements=row.engagements, **row.values, **told)
    for action in row.actions:
        if action.stored is not None:
            _change_action(action, told)


def _change_action(row: ActionToWrite, told: dict) -> None:
    """The words and the deadline, then the status, which twins share."""
    status = row.values.get("status")
    plain = {name: value for name, value in row.values.items() if name in ("text", "comment")}
    if plain or row.deadline is not None or row.responsibles is not None:
        actions.change_action(row.stored, deadline=row.deadline, responsibles=row.responsibles, **plain, **told)
    if status is not None:
        progress.take_over(
            row.stored,
            status=status,
            done_on=row.values.get("done_on"),
            status_reason=row.values.get("status_reason", ""),
            **told | {"effective_at": told["effective_at"] or timezone.now()},
        )


def _create_findings(plan: Plan, rows: Sequence[FindingToWrite], deed: Deed) -> None:
    """All the new findings in one go, under the number of the document where it is free."""
    taken = set(Finding.objects.filter(plan=plan).values_list("number", flat=True))
    made = []
    for row in rows:
        wanted = row.values.get("number")
        number = wanted if wanted and wanted not in taken else max(taken, default=0) + 1
        taken.add(number)
        closed_on = closing_rules.closed_on([action.outcome for action in row.actions], before=None, on=deed.on)
        made.append(Finding(plan=plan, **row.values | {"number": number, "closed_on": closed_on}))
    for row, finding in zip(rows, deed.create(made), strict=True):
        row.stored = finding
    deed.create(FindingEngagement(finding=row.stored, engagement=one) for row in rows for one in row.engagements or ())


def _since_birth(deed: Deed, parent: Plan | Finding) -> Deed:
    """What is added to a plan or a finding born after the day of the document takes effect now."""
    born = history.records_of(parent).order_by("history_date").values_list("history_date", flat=True).first()
    is_later = deed.effective_at is not None and born is not None and born > deed.effective_at
    return Deed(deed.by, deed.reason) if is_later else deed


def _create_actions(rows: Sequence[FindingToWrite], deed: Deed, *, has_actions: bool = False) -> None:
    """All the new actions in one go, after those that their finding has."""
    made: list[tuple[ActionToWrite, Action]] = []
    for row in rows:
        new = [action for action in row.actions if action.stored is None]
        first = _next_position(row.stored) if new and has_actions else 0
        made += [(one, _new_action(row.stored, one, first + rank)) for rank, one in enumerate(new)]
    for (new_row, _), action in zip(made, deed.create(action for _, action in made), strict=True):
        new_row.stored = action
    _create_responsibles([row for row, _ in made], deed)


def _next_position(finding: Finding) -> int:
    last = Action.objects.filter(finding=finding).order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _new_action(finding: Finding, row: ActionToWrite, position: int) -> Action:
    action = Action(finding=finding, position=position, **row.values)
    if row.deadline is not None:
        on = row.written_on or timezone.localdate()
        deadlines.put(action, deadlines.understood(row.deadline, site=finding.plan.site, on=on))
    return action


def _create_responsibles(rows: Sequence[ActionToWrite], deed: Deed) -> None:
    given = [(row.stored, cleaned(row.responsibles or ())) for row in rows]
    everyone = [one for _, several in given for one in several]
    if given and everyone:
        responsibles.refuse_strangers(everyone, given[0][0].finding.plan.site)
    deed.create(
        ActionResponsible(action=action, unit=one.unit, user=one.user, words=one.words, position=position)
        for action, several in given
        for position, one in enumerate(several)
    )


def _remember(site: Unit, remembered: Mapping[str, str], deed: Deed) -> None:
    """Who each words stand for, for the next document of this site."""
    known = {row.key: row for row in ResponsibleMatch.objects.filter(site=site, key__in=remembered).order_by("pk")}
    for key, choice in remembered.items():
        kind, _, pk = choice.partition(":")
        match = known.get(key) or ResponsibleMatch(site=site, key=key)
        match.unit_id = int(pk) if kind == "unit" else None
        match.user_id = int(pk) if kind == "user" else None
        deed.save(match)
