"""Tables as services keep them: what a cell says in words, services told by titles or by merged cells, short names."""

from datetime import date

import openpyxl
import pytest

from training.models import Agent, PastTraining, Post, Session, TutoringAgreement

WIDE = ["Agent", "Service", "Prise de poste", "Accueil physique", "Téléphone", "RQ"]
LINES = ["Nom", "Service", "Thème", "Prise de poste", "Dernière formation"]
SKILLS = "Enregistrer un dépôt de titre de séjour, orienter un usager"


def trainings():
    rows = PastTraining.objects.select_related("theme").order_by("theme__position", "on")
    return [(row.theme.code, row.on.isoformat()) for row in rows]


def posts():
    rows = Post.objects.select_related("agent", "theme").order_by("agent__last_name", "theme__position", "pk")
    return [(row.agent.last_name, row.service, row.theme.code) for row in rows]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("formée le 10/03/2022", "2022-03-10"), ("10/03/2022 (attestation)", "2022-03-10"), ("ok 02/2022", "2022-02-28"),
     ("15/03/2021 et 16/03/2021", "2021-03-16"), ("du 15/03/2021 au 16/03/2021", "2021-03-16")],
)  # fmt: skip
def test_words_around_a_date_say_that_one_was_trained_that_day(send, cell, day):
    code, told, refusal = send(WIDE, ["DUPONT Jean", "ACC", "01/09/2020", cell, "", ""])

    assert (code, refusal, told["created"]) == (0, "", 1)
    assert trainings() == [("accueil-physique", day)]


@pytest.mark.parametrize(
    "cell",
    ["échéance 10/03/2022", "prévue le 12/03/2022", "absent le 12/05/2022", "valable jusqu’au 10/03/2022", "X",
     "dispense jusqu’au 31/12/2022", "dispense demandée", "en cours"],
)  # fmt: skip
def test_a_date_that_is_not_surely_one_of_a_training_is_asked_about_at_its_cell(send, cell):
    code, told, _ = send(WIDE, ["DUPONT Jean", "ACC", "01/09/2020", cell, "", ""])

    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["D2"]])
    assert told["cells"] == {"filled": 10, "read": 9, "left_out": 0, "asked": 1}
    assert ("trained" in {one["value"] for one in told["asks"][0]["options"]}) == any(sign.isdigit() for sign in cell)


def test_a_year_alone_is_refused_at_its_cell(send):
    code, told, _ = send(WIDE, ["DUPONT Jean", "ACC", "01/09/2020", "2021", "", ""])

    assert code == 1
    assert told["errors"] == [
        {
            "sheet": "Feuille 1",
            "cell": "D2",
            "message": "« 2021 » : écrivez le jour de la formation, ou son mois (« 02/2022 »).",
        }
    ]


def test_the_column_of_the_last_training_says_exempt_not_concerned_or_never(send, due):
    code, told, _ = send(
        [*LINES, "Statut"],
        ["DUPONT Jean", "ACC", "Accueil physique", "01/01/2022", "dispensé", ""],
        ["MARTIN Léa", "ACC", "Accueil physique", "01/01/2022", "NC", ""],
        ["PETIT Zoé", "ACC", "Accueil physique", "01/01/2022", "néant", ""],
        ["ROUX Max", "ACC", "Accueil physique", "01/01/2022", "12/05/2021", "dispensé"],
        ["BLANC Eve", "ACC", "Accueil physique", "01/01/2022", "", "à jour"],
    )

    assert told["asks"] == []
    assert (code, told["created"], told["unchanged"]) == (0, 4, 1)
    assert [(one["cell"], one["message"]) for one in told["warnings"]] == [
        ("E3", "« NC » : l’agent n’est pas concerné par ce thème, rien n’est retenu."),
        ("F6", "« à jour » sans date de formation : l’agent est suivi comme s’il était à former."),
    ]
    assert due("2022-06-01") == {
        ("BLANC Eve", "Accueil physique"): ("to_train", "2023-01-01"),
        ("DUPONT Jean", "Accueil physique"): ("exempt", None),
        ("PETIT Zoé", "Accueil physique"): ("to_train", "2023-01-01"),
        ("ROUX Max", "Accueil physique"): ("exempt", None),
    }
    assert trainings() == [("accueil-physique", "2021-05-12")]


