"""Fuzzy dates: what must hold of any text, lead, day and season."""

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.base.months import MONTH_NAMES, SHORT_MONTH_NAMES
from core.time.fuzzy_dates import FuzzyDate, Kind, words
from tests.core.time.plan_words import DAYS, EVENTS, OTHERS, PERIODS, read

MONTHS = tuple(dict.fromkeys((*MONTH_NAMES, *SHORT_MONTH_NAMES)))
SEASONS = ("printemps", "été", "automne", "hiver")
WHOLES = (*MONTHS, *SEASONS, "1er trimestre", "T2", "2e semestre", "S1", "année", "trimestre", "mois")
PARTS = tuple(f"{part}{whole}" for part in ("début ", "mi-", "fin ", "début de ", "fin du ") for whole in WHOLES)
NAMED = tuple(f"{whole}{year}" for whole in (*MONTHS, *SEASONS, "T3", "2e semestre") for year in ("", " 2027", " 27"))
EXACT = ("15/03/2027", "15/03/27", "2027-03-15", "15 mars 2027", "15 mars", "1er avril 2027", "lundi 15 mars 2027")
LEADS = (
    "{}", "d’ici {}", "d’ici à {}", "d’ici au {}", "d’ici le {}", "d’ici la {}", "d’ici l’{}", "jusqu’à {}",
    "jusqu’au {}", "jusqu’en {}", "au plus tard {}", "au plus tard le {}", "au plus tard au {}", "au plus tard en {}",
    "avant {}", "avant le {}", "avant la {}", "après {}", "dès {}", "à partir de {}", "à partir d’{}",
    "à partir du {}", "courant {}", "pour {}", "en {}", "entre {} et décembre 2027", "de {} à décembre 2027",
    "{}-décembre 2027", "{} au plus tard", "entre octobre 2014 et {}", "du 5 octobre 2014 au {}",
)  # fmt: skip


@pytest.mark.parametrize("lead", LEADS)
def test_every_lead_is_understood_before_every_day_month_season_and_part(lead):
    texts = [lead.format(expression) for expression in (*NAMED, *PARTS, *EXACT)]
    found = [read(text) for text in texts]
    assert [fuzzy.text for fuzzy in found if not (fuzzy.earliest or fuzzy.latest)] == []
    assert [fuzzy.text for fuzzy in found if fuzzy.earliest and fuzzy.latest and fuzzy.earliest > fuzzy.latest] == []


@pytest.mark.parametrize("season", SEASONS)
def test_by_a_season_is_before_it_begins(season):
    begins = read(f"{season} 2027").earliest
    ends = {read(text.format(season)).latest for text in ("d’ici l’{} 2027", "avant le {} 2027", "jusqu’au {} 2027")}
    assert ends == {begins - timedelta(1)}


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.none() | st.integers(0, 10_000), st.sampled_from("-/."))
@example(2026, 13, 1, "-")
@example(13, 2026, None, "/")
@example(15, 20, 3, "-")
def test_digits_are_one_date_or_none(first, second, third, sign):
    text = sign.join(str(number) for number in (first, second, third) if number is not None)
    found = read(text)
    is_years = third is None and 1900 <= first < second <= 2199 and sign != "."
    if found.is_known and not is_years:
        days = (found.earliest.day, found.earliest.month, found.earliest.year)
        digits = {first, second, third}
        assert found.earliest.month in digits
        assert found.kind == Kind.PERIOD or found.earliest.day in digits
        assert third is None or {days[2], days[2] - 2000} & digits


@pytest.mark.parametrize("word", ["fin ", "d’ici ", "du ", "1/", "- ", "lundi ", "mars-", "x", "(", "au plus tard "])
def test_a_long_text_costs_no_more_than_its_length(word):
    for length in (120, 100_000):
        text = (word * length)[:length]
        begun = process_time()
        read(text)
        assert process_time() - begun < 0.05


PIECES = [*DAYS, *PERIODS, *OTHERS, "fin", "avant", "du", "au", "et", "entre", "CLU", "1er", "12", "99", "-", "/", "²"]
TEXTS = st.text(max_size=140) | st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
SINCE = st.none() | st.dates()
ANY_PACE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # whatever else the machine does
VALUES = TEXTS | st.dates() | st.datetimes() | st.integers() | st.floats() | st.none()


@ANY_PACE
@given(VALUES, SINCE)
@example("après le 31/12/2199", date.max)
@example("29/02", date.max)
@example("fin hiver", date.min)
def test_any_text_is_read_within_honest_bounds_and_the_same_again(value, since):
    fuzzy = read(value, since)
    if fuzzy.earliest and fuzzy.latest:
        assert fuzzy.earliest <= fuzzy.latest
    assert read(fuzzy.text, since) == fuzzy
    assert fuzzy.text == fuzzy.text.strip()
    assert words(fuzzy, events=EVENTS)
    assert (fuzzy.kind == Kind.EVENT) == bool(fuzzy.event)
    assert FuzzyDate.stored(fuzzy.text, fuzzy.earliest, fuzzy.latest, event=fuzzy.event) == fuzzy


@ANY_PACE
@given(TEXTS, SINCE)
@example("après le 31/12/2199", None)
@example("15/11", date.max)
def test_the_words_of_what_was_understood_mean_the_same(text, since):
    fuzzy = read(text, since)
    again = read(words(fuzzy, events=EVENTS))
    if fuzzy.kind in (Kind.DAY, Kind.PERIOD):
        assert (again.earliest, again.latest, again.kind) == (fuzzy.earliest, fuzzy.latest, fuzzy.kind)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(written):
    in_words = f"{written.day} {MONTH_NAMES[written.month - 1]} {written.year}"
    forms = [f"{written:%d/%m/%y}", f"{written:%d/%m/%Y}", f"{written:%Y-%m-%d}", in_words, written]
    assert {(read(form).earliest, read(form).latest) for form in forms} == {(written, written)}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_year_left_out_is_the_next_one(written, since):
    found = read(f"{written:%d/%m}", since).earliest
    assert found >= since
    assert (found.day, found.month) == (written.day, written.month)
    assert found - since <= timedelta(366) or (written.day, written.month) == (29, 2)
