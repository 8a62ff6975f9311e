"""Due dates whatever the days: leap days, changes of post, gaps, rules that change, contracts renewed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.enums import Status
from training.rules.dates import add_months
from training.rules.statuses import HeldPost, Rule, due_date, is_to_train, joined, rule_on, standing

DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))
SPANS = st.integers(1, 900)
DAY = timedelta(days=1)


@given(st.integers(2000, 2040), st.integers(1, 20))
def test_29_february_is_due_on_28_february_where_the_year_has_none(year, years):
    leap = year - year % 4
    due = add_months(date(leap, 2, 29), 12 * years)
    assert (due.month, due.day) == ((2, 29) if due.year % 4 == 0 else (2, 28))


@given(DAYS, st.lists(DAYS, max_size=4))
def test_the_due_day_itself_is_in_time_and_the_next_one_late(start, trainings):
    past = [day for day in trainings if day <= start]
    due = due_date(start, max(past, default=None), Rule())
    assert standing(HeldPost(start), past, [], Rule(), due).status != Status.OVERDUE
    assert standing(HeldPost(start), past, [], Rule(), due + DAY).status == Status.OVERDUE


@given(DAYS, SPANS)
def test_a_training_before_the_post_counts_unless_the_rule_says_no(start, before):
    training = start - before * DAY
    found = standing(HeldPost(start), [training], [], Rule(), start)
    strict = standing(HeldPost(start), [training], [], Rule(counts_before_post=False), start)
    assert found.due_on == max(add_months(start, 12), add_months(training, 48))
    assert strict.due_on == add_months(start, 12)


@given(DAYS, SPANS, SPANS, SPANS)
def test_a_contract_renewed_keeps_its_due_date_and_a_gap_begins_another(start, first, gap, second):
    end = start + first * DAY
    renewed = HeldPost(end + DAY, end + DAY + second * DAY)
    assert joined([renewed, HeldPost(start, end)]) == [HeldPost(start, renewed.end)]

    back = HeldPost(end + DAY + gap * DAY)
    assert joined([HeldPost(start, end), back]) == [HeldPost(start, end), back]
    assert standing(back, [], [], Rule(), back.start).due_on == add_months(back.start, 12)


@given(DAYS, DAYS, SPANS)
def test_a_rule_that_changes_holds_from_its_day_and_not_before(start, changed, later):
    rules = [Rule(), Rule(since=changed, first_months=6)]
    assert rule_on(rules, changed - DAY).first_months == 12
    assert rule_on(rules, changed + later * DAY).first_months == 6
    assert due_date(start, None, rule_on(rules, changed)) == add_months(start, 6)


@given(DAYS, SPANS)
def test_who_leaves_before_the_due_date_is_not_to_train(start, held):
    post = HeldPost(start, start + held * DAY)
    due = add_months(start, 12)
    status = standing(post, [], [], Rule(), start).status
    assert status == (Status.LEAVING if post.end < due else Status.TO_TRAIN)
    assert is_to_train(post, [], Rule(), year=due.year, on=min(post.end, date(due.year, 12, 31))) == (post.end >= due)


@given(DAYS, DAYS)
def test_one_course_brings_two_themes_to_the_same_renewal_whatever_the_posts(one, other):
    training = max(one, other) + DAY
    found = {standing(HeldPost(start), [training], [], Rule(), training).renewal_due for start in (one, other)}
    assert found == {add_months(training, 48)}
