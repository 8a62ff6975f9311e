"""Random stories of all the verbs: the history replayed is the present, and each past day is as the test saw it.

The suite tells a few short stories; `STORIES=5000 STEPS=50 pytest tests/actions/stories` tells as many as asked.
"""

import os
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from actions import as_of
from actions.as_of.comparing import compare
from actions.enums import SETTLED, FindingKind, Status
from actions.models import Action, Finding, Plan
from actions.rules.deadlines import is_promise
from actions.rules.responsibles import Responsible
from actions.services import actions, bulk, deadlines, findings, plans, progress, reviews, twins
from core.base.errors import UserError
from core.record import history
from organisations.enums import Role
from tests.actions.factories import ProofFactory
from tests.actions.stories.ledger import MODELS, Timeline, flat, live
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory

STORIES, STEPS = int(os.environ.get("STORIES", "12")), int(os.environ.get("STEPS", "30"))
SHORT = "STORIES" not in os.environ  # a failure of the suite is told as it came, not reduced for minutes
START = datetime(2016, 1, 4, 9, tzinfo=UTC)
ORIGIN = date(2015, 10, 16)
WORDS = st.sampled_from(["", "Former", "Afficher", "Communiquer sur les MSAP"])
REASONS = st.sampled_from(["", "Budget", "Grève"])
DEADLINES = st.sampled_from(
    ["", "déjà fait", "15/11/15", "fin 2015", "1er trim. 2016", "T3 2016", "courant mai", "2017", "on verra"]
)
PAUSES = st.sampled_from([timedelta(hours=hours) for hours in (0, 0.1, 7, 24, 1000)])
AT_ONCE = timedelta(0)
MOST_PLANS = 3
BACK = st.none() | st.integers(0, 120).map(lambda days: timedelta(days=days))  # a document of some days ago


