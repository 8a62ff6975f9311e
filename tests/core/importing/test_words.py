"""Words of a file compared whatever their spelling, and what is said of the places that are wrong."""

import pytest

from core.importing.words import plain, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Févr. ", "fevr"), ("Taux d’œuvre", "taux d oeuvre"), ("N° 12", "12"), ("98,7 %", "98 7 %"), ("–", ""),
    ],
)  # fmt: skip
def test_words_lose_accents_case_and_punctuation(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les e-mails reçus", ("courriel", "recu")),
        ("Nb de RDV", ("nombre", "rendez", "vous")),
        ("dans les 10j", ("10", "jour")),
        ("Taux", ("taux",)),
    ],
)
def test_only_the_words_that_count_are_kept_in_one_spelling(text, words):
    assert tokens(text) == words


def test_an_app_gives_the_words_of_its_trade():
    assert tokens("Les plaintes", {"plainte": "reclamation"}) == ("reclamation",)
