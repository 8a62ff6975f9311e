"""Names found whatever their writing; skills precise or not."""

import pytest

from training.rules.names import initials, name_key, split_name
from training.rules.skills import why_vague


@pytest.mark.parametrize(
    "written",
    ["DUPONT-MÉRÈS Jean-Pierre", "Jean Pierre Dupont Meres", "dupont meres, jean-pierre", "M. Jean-Pierre DUPONT MERES",
     "Madame Dupont-Mérès Jean  Pierre"],
)  # fmt: skip
def test_order_accents_hyphens_and_civility_do_not_tell_names_apart(written):
    assert name_key(written) == "dupont jean meres pierre"


def test_last_and_first_name_in_two_columns_are_one_name():
    assert name_key("Dupont", "Marie") == name_key("Marie DUPONT") != name_key("Dupont", "Anne")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("DUPONT Jean-Pierre", ("DUPONT", "Jean-Pierre")),
        ("Jean-Pierre DUPONT", ("DUPONT", "Jean-Pierre")),
        ("Mme LE GALL Anne", ("LE GALL", "Anne")),
        ("Dupont, Jean", ("Dupont", "Jean")),
        ("Dupont Jean", ("Dupont", "Jean")),
        ("D'ALMEIDA Zoé", ("D'ALMEIDA", "Zoé")),
        ("Dupont", ("Dupont", "")),
    ],
)
def test_a_name_in_one_piece_is_parted_by_its_capitals_or_comma(written, parts):
    assert split_name(written) == parts


def test_an_auditor_reads_initials():
    assert initials("Le Gall", "Jean-Pierre") == "J.-P. L. G."


@pytest.mark.parametrize(
    "text", ["", "  ", "Accueil", "À définir", "Toutes les missions du poste", "Connaissance du service, accueil", "…"]
)
def test_vague_skills_are_told_with_a_hint(text):
    assert "Dites ce que le tutoré saura faire" in why_vague(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orienter un usager vers le bon guichet, enregistrer un dépôt de titre de séjour",
        "Instruction des titres de séjour",
        "Contrôler un justificatif de domicile et détecter un faux document",
    ],
)
def test_precise_skills_pass(text):
    assert why_vague(text) == ""
