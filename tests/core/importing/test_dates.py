"""Columns of dates: days, impossible ones, and the order that a column is in."""

from datetime import date, datetime
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.importing.dates import DateOrder, DateOrderFound, Impossible, order_of, read_day

DAY, MONTH = DateOrder.DAY_MONTH, DateOrder.MONTH_DAY
THE_12TH = (
    "12/03/2024", "12/03/24", "12.03.2024", "12-03-2024", "12 03 2024", "2024-03-12", "2024/3/12", "12 mars 2024",
    "12 Mars 24", "12-mars-2024", "mardi 12 mars 2024", "Mardi 12/03/2024", "mar. 12/03/2024", "March 12, 2024",
    "Tuesday, March 12 2024", "12 Mar 2024", "réalisé le 12/03/2024", "Fait le 12 mars 2024", "depuis le 12/03/2024",
    "12/03/2024 14:30", "12/03/2024 à 14h30", "2024-03-12T09:30:00Z", "2024-03-12 09:30:00.123+01:00",
    "12/03/2024 2:30 PM", date(2024, 3, 12), datetime(2024, 3, 12, 9, 30), "20240312", 20240312, "2024-03-11T23:30Z",
    "2024-03-12T22:30:00.000Z",
)  # fmt: skip


@pytest.mark.parametrize("value", THE_12TH)
def test_a_day_is_read_however_it_is_written(value):
    assert read_day(value) == date(2024, 3, 12)


@pytest.mark.parametrize(
    "value",
    ["", "-", "néant", "2024", 12, 45363, None, "12", "fait", "T1 2024", "12/03/2024 puis 15/03/2024", "mars 2024"],
)
def test_what_is_no_day_is_none(value):
    assert read_day(value) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2024", "Le 31 février 2024 n’existe pas."),
        ("09/15/2023", "Le mois 15 n’existe pas."),
        ("2026-13-01", "Le mois 13 n’existe pas."),
        ("30 février 2024", "Le 30 février 2024 n’existe pas."),
        ("00/01/2024", "Le 0 janvier 2024 n’existe pas."),
        ("12/03", "L’année n’est pas écrite."),
        ("12/03/0024", "L’année 24 n’est pas comprise entre 1900 et 2199."),
        ("lundi 12 mars 2024", "Le 12/03/2024 est un mardi, pas un lundi."),
        ("45363", "Sans doute un jour de tableur dont le format s’est perdu : écrivez la date."),
    ],
)
def test_an_impossible_day_is_told(text, why):
    assert read_day(text) == Impossible(text, why)


def test_the_year_comes_from_the_context_when_it_is_left_out():
    assert read_day("réalisé le 12/03", year=2024) == date(2024, 3, 12)
    assert read_day("12 mars", year=2024) == date(2024, 3, 12)


def test_a_month_is_its_last_day_when_asked():
    assert [read_day(text, month_end=True) for text in ("mars 2024", "Févr. 2024", "02/2024", "2024-02")] == [
        date(2024, 3, 31), date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29),
    ]  # fmt: skip
    assert read_day("réalisé en mars", year=2024, month_end=True) == date(2024, 3, 31)


def test_month_and_day_are_read_in_the_order_of_the_column():
    assert read_day("03/12/2024", order=MONTH) == date(2024, 3, 12)
    assert read_day("2024-03-12", order=MONTH) == date(2024, 3, 12)
    assert read_day("15/03/2024", order=MONTH) == Impossible("15/03/2024", "Le mois 15 n’existe pas.")


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], DateOrderFound(DAY, True)),
        (["2024-03-12", "mars"], DateOrderFound(DAY, True)),
        (["15/03/2024", "03/04/2024"], DateOrderFound(DAY, True, ("15/03/2024",))),
        (["03/15/2024", "03/04/2024"], DateOrderFound(MONTH, True, ("03/15/2024",))),
        (["03/04/2024"], DateOrderFound(DAY, False, (), (), ("03/04/2024",))),
        (["03/03/2024"], DateOrderFound(DAY, True)),
        (["03.04.2024"], DateOrderFound(DAY, True, ("03.04.2024",))),
        (["3/4/2024 9:05:00 AM"], DateOrderFound(MONTH, True, ("3/4/2024 9:05:00 AM",))),
        (["03/15/2024", "15/03/2024"], DateOrderFound(DAY, False, ("15/03/2024",), ("03/15/2024",))),
    ],
)
def test_the_order_of_a_column_is_settled_by_all_its_dates(texts, found):
    assert order_of(texts) == found


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["/", ".", "-"]))
@example(date(2024, 12, 12), "/")
def test_the_same_day_is_read_in_both_orders(day, sign):
    assert read_day(day.strftime(f"%d{sign}%m{sign}%Y")) == day
    assert read_day(day.strftime(f"%m{sign}%d{sign}%Y"), order=MONTH) == day
    assert order_of([day.strftime(f"%d{sign}%m{sign}%Y")]).order == DAY


@given(st.text(max_size=90))
def test_any_text_is_a_day_an_impossible_one_or_none(text):
    found = read_day(text, year=2024, month_end=True)
    assert found is None or isinstance(found, date | Impossible)


@pytest.mark.parametrize("piece", ["1/", "1 ", "fait le ", "mars ", "lundi ", "12:00 ", "- "])
def test_a_long_text_costs_no_more_than_its_length(piece):
    begun = process_time()
    for length in (80, 100_000):
        text = (piece * length)[:length]
        read_day(text)
        order_of([text])
    assert process_time() - begun < 0.1
