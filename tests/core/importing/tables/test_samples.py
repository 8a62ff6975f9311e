"""Examples and instructions are asked about; counts and signatures under a table are no lines of it; doubles."""

import pytest

from tests.core.importing.tables.plans import BELL, DARK, HEADINGS, read

EXAMPLE = ["Exemple : accueil mal indiqué", "Exemple : poser un panneau", "Ex : RQ", "31/12/2026", "À faire"]


@pytest.mark.parametrize(
    "line",
    [
        EXAMPLE,
        ["(exemple)", "Poser un panneau", "RQ", "31/12/2026", "À faire"],
        ["Hall", "Poser un panneau (à supprimer)", "RQ", "31/12/2026", "À faire"],
        ["Décrire le constat", "Décrire l’action à mener", "Nom du pilote", "JJ/MM/AAAA", "Choisir dans la liste"],
    ],
)
def test_a_line_that_shows_how_to_fill_the_table_in_is_asked_about(line):
    reading = read(HEADINGS, line, DARK)
    assert (reading.open, reading.accounts.counts["asked"]) == ({"sample:Plan:2": "no"}, 5)
    assert read(HEADINGS, line, DARK, chosen={"sample:Plan:2": "no"}).rows == [DARK]
    assert read(HEADINGS, line, DARK, chosen={"sample:Plan:2": "yes"}).rows == [line, DARK]


@pytest.mark.parametrize("finding", ["Exemples de courriers à fournir", "Modèle de lettre périmé", "Tester la borne"])
def test_a_word_like_example_within_a_sentence_is_no_example(finding):
    assert read(HEADINGS, [finding, *DARK[1:]]).open == {}


def test_counts_and_signatures_under_a_table_are_left_out_and_said():
    foot = [["Nombre d’actions", "2"], ["Taux de réalisation", "50 %"]]
    signed = [[], ["Fait à Laon, le 12/10/2026"], ["Le référent qualité", None, "Signature"]]
    assert read(HEADINGS, DARK, BELL, *foot).rows == [DARK, BELL]
    reading = read(HEADINGS, DARK, BELL, *signed)
    assert (reading.rows, dict(reading.accounts.reasons)) == ([DARK, BELL], {"signature du document": 3})
