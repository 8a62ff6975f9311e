"""Names of months, held against those of the Unicode CLDR that Babel carries."""

import pytest
from babel import Locale

from core.base.months import (
    ENGLISH_MONTH_NAMES,
    MONTH_INITIALS,
    MONTH_NAMES,
    SHORT_MONTH_NAMES,
    initials_start,
    month_name,
    month_number,
    month_title,
    short_month_name,
)

NUMBERS = range(1, 13)


@pytest.mark.parametrize(
    ("names", "locale", "width"),
    [
        (MONTH_NAMES, "fr", "wide"),
        (SHORT_MONTH_NAMES, "fr", "abbreviated"),
        (tuple(MONTH_INITIALS), "fr", "narrow"),
        (ENGLISH_MONTH_NAMES, "en", "wide"),
        (tuple(MONTH_INITIALS), "en", "narrow"),
    ],
)
def test_months_are_named_as_the_unicode_cldr_names_them(names, locale, width):
    words = Locale.parse(locale).months["stand-alone"][width]
    assert names == tuple(words[number] for number in NUMBERS)


def test_each_month_is_known_by_every_name():
    for names in (MONTH_NAMES, SHORT_MONTH_NAMES, ENGLISH_MONTH_NAMES):
        assert [month_number(name) for name in names] == list(NUMBERS)
        assert [month_number(f" {name.upper()} ") for name in names] == list(NUMBERS)
        assert [month_number(name.removesuffix(".")) for name in names] == list(NUMBERS)
    assert [month_number(name[:3]) for name in ENGLISH_MONTH_NAMES] == list(NUMBERS)


@pytest.mark.parametrize(
    ("word", "number"),
    [("fev", 2), ("Févr", 2), ("fevrier", 2), ("Sep", 9), ("aout", 8), ("jui", None), ("", None), ("total", None)],
)
def test_a_month_is_known_without_its_accents_and_nothing_else_is(word, number):
    assert month_number(word) == number


def test_english_months_can_be_left_out():
    assert [month_number(word, english=False) for word in ("Feb", "May", "mars", "jan")] == [None, None, 3, 1]


@pytest.mark.parametrize(
    ("letters", "month"),
    [("JFMAMJJASOND", 1), ("SONDJFMAMJJA", 9), ("jfm", 1), ("MAM", 3), ("J", None), ("JJ", 6), ("JFMX", None)],
)
def test_a_row_of_initials_begins_with_one_month_or_is_doubtful(letters, month):
    assert initials_start(list(letters)) == month


def test_a_row_with_a_gap_or_with_more_than_a_year_begins_with_no_month():
    assert initials_start(["J", "", "F"]) is None
    assert initials_start(list("JFMAMJJASONDJ")) is None


def test_a_month_is_told_with_its_year():
    assert (month_name(8), short_month_name(9), month_title(2024, 8)) == ("août", "sept.", "août 2024")