def test_the_words_of_a_contract_tell_its_end_or_are_warned_of(send, due):
    code, told, _ = send(
        ["Nom", "Service", "Thème", "Prise de poste", "Contrat"],
        ["DUPONT Jean", "ACC", "Accueil physique", "01/09/2022", "CDD jusqu’au 30/06/2023"],
        ["MARTIN Léa", "ACC", "Accueil physique", "01/09/2022", "vacataire"],
    )

    assert code == 0
    assert [one["cell"] for one in told["warnings"]] == ["E3"]
    assert due("2023-07-01") == {("MARTIN Léa", "Accueil physique"): ("to_train", "2023-09-01")}


def test_a_line_whose_service_and_theme_bear_names_of_themes_is_no_row_of_headings(send):
    code, told, _ = send(
        LINES,
        ["DUPONT-MARTIN Jean-Pierre", "Accueil général", "Accueil physique", "01/09/2021", "10/03/2022"],
        ["Jean Pierre Dupont Martin", "Accueil général", "Téléphone", "01/09/2021", ""],
        ["Mme Dupont Martin Jean-Pierre", "Accueil général", "CERT", "01/09/2021", ""],
    )

    assert (code, told["created"], told["cells"]["left_out"]) == (0, 3, 0)
    assert [theme for _, _, theme in posts()] == ["accueil-physique", "accueil-telephonique", "cert"]
    assert Agent.objects.count() == 1


def test_several_themes_in_one_cell_are_each_one_post(send):
    code, told, _ = send(
        LINES,
        ["DUPONT Jean", "ACC", "Physique et téléphonique", "01/09/2021", ""],
        ["MARTIN Léa", "ACC", "CERT, Internet/réseaux sociaux", "01/09/2021", ""],
    )

    assert (code, told["rows"][1]["theme"]) == (0, "CERT (fraude), Site Internet et réseaux sociaux")
    assert [(name, theme) for name, _, theme in posts()] == [
        ("DUPONT", "accueil-physique"), ("DUPONT", "accueil-telephonique"), ("MARTIN", "cert"), ("MARTIN", "internet"),
    ]  # fmt: skip


def test_titles_between_the_lines_are_the_service_of_those_below(send):
    code, told, _ = send(
        ["Nom", "Prénom", "Prise de poste", "Accueil physique"],
        ["Accueil général", "", "", ""],
        ["DUPONT", "Jean", "01/09/2021", "10/03/2022"],
        ["CERT permis", "", "", ""],
        ["PETIT", "Zoé", "01/09/2021", "à former"],
        ["Total agents", "2", "", ""],
    )

    assert (code, told["created"], told["cells"]["left_out"]) == (0, 2, 4)
    assert [(name, service) for name, service, _ in posts()] == [
        ("DUPONT", "Accueil général"), ("PETIT", "CERT permis"),
    ]  # fmt: skip


def test_merged_titles_are_read_too(send, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Nom", "Prénom", "Prise de poste", "Accueil physique"],
        ["CERT permis"],
        ["PETIT", "Zoé", date(2021, 9, 1), date(2022, 3, 10)],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:D2")
    book.save(tmp_path / "suivi.xlsx")

    assert send.file(tmp_path / "suivi.xlsx")[0] == 0
    assert posts() == [("PETIT", "CERT permis", "accueil-physique")]


def test_a_service_left_blank_under_another_at_the_left_of_the_names_is_asked_about(send):
    heads = ["Service", "Nom", "Prise de poste", "Accueil physique"]
    lines = ["CERT permis", "DUPONT Jean", "01/09/2021", "à former"], ["", "MARTIN Léa", "01/09/2021", "à former"]
    code, told, _ = send(heads, *lines)

    assert (code, [(ask["code"], ask["cells"]) for ask in told["asks"]]) == (3, [("blank-services", ["A3"])])


def test_a_matricule_in_figures_is_read(send):
    heads = ["Matricule", "Nom", "Service", "Thème", "Prise de poste"]
    code, _, refusal = send(
        heads,
        ["123", "MARTIN Paul", "ACC", "Accueil physique", "01/09/2020"],
        ["124", "MARTIN Paul", "CERT permis", "CERT", "01/09/2020"],
    )

    assert (code, refusal) == (0, "")
    assert [agent.number for agent in Agent.objects.order_by("number")] == ["123", "124"]


def test_two_days_in_one_cell_are_the_first_and_the_last_of_a_session(send):
    code, _, _ = send(
        ["Stage", "Dates", "Agent", "Présent"],
        ["Accueil physique", "du 12 au 13 mai 2022", "DUPONT Jean", "X"],
        ["Accueil physique", "12/05/2022 - 13/05/2022", "MARTIN Léa", "X"],
    )

    session = Session.objects.get()
    assert (code, session.starts_on, session.ends_on) == (0, date(2022, 5, 12), date(2022, 5, 13))
    assert session.enrolments.present().count() == 2


def test_two_unknown_people_of_one_name_and_two_services_are_asked_about_in_a_session(send):
    code, told, _ = send(
        ["Formation", "Date", "Nom", "Service", "Présence"],
        ["Accueil physique", "12/05/2022", "MARTIN Julie", "Accueil général", "Présente"],
        ["Accueil physique", "12/05/2022", "MARTIN Julie", "CERT permis", "Présente"],
    )

    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["C3"]])
    assert Agent.objects.count() == 0


