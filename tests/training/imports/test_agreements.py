"""Tables of tutoring agreements: people, dates, precise skills, renewals."""

import pytest

from training.models import TutoringAgreement

HEADS = ["Service", "Tuteur", "Tutoré", "Chef de bureau", "Début", "Fin", "Compétences transmises", "Renouvellement"]
SKILLS = "Orienter un usager, enregistrer un dépôt de titre de séjour"


def line(tutor="MARTIN Léa", tutee="DUPONT Jean", start="01/02/2022", end="30/06/2022", skills=SKILLS, renewal=""):
    return ["CERT PC", tutor, tutee, "ROUX Sophie", start, end, skills, renewal]


def test_agreements_in_force_in_the_year_by_service_and_renewals_once(send, balance):
    code, told, refusal = send(
        HEADS,
        line(),
        line(start="01/07/2022", end="31/12/2022", renewal="1er"),
        line(tutee="Petit Zoé", start="01/10/2021", end="31/12/2021"),
        line(tutee="Petit Zoé", start="01/03/2022", end="31/08/2022"),
    )

    assert (code, refusal, told["kind"], told["created"]) == (0, "", "agreements", 4)
    assert [balance(year)["agreements"] for year in (2021, 2022, 2023)] == [{"CERT PC": 1}, {"CERT PC": 2}, {}]
    assert TutoringAgreement.objects.exclude(renews=None).count() == 1


def test_a_renewal_told_by_its_day_is_an_agreement_that_follows(send, balance):
    code, _, refusal = send(HEADS, line(renewal="31/12/2022"))

    assert (code, refusal) == (0, "")
    found = TutoringAgreement.objects.order_by("starts_on")
    assert [(row.starts_on.isoformat(), row.ends_on.isoformat()) for row in found] == [
        ("2022-02-01", "2022-06-30"),
        ("2022-07-01", "2022-12-31"),
    ]
    assert balance(2022)["agreements"] == {"CERT PC": 1}


def test_the_same_file_again_changes_nothing(send):
    rows = [HEADS, line(), line(start="01/07/2022", end="31/12/2022", renewal="oui")]
    send(*rows)

    code, told, _ = send(*rows)
    assert (code, told["unchanged"], TutoringAgreement.objects.count()) == (0, 2, 2)


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([line(end="01/01/2022")], "F2", "La fin (01/01/2022) précède le début (01/02/2022)."),
        ([line(tutor="Jean DUPONT")], "C2", "Un agent ne peut pas être son propre tuteur."),
        ([line(), line(tutor="Petit Zoé", start="15/06/2022", end="31/12/2022")], "E3",
         "Cet agent a déjà une convention sur ces jours : avec MARTIN Léa, du 01/02/2022 au 30/06/2022."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_cell(send, rows, cell, words):
    code, told, refusal = send(HEADS, *rows)

    assert (code, [(error["cell"], error["message"]) for error in told["errors"]]) == (1, [(cell, words)])
    assert f"cellule {cell}" in refusal
    assert TutoringAgreement.objects.count() == 0


@pytest.mark.parametrize("skills", ["", "Accueil", "à définir"])
def test_vague_skills_are_kept_with_a_warning_at_their_cell(send, skills):
    code, told, _ = send(HEADS, line(skills=skills))

    assert (code, TutoringAgreement.objects.get().skills) == (0, skills)
    assert "G2" in [warning["cell"] for warning in told["warnings"]]


def test_skills_that_name_a_person_are_kept_without_the_name(send):
    said = "Mme Petit saura orienter un usager, enregistrer un dépôt de titre, DUPONT l’observe"
    code, told, _ = send(HEADS, line(tutor="Jean DUPONT", tutee="PETIT Zoé", skills=said))

    assert (code, [one["cell"] for one in told["warnings"]].count("G2")) == (0, 2)
    kept = TutoringAgreement.objects.get().skills
    assert kept == "Mme [nom retiré] saura orienter un usager, enregistrer un dépôt de titre, [nom retiré] l’observe"
