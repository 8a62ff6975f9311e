"""Plausible figures: the same at each run, possible, and silent where there is nothing to measure."""

import random

from hypothesis import given
from hypothesis import strategies as st

from demo.figures import Draw, MonthOfStory, of_year, poisson
from demo.files import read_json
from indicators.enums import Measure, ValueState

PROFILES = read_json("profiles")
months = st.builds(MonthOfStory, st.integers(2021, 2035), st.integers(1, 12))


def test_the_same_cell_gets_the_same_figure_at_each_run():
    first = Draw(PROFILES, unit="13-aix-courrier", seed=1)
    second = Draw(PROFILES, unit="13-aix-courrier", seed=1)
    month = MonthOfStory(2024, 3)
    assert first.figure("courriels-5-jours", Measure.RATE, month) == second.figure(
        "courriels-5-jours", Measure.RATE, month
    )


def test_another_seed_gives_other_figures():
    month = MonthOfStory(2024, 3)
    drawn = {Draw(PROFILES, unit="x", seed=s).figure("courriels-5-jours", Measure.RATE, month) for s in range(20)}
    assert len(drawn) > 10


@given(st.sampled_from(sorted(code for code in PROFILES if "rate" in PROFILES[code])), months)
def test_a_rate_never_counts_more_successes_than_cases(code, month):
    figure = Draw(PROFILES, unit="x", seed=3).figure(code, Measure.RATE, month)
    assert figure.state != ValueState.MEASURED or 0 <= figure.numerator <= figure.denominator


@given(months)
def test_a_delay_has_no_case_exactly_when_its_rate_has_none(month):
    draw = Draw(PROFILES, unit="x", seed=3)
    rate = draw.figure("reclamations-courrier-10-jours", Measure.RATE, month)
    delay = draw.figure("delai-reclamations-courrier", Measure.DAYS, month)
    assert (rate.state == ValueState.NO_CASE) == (delay.state == ValueState.NO_CASE)


def test_an_outage_is_told_with_its_reason():
    figure = Draw(PROFILES, unit="x", seed=3).figure("taux-appels-aboutis-svi", Measure.RATE, MonthOfStory(2022, 8))
    assert (figure.state, figure.reason) == (ValueState.UNAVAILABLE, "Serveur vocal en panne")


def test_a_whole_year_can_be_closed():
    figure = Draw(PROFILES, unit="x", seed=3).figure("pn-demandes-infos", Measure.COUNT, MonthOfStory(2021, 5))
    assert figure.state == ValueState.CLOSED


def test_the_last_parameter_holds_for_the_years_that_follow():
    assert [of_year([1, 2], year) for year in (2021, 2022, 2030)] == [1, 2, 2]


def test_small_numbers_follow_their_mean():
    random_ = random.Random(7)
    draws = [poisson(random_, 2.0) for _ in range(2000)]
    assert abs(sum(draws) / len(draws) - 2.0) < 0.15
