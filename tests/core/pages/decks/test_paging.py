"""Rows are parted over slides by the room their words take, and nothing is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from core.pages.decks import Slide, numbered
from core.pages.decks.paging import ROOM, even, fitted, fitted_bullets


def test_pages_are_even():
    assert [len(page) for _title, page in even("Titre", list(range(9)), 8)] == [4, 5]
    assert even("Titre", [], 8) == []


def test_short_rows_hold_on_one_page_and_long_ones_do_not():
    assert [title for title, _page in fitted("Titre", [("mot", "1")] * 8, (3, 1))] == ["Titre"]
    many = fitted("Titre", [("mot " * 60, "1")] * 8, (3, 1))
    assert [title for title, _page in many] == [f"Titre ({rank}/{len(many)})" for rank in range(1, len(many) + 1)]
    assert len(many) > 2


@given(st.lists(st.text(alphabet="ab \n", max_size=400), max_size=30))
def test_every_bullet_is_on_one_page_in_its_order(bullets):
    assert [text for _title, page in fitted_bullets("T", bullets) for text in page] == bullets
    assert all(page for _title, page in fitted_bullets("T", bullets))


def test_the_cover_has_no_foot_and_the_others_their_number():
    slides = numbered([Slide("A"), Slide("B")], "Site")
    assert [slide.foot for slide in slides] == ["", "Site – 2/2"]
    assert ROOM > 0
