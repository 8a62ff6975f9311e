"""Scales of files: what is surely ours, what is asked, which way marks go."""

from decimal import Decimal

import pytest

from surveys.imports.scales import (
    Family,
    direction_written,
    directions_for,
    family_of,
    guess_of,
    known_levels,
    words_of,
)
from tests.surveys.imports.conftest import planned

VERY, GOOD, BAD, WORST = "very_satisfied", "satisfied", "dissatisfied", "very_dissatisfied"


@pytest.mark.parametrize(
    ("texts", "levels"),
    [
        (["Très satisfait(e)", "Satisfait·e", "Peu satisfaites", "PAS DU TOUT SATISFAIT"], [VERY, GOOD, BAD, WORST]),
        (["Très satisfait", "Satisfait"], [VERY, GOOD]),
        (["4 - Très satisfait", "1 - Pas du tout satisfait"], [VERY, WORST]),
        (["Insatisfait", "Très insatisfait"], [BAD, WORST]),
        (["Pas satisfait", "Pas du tout satisfait"], [BAD, WORST]),
        (["Plutôt satisfait", "Plutôt pas satisfait"], [GOOD, BAD]),
        (["Pas très content", "Pas content du tout"], [BAD, WORST]),
        (["very_satisfied", "dissatisfied", "very_dissatisfied"], [VERY, BAD, WORST]),
        (["Satisfait", "Insatisfait"], None),  # the third or the fourth level
        (["Satisfait", "Pas satisfait"], None),
        (["Très satisfait", "Moyennement satisfait"], None),
        (["Très satisfait", "Satisfait", "Plutôt satisfait"], None),  # five levels
        (["Tout à fait d’accord", "Pas d’accord"], None),
        (["Oui", "Non"], None),
    ],
)
def test_a_scale_is_ours_when_each_of_its_words_can_only_be_one_level(texts, levels):
    assert known_levels(texts) == (levels and dict(zip(map(words_of, texts), levels, strict=True)))


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Peu satisfait", Family.SATISFACTION), ("4", Family.MARKS), ("4,5 / 5", Family.MARKS), ("A2", Family.CODES),
        ("★★★☆☆", Family.STARS), ("😐", Family.SYMBOLS), ("Non", Family.YES_NO), ("Bof", Family.WORDS),
        ("Non concernée", None), ("N/A", None), ("Ne se prononce pas", None), ("(vide)", None), ("-", None),
    ],
)  # fmt: skip
def test_a_value_is_written_as_one_family(text, family):
    assert family_of(text) == family


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Excellent", VERY), ("Plutôt d’accord", GOOD), ("Pas d’accord", BAD), ("Pas du tout d’accord", WORST),
        ("😀", VERY), ("🙂", GOOD), ("😐", ""), ("☹", WORST), ("Moyennement satisfait", ""), ("Bleu", ""),
    ],
)  # fmt: skip
def test_the_likeliest_level_of_a_word_is_proposed_and_none_in_the_middle(text, level):
    assert guess_of(text) == level


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("De 1 (pas du tout satisfait) à 5 (très satisfait) [l’attente]", "1-5+"),
        ("l’attente (de 1 pas du tout à 5 tout à fait)", "1-5+"),
        ("l’attente (1 = très satisfait, 4 = pas du tout satisfait)", "1-4-"),
        ("l’attente (1 très satisfait … 4 pas du tout satisfait, 5 non concerné)", "1-4-"),
        ("l’attente (1 = satisfait, 2 = très satisfait)", None),
        ("l’attente (4 = très satisfait)", None),
        ("l’attente (note de 0 à 10)", None),
        ("l’attente", None),
    ],
)
def test_the_direction_written_in_a_heading_is_known(heading, code):
    found = direction_written(heading)
    assert (found and found.code) == code


def test_marks_that_may_come_from_several_scales_offer_them_all_both_ways():
    codes = [one.code for one in directions_for([Decimal(1), Decimal(4)])]
    assert codes[:4] == ["1-4+", "1-4-", "1-5+", "1-5-"]
    assert {code[0] for code in codes} == {"0", "1"}


@pytest.mark.parametrize(
    ("code", "marks", "levels"),
    [
        ("1-4-", "1234", [(VERY, True), (GOOD, True), (BAD, True), (WORST, True)]),
        ("1-5+", "12345", [(WORST, False), (BAD, False), ("", False), (GOOD, False), (VERY, False)]),
        ("1-4+", "5", [("", False)]),
    ],
)
def test_only_four_levels_are_ours_without_asking(code, marks, levels):
    direction = next(one for one in directions_for([Decimal(1), Decimal(4)]) if one.code == code)
    assert [direction.level(Decimal(mark)) for mark in marks] == levels


@pytest.mark.parametrize("words", ["NSP", "Ne sait pas", "Sans opinion", "Sans avis"])
def test_who_does_not_know_is_asked_about_and_never_taken_for_not_concerned(campaign, write, words):
    file = write(["N°", "Date", "la courtoisie"], ["1", "08/08/2021", "Satisfait"], ["2", "08/08/2021", words])
    plan = planned(campaign, file)
    (ask,) = plan.open_asks
    assert (ask.text, ask.proposed, ask.as_json()["cells"]) == (words, "na", ["C3"])
