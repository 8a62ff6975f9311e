"""The action plans of the demonstration: possible on any day, lived in by several people, dated at their hour."""

from datetime import date, timedelta

import pytest

from actions.as_of import plan_state
from actions.enums import Origin, Status
from actions.models import Action, Plan, PlanImport
from core.services import calendars
from core.time.fuzzy_dates import Kind, parse
from demo import organisation, plan_imports, plans
from demo.files import read_json
from demo.plans import PlanTelling
from organisations.models import Unit
from referential.services import loading as referential_loading

TODAY = date(2026, 11, 21)
STORY = read_json("plans")
ACTIONS = [(plan, action) for plan in STORY["plans"] for finding in plan["findings"] for action in finding["actions"]]
MOVES = {"move", "postpone"}


@pytest.fixture
def units(db) -> dict[str, Unit]:
    calendars.load()
    referential_loading.load_all(referential_loading.SHIPPED)
    return organisation.load_units(by=None)


@pytest.fixture
def told(units) -> dict[str, Unit]:
    people = organisation.load_people(units, today=TODAY)
    plan_imports.load_imports(units, by=people["rq"])
    plans.load_history(units, people, today=TODAY)
    return units


def test_every_deadline_of_the_story_is_possible_whatever_the_day_it_is_told():
    wrong = []
    for today in (TODAY + timedelta(days=11 * n) for n in range(40)):
        telling = PlanTelling({}, {}, today)
        for plan, action in ACTIONS:
            origin = today + timedelta(days=plan["origin_on"])
            spoken = [(plan["opened"][0], action["deadline"])]
            spoken += [(day, told[0]) for day, verb, _by, *told in action["log"] if verb in MOVES]
            read = [parse(telling._words(words), written_on=telling._day(day)) for day, words in spoken]
            latest = [deadline.latest for deadline in read if deadline.latest]
            if latest != sorted(set(latest)) or any(day < origin for day in latest):
                wrong.append((today, action["text"], latest))
            assert Kind.UNKNOWN not in {deadline.kind for deadline in read}
    assert wrong == []


def test_everything_happens_in_order_and_before_today():
    for plan, action in ACTIONS:
        days = [plan["origin_on"], plan["opened"][0], *(entry[0] for entry in action["log"]), -1]
        assert days == sorted(days), action["text"]


def test_two_years_of_work_are_told_by_several_people_at_the_hour_they_happened(told):
    rows = Action.history.filter(
        finding_id__in=Action.history.filter(history_date__year__gte=2024).values("finding_id")
    )
    assert set(rows.values_list("history_user__email", flat=True)) == {
        f"{login}@demo.invalid" for login in ("rq", "suppleant", "chef", "contributeur")
    }
    assert [row for row in rows if row.history_date != row.recorded_at] == []
    assert (rows.earliest("history_date").history_date.date(), rows.latest("history_date").history_date.date()) == (
        date(2024, 11, 22), date(2026, 11, 9),
    )  # fmt: skip


def test_every_verb_has_left_its_trace(told):
    lived_in = Action.objects.filter(finding__plan__site__code__startswith="13")
    assert set(lived_in.values_list("status", flat=True)) == set(Status.values) - {Status.POSTPONED}
    assert Action.history.filter(status=Status.POSTPONED).count() > 0
    assert lived_in.filter(merged_into__isnull=False).count() == 1
    assert lived_in.filter(review_result="effective").count() == 2
    assert lived_in.filter(move_count__gte=2).count() == 2
    assert Action.history.filter(history_type="-").count() == 2
    assert lived_in.overdue(TODAY).count() == 6
    assert lived_in.filter(deadline_event="clu").pending().count() == 3


def test_the_plan_of_the_aisne_stands_from_the_day_of_its_update(told):
    eve, day = (plan_state(told["02"], on) for on in (date(2016, 10, 6), date(2016, 10, 7)))
    assert eve.plans == ()
    assert [len(list(plan.actions)) for plan in day.plans] == [17, 8, 12]
    assert {action.recorded_on.year > 2016 for action in day.actions} == {True}
    assert {responsible for action in day.actions for responsible in action.responsibles} >= {
        "BRH", "SIDSIC", "DRCTAJ", "SDCI", "DLP", "Courrier", "Com",
    }  # fmt: skip


def test_the_plans_of_2019_are_those_of_the_committee_the_survey_and_the_audit(told):
    state = plan_state(told["demo"], date(2019, 11, 30))
    assert sorted(plan.origin for plan in state.plans) == sorted(
        [Origin.CLU, Origin.SATISFACTION_SURVEY, Origin.INTERNAL_AUDIT]
    )


def test_telling_it_again_adds_nothing(told):
    before = Plan.objects.count(), Action.history.count(), PlanImport.objects.count()
    people = organisation.load_people(told, today=TODAY)
    plan_imports.load_imports(told, by=people["rq"])
    plans.load_history(told, people, today=TODAY)
    assert (Plan.objects.count(), Action.history.count(), PlanImport.objects.count()) == before


def test_a_verb_that_the_story_does_not_know_is_said(units):
    telling = PlanTelling(units, {}, TODAY)
    telling.made["a"] = None
    with pytest.raises(ValueError, match="'dance'"):
        telling._do("dance", "a", 0, [], by=None)
