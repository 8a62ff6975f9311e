"""The due date, the status of a day, who was to be trained in a year: truth tables, then properties."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.enums import Status
from training.rules.dates import add_months, in_years, last_day_of_month
from training.rules.statuses import HeldPeriod, HeldPost, Rule, due_date, end_of, is_to_train, joined, rule_on, standing

RULE = Rule()
TAKEN = date(2023, 9, 1)
DRAWN = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def status(on, *, post=None, trainings=(), tutoring=(), rule=RULE):
    return standing(post or HeldPost(TAKEN), trainings, tutoring, rule, on)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 9, 1), 12, date(2024, 9, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2096, 2, 29), 48, date(2100, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 12, 15), 1, date(2023, 1, 15)),
        (date(2024, 3, 31), -6, date(2023, 9, 30)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, expected):
    assert add_months(day, months) == expected


def test_a_month_alone_means_its_last_day():
    assert (last_day_of_month(2022, 2), last_day_of_month(2024, 2)) == (date(2022, 2, 28), date(2024, 2, 29))


@pytest.mark.parametrize(("months", "words"), [(12, "12 mois"), (48, "4 ans"), (24, "2 ans"), (18, "18 mois")])
def test_delays_are_told_in_months_or_whole_years(months, words):
    assert in_years(months) == words


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, date(2024, 9, 1)),
        (date(2022, 3, 10), date(2026, 3, 10)),  # taken before the post, it counts
        (date(2019, 3, 10), date(2024, 9, 1)),  # the post was taken after it lapsed: a year to go
        (date(2020, 9, 1), date(2024, 9, 1)),
        (date(2024, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_due_date_is_the_later_of_the_two(last, due):
    assert due_date(TAKEN, last, RULE) == due


@pytest.mark.parametrize(
    ("on", "how", "expected"),
    [
        (date(2024, 9, 1), {}, Status.TO_TRAIN),  # the due day is still in time
        (date(2024, 9, 2), {}, Status.OVERDUE),
        (date(2024, 1, 1), {"tutoring": [HeldPeriod(date(2023, 9, 1), date(2024, 3, 1))]}, Status.TUTORED),
        (date(2024, 3, 1), {"tutoring": [HeldPeriod(date(2023, 9, 1), date(2024, 3, 1))]}, Status.TUTORED),
        (date(2024, 3, 2), {"tutoring": [HeldPeriod(date(2023, 9, 1), date(2024, 3, 1))]}, Status.TO_TRAIN),
        (date(2024, 9, 2), {"tutoring": [HeldPeriod(date(2023, 9, 1), date(2025, 3, 1))]}, Status.OVERDUE),
        (date(2026, 3, 10), {"trainings": [date(2022, 3, 10)]}, Status.UP_TO_DATE),
        (date(2026, 3, 11), {"trainings": [date(2022, 3, 10)]}, Status.OVERDUE),
        (date(2024, 1, 1), {"trainings": [date(2019, 3, 10)]}, Status.TO_TRAIN),  # lapsed, a year to go
        (date(2024, 1, 1), {"trainings": [date(2024, 1, 2)]}, Status.TO_TRAIN),  # not followed yet
        (date(2024, 1, 2), {"trainings": [date(2024, 1, 2)]}, Status.UP_TO_DATE),
        (date(2026, 1, 1), {"post": HeldPost(TAKEN, exempt_from=date(2023, 9, 1))}, Status.EXEMPT),
        (date(2023, 10, 1), {"post": HeldPost(TAKEN, exempt_from=date(2024, 1, 1))}, Status.TO_TRAIN),
        (date(2024, 1, 1), {"post": HeldPost(TAKEN, date(2024, 8, 31))}, Status.LEAVING),
        (date(2024, 1, 1), {"post": HeldPost(TAKEN, date(2024, 9, 1))}, Status.TO_TRAIN),
    ],
)
def test_the_status_of_a_day_is_the_first_that_fits(on, how, expected):
    assert status(on, **how).status == expected


def test_a_due_date_is_told_with_its_two_candidates():
    told = status(date(2024, 1, 1), trainings=[date(2022, 3, 10)])

    assert told.due_on == date(2026, 3, 10)
    assert told.reason == (
        "prise de poste 01/09/2023 + 12 mois : 01/09/2024 ; formation du 10/03/2022 + 4 ans : 10/03/2026 ; "
        "la plus tardive"
    )
    assert status(date(2024, 1, 1)).reason == (
        "prise de poste 01/09/2023 + 12 mois : 01/09/2024 ; aucune formation suivie"
    )


def test_who_is_exempt_has_no_due_date_and_a_reason():
    told = status(date(2024, 1, 1), post=HeldPost(TAKEN, exempt_from=TAKEN, exempt_reason="attestation du 02/05/2021"))

    assert (told.due_on, told.reason) == (None, "dispensé depuis le 01/09/2023 : attestation du 02/05/2021")


def test_a_training_before_the_post_counts_or_not_as_the_rule_of_the_day_says():
    trainings = [date(2022, 3, 10)]
    before = Rule(date(2000, 1, 1))
    after = Rule(date(2024, 6, 1), counts_before_post=False)
    rules = [after, before]

    assert rule_on(rules, date(2024, 5, 31)) == before
    assert rule_on(rules, date(2024, 6, 1)) == after
    assert rule_on([after], date(2020, 1, 1)) == after
    assert rule_on([], date(2020, 1, 1)) == Rule()
    told = [standing(HeldPost(TAKEN), trainings, (), rule_on(rules, day), day) for day in (
        date(2024, 5, 31), date(2024, 6, 1), date(2024, 9, 2)
    )]  # fmt: skip
    assert [(one.status, one.due_on) for one in told] == [
        (Status.UP_TO_DATE, date(2026, 3, 10)),
        (Status.TO_TRAIN, date(2024, 9, 1)),
        (Status.OVERDUE, date(2024, 9, 1)),
    ]


def test_a_rule_that_changes_in_the_middle_moves_the_due_date_from_its_day_on():
    rules = [Rule(), Rule(date(2025, 1, 1), first_months=6, renewal_months=36)]
    due = [
        standing(HeldPost(TAKEN), [date(2022, 3, 10)], (), rule_on(rules, day), day).due_on
        for day in (date(2024, 12, 31), date(2025, 1, 1))
    ]

    assert due == [date(2026, 3, 10), date(2025, 3, 10)]


def test_a_contract_renewed_without_a_day_between_is_one_post():
    first = HeldPost(date(2022, 1, 1), date(2022, 12, 31))
    second = HeldPost(date(2023, 1, 1), date(2023, 12, 31))
    later = HeldPost(date(2024, 2, 1))

    assert joined([later, second, first]) == [HeldPost(date(2022, 1, 1), date(2023, 12, 31)), later]


def test_who_leaves_and_comes_back_has_a_year_from_coming_back():
    back = joined([HeldPost(date(2018, 1, 1), date(2020, 6, 30)), HeldPost(date(2023, 9, 1))])[-1]

    assert status(date(2024, 9, 1), post=back, trainings=[date(2018, 5, 4)]).due_on == date(2024, 9, 1)


def test_a_post_ends_with_its_contract_or_before():
    days = (date(2024, 1, 1), date(2024, 6, 30))

    assert [end_of(*days), end_of(None, days[1]), end_of(days[0], None), end_of(None, None)] == [
        days[0], days[1], days[0], None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("post", "trainings", "expected"),
    [
        (HeldPost(date(2021, 5, 1)), [], True),
        (HeldPost(date(2021, 12, 31)), [], True),
        (HeldPost(date(2022, 1, 1)), [], False),  # due in 2023
        (HeldPost(date(2015, 5, 1)), [date(2018, 12, 31)], True),  # due on 31 December
        (HeldPost(date(2015, 5, 1)), [date(2019, 1, 1)], False),
        (HeldPost(date(2015, 5, 1)), [date(2018, 3, 1), date(2022, 5, 1)], True),  # trained in the year
        (HeldPost(date(2015, 5, 1)), [date(2018, 3, 1), date(2021, 12, 31)], False),
        (HeldPost(date(2015, 5, 1), exempt_from=date(2016, 1, 1)), [], False),
        (HeldPost(date(2021, 5, 1), date(2022, 4, 30)), [], False),  # leaves the day before
        (HeldPost(date(2021, 5, 1), date(2022, 5, 1)), [], True),
    ],
)
def test_who_was_to_be_trained_in_2022(post, trainings, expected):
    assert is_to_train(post, trainings, RULE, year=2022, on=date(2022, 12, 31)) is expected


@DRAWN
@given(DAYS, st.lists(DAYS, max_size=4), DAYS)
def test_a_day_has_one_status_and_it_agrees_with_the_due_date(taken, trainings, on):
    told = standing(HeldPost(taken), trainings, (), RULE, on)
    past = [day for day in trainings if day <= on]

    assert told.last_training == max(past, default=None)
    assert told.due_on == max([add_months(taken, 12), *(add_months(day, 48) for day in past)])
    assert (told.status == Status.OVERDUE) == (told.due_on < on)
    assert told.status in (Status.UP_TO_DATE, Status.OVERDUE, Status.TO_TRAIN)


@DRAWN
@given(DAYS, st.lists(DAYS, max_size=4), DAYS, DAYS)
def test_a_training_more_never_brings_the_due_date_nearer_nor_does_tutoring_move_it(taken, trainings, more, on):
    before = standing(HeldPost(taken), trainings, (), RULE, on)
    after = standing(HeldPost(taken), [*trainings, more], (), RULE, on)
    tutored = standing(HeldPost(taken), trainings, [HeldPeriod(date.min, date.max)], RULE, on)

    assert after.due_on >= before.due_on
    assert tutored.due_on == before.due_on
    assert (tutored.status == Status.TUTORED) == (before.status == Status.TO_TRAIN)


@DRAWN
@given(DAYS, st.integers(0, 240), st.integers(0, 240))
def test_more_months_never_come_sooner(day, some, more):
    assert add_months(day, some) <= add_months(day, some + more)


@DRAWN
@given(st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=6), DAYS)
def test_joining_posts_changes_no_day_at_which_one_is_held(spans, on):
    posts = [HeldPost(start, start + timedelta(days=length)) for start, length in spans]
    found = joined(posts)

    assert any(post.is_held(on) for post in found) == any(post.is_held(on) for post in posts)
    assert joined(found) == found
    assert all(a.end + timedelta(days=1) < b.start for a, b in pairwise(found))


@DRAWN
@given(DAYS, DAYS, DAYS, DAYS)
def test_two_periods_meet_when_a_day_belongs_to_both(a, b, c, d):
    one, other = HeldPeriod(*sorted((a, b))), HeldPeriod(*sorted((c, d)))
    start = max(one.start, other.start)

    assert one.meets(other) == other.meets(one) == (one.covers(start) and other.covers(start))
