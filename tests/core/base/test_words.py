"""Values as people read them."""

from datetime import date

import pytest
from django.template import Context, Template

from core.base.words import changes_in_words, long_day, words_of
from indicators.models import Campaign, Value


def test_a_year_is_not_a_figure():
    assert words_of(Campaign._meta.get_field("year"), 2020) == "2020"


def test_a_figure_has_its_thousands_apart():
    assert words_of(Value._meta.get_field("numerator"), 1837) == "1\u202f837"


def test_a_choice_reads_as_its_label():
    assert words_of(Campaign._meta.get_field("state"), "closed") == "Clos"


def test_what_changed_is_counted_in_french():
    assert changes_in_words(1, 0, 1_250) == "1 créé, 0 modifié, 1\u202f250 inchangés"
    assert changes_in_words(2, 1, 0, ending="ée") == "2 créées, 1 modifiée, 0 inchangée"


@pytest.mark.parametrize(("day", "said"), [(1, "1er janvier 2026"), (2, "2 janvier 2026"), (11, "11 janvier 2026")])
def test_the_first_of_a_month_is_1er(day, said):
    value = date(2026, 1, day)
    assert (long_day(value), Template('{{ value|date:"j F Y" }}').render(Context({"value": value}))) == (said, said)