class Stories(RuleBasedStateMachine):
    """One site, a few units and engagements, and people who do anything in any order."""

    opened = Bundle("plans")
    found = Bundle("findings")
    decided = Bundle("actions")

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = START
        self.clock = time_machine.travel(self.now, tick=False)
        self.clock.start()
        self.site = SousPrefectureFactory()
        self.units = [ServiceFactory(parent=self.site, sigle=f"S{n}") for n in range(3)]
        self.engagements = [EngagementFactory(code=f"{n}.1") for n in range(3)]
        self.by = user_with(Role.QUALITY_REFERENT, self.site)
        self.timeline = Timeline()
        self.days: set[date] = set()
        self.titles = 0
        told = {"title": "Audit", "origin": "internal_audit", "origin_on": ORIGIN}
        self.plan = self.do(AT_ONCE, None, plans.create_plan, site=self.site, **told)
        self.finding = self.do(AT_ONCE, None, findings.add_finding, self.plan, text="Constat")
        self.actions = [self.do(AT_ONCE, None, actions.add_action, self.finding, text="") for _ in range(2)]

    def teardown(self):
        try:
            self.replaying_the_history_gives_the_present()
            self.every_move_is_in_the_ledger()
            self.every_past_day_is_as_it_was_seen()
            self.every_difference_is_that_of_the_two_days_read_whole()
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # ---- what people do

    @initialize(target=opened)
    def first_plan(self):
        return self.plan

    @initialize(target=found)
    def first_finding(self):
        return self.finding

    @initialize(target=decided)
    def first_actions(self):
        return multiple(*self.actions)

    @precondition(lambda self: self.titles < MOST_PLANS)
    @rule(target=opened, pause=PAUSES, back=BACK, origin=st.none() | st.just(ORIGIN))
    def open_plan(self, pause, back, origin):
        self.titles += 1
        return self.do(
            pause, back, plans.create_plan, site=self.site, title=f"Plan {self.titles}", origin="clu", origin_on=origin
        )

    @rule(plan=opened, pause=PAUSES, back=BACK, comment=WORDS, origin=st.none() | st.dates(ORIGIN, date(2016, 6, 1)))
    def change_plan(self, plan, pause, back, comment, origin):
        self.do(pause, back, plans.change_plan, plan, comment=comment, origin_on=origin)

    @rule(target=found, plan=opened, pause=PAUSES, back=BACK, picked=st.sets(st.integers(0, 2)))
    def add_finding(self, plan, pause, back, picked):
        engagements = [self.engagements[n] for n in picked]
        return self.do(pause, back, findings.add_finding, plan, text="Constat", engagements=engagements)

    @rule(
        finding=found, pause=PAUSES, back=BACK, kind=st.sampled_from(FindingKind.values), number=st.integers(1, 4),
        picked=st.sets(st.integers(0, 2)),
    )  # fmt: skip
    def change_finding(self, finding, pause, back, kind, number, picked):
        engagements = [self.engagements[n] for n in picked]
        fields = {"kind": kind, "number": number, "engagements": engagements}
        self.do(pause, back, findings.change_finding, finding, **fields)

    @rule(finding=found, to=opened, pause=PAUSES)
    def move_finding(self, finding, to, pause):
        self.do(pause, None, findings.move_finding, finding, to=to)

    @rule(target=decided, finding=found, pause=PAUSES, back=BACK, text=WORDS, deadline=DEADLINES, who=st.data())
    def add_action(self, finding, pause, back, text, deadline, who):
        given = {"text": text, "deadline": deadline, "responsibles": self.draw_responsibles(who)}
        return self.do(pause, back, actions.add_action, finding, **given)

    @rule(target=decided, finding=found, pause=PAUSES, back=BACK, status=st.sampled_from(Status.values))
    def take_over_action(self, finding, pause, back, status):
        """A document tells of an action whose status stands as written."""
        told = back or AT_ONCE
        return self.do(pause, told, actions.add_action, finding, text="Du document", status=status)

    @rule(action=decided, pause=PAUSES, back=BACK, text=WORDS, deadline=DEADLINES, reason=REASONS, who=st.data())
    def change_action(self, action, pause, back, text, deadline, reason, who):
        given = {"text": text, "deadline": deadline, "responsibles": self.draw_responsibles(who), "reason": reason}
        self.do(pause, back, actions.change_action, action, **given)

    @rule(action=decided, to=found, pause=PAUSES)
    def move_action(self, action, to, pause):
        self.do(pause, None, actions.move_action, action, to=to)

    @rule(action=decided, pause=PAUSES, back=BACK, verb=st.sampled_from(["start", "put_back"]))
    def start_or_put_back(self, action, pause, back, verb):
        self.do(pause, back, getattr(progress, verb), action)

    @rule(action=decided, pause=PAUSES, back=BACK, comment=WORDS, ago=st.integers(-1, 60))
    def mark_done(self, action, pause, back, comment, ago):
        done_on = timezone.localdate(self.now + pause) - timedelta(days=ago)
        self.do(pause, back, progress.mark_done, action, done_on=done_on, comment=comment)

    @rule(action=decided, pause=PAUSES, back=BACK, deadline=DEADLINES, reason=REASONS)
    def postpone(self, action, pause, back, deadline, reason):
        self.do(pause, back, progress.postpone, action, deadline=deadline, reason=reason)

    @rule(action=decided, pause=PAUSES, back=BACK, deadline=DEADLINES, reason=REASONS)
    def move_deadline(self, action, pause, back, deadline, reason):
        self.do(pause, back, progress.move_deadline, action, deadline=deadline, reason=reason)

    @rule(action=decided, pause=PAUSES, back=BACK, reason=REASONS, verb=st.sampled_from(["abandon", "reopen"]))
    def abandon_or_reopen(self, action, pause, back, reason, verb):
        self.do(pause, back, getattr(progress, verb), action, reason=reason)

    @rule(action=decided, pause=PAUSES, back=BACK, status=st.sampled_from(Status.values), comment=WORDS, reason=REASONS)
    def report(self, action, pause, back, status, comment, reason):
        told = {"status": status, "comment": comment, "reason": reason, "deadline": "T4 2017"}
        self.do(pause, back, progress.report_progress, action, **told)

    @rule(action=decided, pause=PAUSES, back=BACK, status=st.sampled_from(Status.values))
    def import_status(self, action, pause, back, status):
        self.do(pause, back or AT_ONCE, progress.take_over, action, status=status)

    @rule(action=decided, pause=PAUSES, months=st.integers(0, 12))
    def ask_review(self, action, pause, months):
        self.do(pause, None, reviews.ask_review, action, months=months)

    @rule(action=decided, pause=PAUSES, result=st.sampled_from(["effective", "ineffective", "bof"]))
    def review(self, action, pause, result):
        self.do(pause, None, reviews.review, action, result=result, comment="Vu")

    @rule(action=decided, into=decided, pause=PAUSES)
    def merge(self, action, into, pause):
        self.do(pause, None, twins.merge, action, into=into)

    @rule(action=decided, pause=PAUSES, reason=REASONS)
    def separate(self, action, pause, reason):
        self.do(pause, None, twins.separate, action, reason=reason)

    @rule(some=st.lists(decided, max_size=4), pause=PAUSES, verb=st.sampled_from(["start", "abandon", "remove"]))
    def change_many(self, some, pause, verb):
        chosen = list(Action.objects.filter(pk__in=[one.pk for one in some]))
        told = {} if verb == "start" else {"reason": "En nombre"}
        self.do(pause, None, bulk.change, chosen, verb=verb, **told)

    @rule(action=decided, pause=PAUSES)
    def join_a_proof(self, action, pause):
        self.do(pause, None, self.proof, action)

    @rule(action=consumes(decided), pause=PAUSES, reason=REASONS)
    def remove_action(self, action, pause, reason):
        self.do(pause, None, actions.remove_action, action, reason=reason)

    @rule(finding=consumes(found), pause=PAUSES, reason=REASONS)
    def remove_finding(self, finding, pause, reason):
        self.do(pause, None, findings.remove_finding, finding, reason=reason)

    @rule(plan=consumes(opened), pause=PAUSES, reason=REASONS)
    def remove_plan(self, plan, pause, reason):
        self.do(pause, None, plans.remove_plan, plan, reason=reason)

    def draw_responsibles(self, who) -> list[Responsible]:
        picked = who.draw(st.lists(st.integers(0, 3), max_size=4))
        return [Responsible(unit=self.units[n]) if n < len(self.units) else Responsible(words="tous") for n in picked]

    def proof(self, action, *, by):
        row = ProofFactory.build(action=action, file="preuves/note.pdf", added_by=by)
        if not Action.objects.filter(pk=action.pk).exists():
            raise UserError("gone")
        history.save(row, by=by)

    def do(self, pause, back, verb, /, *subjects, **arguments):
        """Call a verb some time later; a refusal changes nothing. Gives what it made, for the rules to come."""
        self.now += pause
        self.clock.stop()
        self.clock = time_machine.travel(self.now, tick=False)
        self.clock.start()
        effective_at = None if back is None else max(self.now - back, START - timedelta(days=60))
        told = arguments if back is None else arguments | {"effective_at": effective_at}
        self.days.add(timezone.localdate())
        try:
            made = verb(*subjects, by=self.by, **told)
        except UserError:
            assert live() == self.timeline.present
            return multiple()
        self.timeline.write(live(), now=self.now, effective_at=effective_at)
        if effective_at is not None:
            self.days.add(timezone.localdate(effective_at))
        return multiple() if made is None else made

    # ---- what always holds

    @invariant()
    def each_step_is_replayed(self):
        if not SHORT:
            self.replaying_the_history_gives_the_present()

    def replaying_the_history_gives_the_present(self):
        present = self.timeline.present
        for model in MODELS:
            names = [field.attname for field in model.history.model.tracked_fields]
            replayed = {row["id"]: row for row in history.as_of(model, self.now).values(*names)}
            assert replayed == {pk: row for (kind, pk), row in present.items() if kind is model}

    @invariant()
    def twins_are_flat_and_share_one_status(self):
        for twin in Action.objects.filter(merged_into__isnull=False).select_related("merged_into"):
            leader = twin.merged_into
            assert leader.merged_into_id is None
            assert (twin.status, twin.done_on, twin.status_reason) == (
                leader.status, leader.done_on, leader.status_reason,
            )  # fmt: skip

    @invariant()
    def findings_are_closed_by_their_actions(self):
        for finding in Finding.objects.prefetch_related("actions"):
            rows = list(finding.actions.all())
            assert (finding.closed_on is not None) == (bool(rows) and all(row.status in SETTLED for row in rows))

    @invariant()
    def only_done_actions_have_a_day_and_promises_stay(self):
        for action in Action.objects.all():
            assert action.done_on is None or action.status == Status.DONE
            assert action.review_due_on is None or action.status == Status.DONE
            assert bool(action.promised_text) or not is_promise(action.deadline)

    def every_move_is_in_the_ledger(self):
        for action in Action.objects.all():
            assert action.move_count <= len(deadlines.ledger(action))

    def every_past_day_is_as_it_was_seen(self):
        units = {unit.sigle: unit.pk for unit in self.units}
        engagements = {one.code: one.pk for one in self.engagements}
        for day in sorted({min(self.days, default=START.date()) - timedelta(days=1), *self.days}):
            end = timezone.make_aware(datetime.combine(day, time.max))
            state = as_of.plan_state(self.site, day)
            assert flat(state, units, engagements) == self.timeline.plans_at(end)
            assert [one.title for one in state.plans] == [
                row["title"] for row in sorted_plans(self.timeline.rows_at(end))
            ]

    def every_difference_is_that_of_the_two_days_read_whole(self):
        days = sorted({min(self.days, default=START.date()) - timedelta(days=1), *self.days})
        days = [*days[:: len(days) // 3 or 1], days[-1]] if SHORT else days
        states = [as_of.plan_state(self.site, day) for day in days]
        for start, end in [*pairwise(states), (states[0], states[-1])]:
            whole, told = compare(start, end), as_of.difference(self.site, start.on, end.on)
            assert what_differs(told.different_plans) == what_differs(whole.different_plans)
        for plan in whole.different_plans:
            alone = as_of.difference(self.site, days[0], days[-1], plan=plan.item.id)
            assert what_differs(alone.different_plans) == what_differs([plan])


def what_differs(rows) -> dict:
    """By number of the plan, finding or action: what happened to it, its changes in words, and what is under it."""
    return {row.item.id: (row.kind, row.changes, what_differs(row.different_children)) for row in rows}


def sorted_plans(rows) -> list[dict]:
    found = [row for (model, _pk), row in rows.items() if model is Plan]
    return sorted(found, key=lambda row: (row["origin_on"] or date.max, row["id"]))


@pytest.mark.django_db
def test_replaying_the_history_gives_the_present_and_each_past_day():
    run_state_machine_as_test(
        Stories,
        settings=settings(
            max_examples=STORIES,
            derandomize=True,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate) if SHORT else tuple(Phase),
        ),
    )