def test_a_period_tells_both_days_of_an_agreement_and_one_day_alone_is_refused(send):
    heads = ["Tuteur", "Tutoré", "Période", "Compétences"]
    assert send(heads, ["DUPONT Jean", "PETIT Zoé", "du 01/09/2021 au 31/03/2022", SKILLS])[0] == 0
    assert [(one.starts_on, one.ends_on) for one in TutoringAgreement.objects.all()] == [
        (date(2021, 9, 1), date(2022, 3, 31))
    ]

    code, told, _ = send(heads, ["DUPONT Jean", "ROUX Max", "01/09/2021", SKILLS])
    assert (code, told["errors"][0]["message"]) == (1, "La fin de la convention n’est pas dite.")


def test_a_name_that_shortens_a_known_one_is_asked_about(send):
    send(LINES, ["DUPONT Jean", "ACC", "Accueil physique", "01/09/2021", ""])
    send(LINES, ["PETIT Zoé", "ACC", "Accueil physique", "01/09/2021", ""])
    code, told, _ = send(
        ["Tuteur", "Tutoré", "Du", "Au", "Compétences"],
        ["M. DUPONT", "PETIT Z.", "01/09/2021", "31/03/2022", SKILLS],
    )

    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["A2"], ["B2"]])


def test_what_stands_under_a_theme_is_its_training_and_its_due_date_is_none(send, due, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["Agent", None, "Poste", None, "Accueil physique", None],
        ["Nom", "Prénom", "Service", "Prise de poste", "Formé le", "Échéance"],
        ["DUPONT", "Jean", "Accueil général", "01/09/2019", "10/03/2021", "10/03/2025"],
    ):
        book.active.append(row)
    for block in ("A1:B1", "C1:D1", "E1:F1"):
        book.active.merge_cells(block)
    book.save(tmp_path / "suivi.xlsx")

    assert send.file(tmp_path / "suivi.xlsx")[0] == 0
    assert [f"{on:%d/%m/%Y}" for on in PastTraining.objects.values_list("on", flat=True)] == ["10/03/2021"]
    assert due("2022-01-01") == {("DUPONT Jean", "Accueil physique"): ("up_to_date", "2025-03-10")}


@pytest.mark.parametrize(
    ("line", "cell", "why"),
    [
        (["DUPONT Jean, MARTIN Léa", "01/09/2019", "10/03/2021"], "A2", "nomme plusieurs personnes"),
        (["DUPONT Jean et MARTIN Léa", "01/09/2019", "10/03/2021"], "A2", "nomme plusieurs personnes"),
        (["DUPONT Jean", "01/09/2019", "10/03/1921"], "C2", "vérifiez l’année"),
    ],
)
def test_two_people_in_a_cell_and_a_training_of_another_age_are_refused(send, line, cell, why):
    code, told, _ = send(["Agent", "Prise de poste", "Accueil physique"], line)

    assert (code, [one["cell"] for one in told["errors"]]) == (1, [cell])
    assert why in told["errors"][0]["message"]


def test_one_person_whose_name_has_a_comma_or_another_name_is_one(send):
    names = ("DUPONT, Jean", "Mme MARTIN, Léa", "PETIT Zoé, née GRAND Zoé", "LE GALL-ROUX Anne")
    code, told, _ = send(["Agent", "Prise de poste", "Accueil physique"], *[[one, "01/09/2019", "NC"] for one in names])

    assert (code, told["errors"]) == (0, [])
