"""Trigrams as pg_trgm counts them, and the first choice of pairs among many."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules.resemblance import (
    FOLDED_FROM,
    FOLDED_TO,
    ComparedText,
    candidates,
    folded,
    measured,
    score,
    similarity,
    trigrams,
)


def alike(first: str, second: str) -> float:
    return round(similarity(trigrams(first), trigrams(second)), 4)


def test_the_trigrams_of_a_word_have_two_spaces_before_and_one_after():
    assert trigrams("Été") == {"  e", " et", "ete", "te "}
    assert trigrams("à l’été !") == trigrams("A L ÉTÉ") == {"  a", " a ", "  l", " l ", "  e", " et", "ete", "te "}


def test_each_letter_is_folded_to_one_letter():
    assert len(FOLDED_FROM) == len(FOLDED_TO)
    assert folded("Cœur, Ç’À-ÿ") == "cour, c’a-y"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("word", "word", 1.0),
        ("word", "two words", 0.3636),  # the example of PostgreSQL's manual
        ("", "", 0.0),
        ("", "mot", 0.0),
        ("… !", "?", 0.0),
        ("Communiquer sur les MSAP", "communiquer sur les msap.", 1.0),
        ("abc", "xyz", 0.0),
    ],
)
def test_the_measure_is_that_of_postgresql(first, second, expected):
    assert alike(first, second) == expected


@given(st.text(), st.text())
def test_the_measure_is_the_same_both_ways_and_between_0_and_1(first, second):
    assert alike(first, second) == alike(second, first)
    assert 0 <= alike(first, second) <= 1
    assert alike(first, first) in (0.0, 1.0)


def test_a_score_is_half_the_action_and_half_the_finding():
    assert score(0.5, 1.0) == 0.75


def text(key: int, title: str, finding: str = "", finding_id: int | None = None) -> ComparedText:
    return ComparedText(key, title, key if finding_id is None else finding_id, finding or f"constat{key}")


MSAP = text(1, "Communiquer sur les MSAP", "Ignorance des Maisons de service public")
SAME = text(2, "Communication sur les maisons MSAP", "Ignorance des Maisons de service public")
OTHER = text(3, "Repeindre le péristyle", "Peinture écaillée")


def test_two_actions_with_rare_words_in_common_are_worth_measuring():
    assert candidates([MSAP, SAME, OTHER]) == [(1, 2)]


def test_a_pair_refused_is_not_measured():
    assert candidates([MSAP, SAME, OTHER], lambda pair: pair != (1, 2)) == []


def test_two_actions_of_one_finding_are_never_a_pair():
    assert candidates([text(1, "Former les agents", "x", 7), text(2, "Former les agents", "x", 7)]) == []


def test_words_that_everyone_writes_choose_nothing_but_the_same_words_do():
    texts = [text(key, f"Rédiger une fiche de procédure numéro {key}", f"constat {key} relevé") for key in range(100)]
    assert candidates(texts) == []
    texts += [text(200, "Rédiger une fiche de procédure numéro 7"), text(201, "x", "constat 9 relevé")]
    assert candidates(texts) == [(7, 200), (9, 201)]


def test_the_scores_are_those_of_the_pairs_asked_for():
    assert [(pair, round(found, 4)) for pair, found in measured([MSAP, SAME, OTHER], [(1, 2), (1, 3)])] == [
        ((1, 2), 0.7564),
        ((1, 3), 0.0315),
    ]


def test_what_is_most_alike_among_two_thousand_is_always_found():
    draw = random.Random(2019)
    words = [
        f"{a}{b}{c}" for a in ("com", "for", "pro") for b in ("mun", "mat", "ced") for c in ("ique", "ation", "ure")
    ]
    words += [f"mot{number:04}" for number in range(3000)]
    texts = [text(key, " ".join(draw.choices(words, k=12)), " ".join(draw.choices(words, k=10))) for key in range(1998)]
    twins = [text(5000, f"{texts[0].title} encore", texts[0].finding), text(5001, texts[1].title, texts[1].finding)]
    best = sorted(measured([*texts, *twins], candidates([*texts, *twins])), key=lambda one: -one[1])[:2]
    assert [pair for pair, _score in best] == [(1, 5001), (0, 5000)]
