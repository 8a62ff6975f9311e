"""Values as people read them."""

from core.words import words_of
from indicators.models import Campaign, Value


def test_a_year_is_not_a_figure():
    assert words_of(Campaign._meta.get_field("year"), 2020) == "2020"


def test_a_figure_has_its_thousands_apart():
    assert words_of(Value._meta.get_field("numerator"), 1837) == "1\u202f837"


def test_a_choice_reads_as_its_label():
    assert words_of(Campaign._meta.get_field("state"), "closed") == "Clos"
