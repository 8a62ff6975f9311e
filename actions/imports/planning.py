"""From a recognised document and the choices of a person to what would be recorded, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from actions.imports.comparing import write_action, write_finding
from actions.imports.document import Document, SourcePlan
from actions.imports.engagements import Book, book_of
from actions.imports.plan import CREATED, UNCHANGED, Change, Planned, PlannedPlan, PlannedRow
from actions.imports.responsibles import Directory, directory_of
from actions.imports.stored import Dates, dates_of, match_actions, match_findings, plans_of
from actions.imports.understanding import Context, understand
from actions.models import Plan
from actions.services.imports import FindingToWrite, instant_of
from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain
from core.words import in_words
from organisations.models import Unit
from referential.models import Engagement

Choices = Mapping[str, Any]


def plan_of(
    document: Document, *, site: Unit, effective_on: date | None = None, choices: Choices | None = None
) -> Planned:
    """What recording the document would do at a site. Reads only."""
    return _Planner(site, effective_on, choices or {}).plan(document)


class _Planner:
    """Reads what is stored once, then plans each plan of the document."""

    def __init__(self, site: Unit, effective_on: date | None, choices: Choices):
        self.site, self.effective_on, self.choices = site, effective_on, choices
        self.today = timezone.localdate()
        self.stored: dict[str, Plan] = {}
        self.directory: Directory = directory_of(site, chosen=choices.get("responsibles", {}))
        self.books: dict[date, Book] = {}
        self.dates: dict[tuple[str, int], Dates] = {}

    def plan(self, document: Document) -> Planned:
        self.stored = plans_of(self.site, [one.title for one in document.plans])
        self.dates = dates_of(self.stored.values()) if self.stored else {}
        plans = [self._plan(index, source) for index, source in enumerate(document.plans)]
        return Planned(
            plans=plans,
            problems=list(document.problems),
            directory=self.directory,
            engagements=self._engagements(plans),
            ignores_errors=bool(self.choices.get("ignore_errors")),
        )

    def _engagements(self, plans: list[PlannedPlan]) -> list[Engagement]:
        """Those of the referentials that the plans follow: what a person may choose from."""
        followed = {plan.referential.pk for plan in plans if plan.referential}
        found = {one.pk: one for book in self.books.values() for one in book.engagements}
        return [one for one in found.values() if one.module.referential_id in followed]

    def _plan(self, index: int, source: SourcePlan) -> PlannedPlan:
        stored = self.stored.get(plain(source.title))
        chosen = self.choices.get("plans", {}).get(source.title, {})
        origin_on = stored.origin_on if stored else _day(chosen.get("origin_on")) or source.origin_on
        effective_on = self._effective_on(source)
        book = self._book(origin_on or effective_on)
        told = {(row.section, row.text("engagement")) for row in source.rows}
        plan = PlannedPlan(
            index=index,
            source=source,
            stored=stored,
            origin=stored.origin if stored else chosen.get("origin") or source.origin,
            origin_on=origin_on,
            referential=(stored.referential if stored else None) or book.referential_of(told),
            effective_on=effective_on,
            rows=[],
            is_left_out=bool(chosen.get("left_out")),
        )
        plan.rows = self._rows(plan, book)
        self._judge(plan)
        return plan

    def _effective_on(self, source: SourcePlan) -> date:
        return min(self.effective_on or source.updated_on or self.today, self.today)

    def _book(self, on: date) -> Book:
        if on not in self.books:
            self.books[on] = book_of(on)
        return self.books[on]

    def _rows(self, plan: PlannedPlan, book: Book) -> list[PlannedRow]:
        written_on = plan.origin_on or plan.effective_on
        context = Context(
            plan=plan.source,
            origin_on=plan.origin_on,
            written_on=written_on,
            today=self.today,
            referential=plan.referential,
            book=book,
            directory=self.directory,
            statuses=self.choices.get("statuses", {}),
            engagements=self.choices.get("engagements", {}),
        )
        rows = [understand(source, context) for source in plan.source.rows]
        _match(rows, plan.stored)
        written: dict[int, FindingToWrite] = {}
        for row in rows:
            if row.source.finding not in written:
                written[row.source.finding] = write_finding(row)
            row.finding_to_write = written[row.source.finding]
            if row.source.has_action and row.status is not None:
                row.action_to_write = write_action(row, written_on=written_on)
            self._mark_late(row, plan)
        return rows

    def _mark_late(self, row: PlannedRow, plan: PlannedPlan) -> None:
        """What changed after the day of effect, or was born after it, takes effect now: the past stays as it was."""
        at = instant_of(plan.effective_on)
        if at is None or row.state == UNCHANGED:
            return
        known = [self.dates.get((one._meta.model_name, one.pk)) for one in (row.finding, row.action) if one]
        late = [dates.last for dates in known if dates and dates.last > at and row.changes]
        born = self.dates.get(
            ("finding", row.finding.pk) if row.finding else ("plan", plan.stored.pk if plan.stored else 0)
        )
        late += [born.first] if row.state == CREATED and born and born.first > at else []
        if late:
            message = (
                f"Modifiée dans l’application le {in_words(timezone.localdate(max(late)))}, après le "
                f"{in_words(plan.effective_on)} : le changement prendra effet aujourd’hui."
            )
            row.problems.append(Problem(WARNING, plan.source.sheet, row.source.cell("finding"), message))

    def _judge(self, plan: PlannedPlan) -> None:
        """What is to be said of the plan as a whole."""
        source, stored = plan.source, plan.stored
        matched = {row.action.pk for row in plan.rows if row.action}
        if stored:
            plan.missing = sum(
                one.pk not in matched for finding in stored.findings.all() for one in finding.actions.all()
            )
            self._compare_updates(plan)
        told = self.effective_on or source.updated_on
        if told and told > self.today:
            _warn(plan, f"La date de mise à jour du {in_words(told)} est à venir : le plan prendra effet aujourd’hui.")
        elif told and plan.origin_on and told < plan.origin_on:
            _warn(plan, f"La mise à jour du {in_words(told)} précède l’origine du plan, le {in_words(plan.origin_on)}.")
        if plan.needs_origin:
            _warn(plan, "L’origine du plan n’est pas dite par son titre : choisissez-la.")
        if plan.origin_on and plan.origin_on > self.today and stored is None:
            message = f"L’origine du plan, le {in_words(plan.origin_on)}, est à venir."
            plan.problems.append(Problem(ERROR, source.sheet, source.title_cell, message))
        if plan.missing:
            many = "actions du plan ne sont plus dans le document : elles restent telles quelles."
            one = "action du plan n’est plus dans le document : elle reste telle quelle."
            _warn(plan, f"{plan.missing} {many if plan.missing > 1 else one}")

    def _compare_updates(self, plan: PlannedPlan) -> None:
        known, told = plan.stored.updated_on, plan.source.updated_on
        if told and (known is None or told > known):
            plan.changes.append(Change("Mise à jour", in_words(known), in_words(told)))
        elif told and known and told < known:
            _warn(
                plan, f"Ce document est du {in_words(told)}, plus ancien que le plan, mis à jour le {in_words(known)}."
            )


def _match(rows: list[PlannedRow], plan: Plan | None) -> None:
    """Give each row the finding and the action it is. A row in error, never recorded, chooses last."""
    groups: dict[int, list[PlannedRow]] = defaultdict(list)
    for row in rows:
        groups[row.source.finding].append(row)
    several = sorted(groups.values(), key=lambda group: all(row.has_error for row in group))
    leaders = [group[0] for group in several]
    findings = match_findings(leaders, lambda row: (row.source.section, row.finding_text), plan)
    for group, finding in zip(several, findings, strict=True):
        acting = sorted((row for row in group if row.source.has_action), key=lambda row: row.has_error)
        actions = match_actions(acting, lambda row: row.action_text, finding)
        for row in group:
            row.finding = finding
        for row, action in zip(acting, actions, strict=True):
            row.action = action


def _warn(plan: PlannedPlan, message: str) -> None:
    plan.problems.append(Problem(WARNING, plan.source.sheet, plan.source.title_cell, message))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
