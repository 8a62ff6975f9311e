"""What titles and sheets say of all their lines; several sorts of tables in one workbook."""

from datetime import date

import openpyxl
import pytest

from tests.core.sheets.reading import files
from training.models import Agent, PastTraining, Post, Session, TutoringAgreement

HEADS = ["Nom", "Prénom", "Prise de poste", "Accueil physique", "Téléphone"]
JEAN = ["DUPONT", "Jean", date(2019, 9, 1), date(2021, 3, 10), None]
LEA = ["MARTIN", "Léa", date(2020, 9, 1), None, date(2022, 2, 1)]
SKILLS = "Orienter un usager, enregistrer un dépôt de titre"


@pytest.fixture
def sheets(send, tmp_path):
    """Sends a workbook, told by its sheets."""

    def sent(told):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in told.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "suivi.xlsx")
        return send.file(tmp_path / "suivi.xlsx")

    return sent


def posts():
    rows = Post.objects.select_related("agent", "theme").order_by("agent__last_name", "theme__position")
    return [(row.agent.last_name, row.service, row.theme.code) for row in rows]


def enrolments():
    return {
        (session.course.name, f"{session.starts_on:%d/%m/%Y}", f"{session.ends_on:%d/%m/%Y}", session.place): {
            str(one.agent): str(one.state) for one in session.enrolments.select_related("agent").order_by("pk")
        }
        for session in Session.objects.select_related("course").order_by("starts_on")
    }


@pytest.mark.parametrize(
    "told",
    [
        {"Accueil général": [HEADS, JEAN], "CERT permis": [HEADS, LEA]},
        {"Suivi": [["Accueil général"], HEADS, JEAN, [], ["CERT permis"], HEADS, LEA]},
        {"Suivi": [["Service : Accueil général"], HEADS, JEAN, [], ["Service : CERT permis"], HEADS, LEA]},
    ],
)
def test_a_sheet_or_a_title_that_names_a_service_is_that_of_its_lines(sheets, told):
    code, said, _ = sheets(told)

    assert (code, said["cells"]["left_out"], said["warnings"]) == (0, 0, [])
    assert posts() == [
        ("DUPONT", "Accueil général", "accueil-physique"),
        ("MARTIN", "CERT permis", "accueil-telephonique"),
    ]


def test_sheets_of_services_that_are_no_unit_are_asked_about_and_no_service_at_all_is_told(sheets):
    code, said, _ = sheets({"DCL": [HEADS, JEAN], "SIDSIC": [HEADS, LEA]})
    assert (code, [ask["code"] for ask in said["asks"]]) == (3, ["sheet-services"])

    title = ["Préfecture de l’Isère"]
    code, said, _ = sheets({"DCL": [title, HEADS, JEAN], "SIDSIC": [title, HEADS, LEA]})
    assert (code, [ask["code"] for ask in said["asks"]]) == (3, ["sheet-services"])

    code, said, _ = sheets({"Suivi": [HEADS, JEAN]})
    assert (code, [(one["cell"], one["message"]) for one in said["warnings"]]) == (
        0,
        [("A2", "Aucun service n’est dit : ces lignes sont celles de « Préfecture de l’Isère »." )],
    )  # fmt: skip


def test_a_sheet_named_by_a_theme_is_of_that_theme_and_another_is_asked_about(sheets):
    heads = ["Nom", "Prénom", "Service", "Prise de poste", "Dernière formation"]
    jean, lea = [*JEAN[:2], "ACC", *JEAN[2:4]], ["MARTIN", "Léa", "CERT permis", date(2020, 9, 1), "à former"]
    code, said, _ = sheets({"Suivi": [heads, jean]})
    assert (code, said["asks"][0]["question"]) == (3, "« Suivi » ne dit pas le thème de ses lignes : lequel est-ce ?")

    assert sheets({"Accueil physique": [heads, jean], "CERT": [heads, lea]})[0] == 0
    assert [(name, theme) for name, _, theme in posts()] == [("DUPONT", "accueil-physique"), ("MARTIN", "cert")]


def test_a_sheet_for_each_session_says_its_course_day_and_place_above(sheets):
    heads = ["Nom", "Prénom", "Service", "Signature"]
    code, said, _ = sheets(
        {
            "1": [
                ["Intitulé du stage", "Gestion des conflits"],
                ["Dates", "12 et 13 mai 2022"],
                ["Lieu : Lyon"],
                [],
                heads,
                ["DUPONT", "Jean", "ACC", "X"],
                ["MARTIN", "Léa", "CERT permis", "absente"],
                ["PETIT", "Zoé", "ACC", None],
            ],
            "2": [["Session du 20/06/2022 – Langue des signes"], [], heads, ["DUPONT", "Jean", "ACC", "signé"]],
        }
    )

    assert (code, said["cells"]["left_out"]) == (0, 0)
    assert enrolments() == {
        ("Gestion des conflits", "12/05/2022", "13/05/2022", "Lyon"): {
            "DUPONT Jean": "present",
            "MARTIN Léa": "absent",
            "PETIT Zoé": "registered",
        },
        ("Langue des signes", "20/06/2022", "20/06/2022", ""): {"DUPONT Jean": "present"},
    }
    assert ("A8", "Rien ne dit si cet agent était présent : il reste inscrit.") in [
        (one["cell"], one["message"]) for one in said["warnings"]
    ]


def test_a_sign_in_sheet_signed_for_some_half_days_is_asked_about(send, tmp_path):
    rows = [
        ["Nom", "Prénom", "12/05 matin", "12/05 après-midi"],
        ["DUPONT", "Jean", "X", "X"],
        ["MARTIN", "Léa", "X", ""],
    ]
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>' for one in row)}</w:tr>" for row in rows
    )
    texts = ("Feuille d’émargement", "Intitulé : Gestion des conflits", "Date : 12/05/2022")
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts) + f"<w:tbl>{cells}</w:tbl>"
    code, said, _ = send.file(files.docx(tmp_path / "emargement.docx", body))

    assert (code, said["kind"], [ask["cells"] for ask in said["asks"]]) == (3, "sessions", [["C3"]])
    assert [row.get("state") for row in said["rows"]] == ["present", None]


@pytest.mark.parametrize(
    ("heads", "lines"),
    [
        (["Agent", "Inscrit", "Retenu", "Présent", "Absent"],
         [["DUPONT Jean", "X", "X", "X", ""], ["MARTIN Léa", "X", "X", "", "X"], ["PETIT Zoé", "X", "", "", ""]]),
        (["Inscrits", "Retenus", "Présents", "Absents"],
         [["DUPONT Jean, MARTIN Léa, PETIT Zoé", "DUPONT Jean / MARTIN Léa", "Jean DUPONT", "Mme MARTIN Léa"]]),
        (["Agent", "Inscrit le", "Présence J1", "Présence J2"],
         [["DUPONT Jean", "01/03/2022", "X", "P"], ["MARTIN Léa", "02/03/2022", "absente", "abs"],
          ["PETIT Zoé", "02/03/2022", "", ""]]),
        (["Participants", "Présents", "Absents"],
         [["DUPONT Jean, MARTIN Léa et PETIT Zoé", "DUPONT Jean", "MARTIN Léa"]]),
    ],
)  # fmt: skip
def test_a_column_for_each_state_is_ticked_or_names_its_people(send, heads, lines):
    session = ["Conflits", "12/05/2022", "Accueil physique"]
    code, said, refusal = send(["Formation", "Date", "Thème", *heads], *[[*session, *line] for line in lines])

    assert (code, refusal, said["cells"]["left_out"]) == (0, "", 0)
    [states] = enrolments().values()
    assert states == {"DUPONT Jean": "present", "MARTIN Léa": "absent", "PETIT Zoé": "registered"}


@pytest.mark.parametrize(
    ("heads", "line", "cell", "words"),
    [
        (["Agent", "Présent", "Absent"], ["DUPONT Jean", "X", "X"], "E2", "Deux états contraires sont cochés"),
        (["Présents", "Absents"], ["DUPONT Jean, MARTIN Léa", "MARTIN Léa"], "D2", "Deux états contraires"),
        (["Présents", "Absents"], ["12", "1"], "C2", "« 12 » compte des agents"),
        (["Présents", "Absents"], ["DUPONT, MARTIN, PETIT", ""], "C2", "séparez les noms"),
    ],
)
def test_states_that_cannot_be_are_refused_at_their_cell(send, heads, line, cell, words):
    code, said, _ = send(["Formation", "Date", *heads], ["Conflits", "12/05/2022", *line])

    assert (code, said["errors"][0]["cell"]) == (1, cell)
    assert words in said["errors"][0]["message"]


def test_a_workbook_of_several_sorts_is_read_sheet_by_sheet_and_its_people_are_the_same(sheets, balance):
    code, said, refusal = sheets(
        {
            "Agents": [
                ["Agent", "Service", "Prise de poste", "Accueil physique"],
                ["DUPONT Jean", "ACC", date(2019, 9, 1), date(2021, 3, 10)],
            ],
            "Sessions": [
                ["Formation", "Date", "Agent", "Présence"],
                ["Conflits", date(2022, 5, 12), "Jean Dupont", "présent"],
            ],
            "Tutorat": [
                ["Service", "Tuteur", "Tutoré", "Début", "Fin", "Compétences"],
                ["ACC", "MARTIN Léa", "DUPONT Jean", date(2022, 2, 1), date(2022, 6, 30), SKILLS],
            ],
            "Notice": [["À tenir chaque mois"]],
        }
    )

    assert (code, refusal, said["kind"], said["created"]) == (0, "", "agents+sessions+agreements", 3)
    assert said["cells"] == {"filled": 29, "read": 28, "left_out": 1, "asked": 0}
    assert [str(agent) for agent in Agent.objects.order_by("last_name")] == ["DUPONT Jean", "MARTIN Léa"]
    assert balance(2022) == {
        "concerned": {"Accueil physique": 1},
        "to_train": {"Accueil physique": 0},
        "trained": {"Conflits": 1},
        "agreements": {"Accueil général": 1},
    }


def test_several_columns_of_one_theme_are_each_a_training(sheets, due):
    code, said, _ = sheets(
        {
            "Suivi": [
                ["Agent", "Service", "Prise de poste", "Accueil physique 2016", "Accueil physique 2020"],
                ["DUPONT Jean", "ACC", date(2015, 9, 1), "12/03", date(2020, 3, 10)],
                ["MARTIN Léa", "ACC", date(2015, 9, 1), date(2016, 5, 4), "à former"],
            ]
        }
    )

    assert (code, said["errors"]) == (0, [])
    assert [row.on.isoformat() for row in PastTraining.objects.order_by("on")] == [
        "2016-03-12", "2016-05-04", "2020-03-10",
    ]  # fmt: skip
    assert due("2022-01-01") == {
        ("DUPONT Jean", "Accueil physique"): ("up_to_date", "2024-03-10"),
        ("MARTIN Léa", "Accueil physique"): ("overdue", "2020-05-04"),
    }


def test_agreements_tell_first_names_apart_a_length_and_renewals_one_after_another(send, balance):
    code, said, refusal = send(
        ["Service", "Nom du tuteur", "Prénom du tuteur", "Nom du tutoré", "Prénom du tutoré", "À compter du", "Durée",
         "1er renouvellement", "2e renouvellement", "Compétences"],
        ["ACC", "MARTIN", "Léa", "DUPONT", "Jean", "01/02/2022", "5 mois", "31/12/2022", "30/06/2023", SKILLS],
    )  # fmt: skip

    assert (code, refusal, said["rows"][0]["tutor"]) == (0, "", "MARTIN Léa")
    found = TutoringAgreement.objects.select_related("tutor").order_by("starts_on")
    assert [(str(one.tutor), one.starts_on.isoformat(), one.ends_on.isoformat()) for one in found] == [
        ("MARTIN Léa", "2022-02-01", "2022-06-30"),
        ("MARTIN Léa", "2022-07-01", "2022-12-31"),
        ("MARTIN Léa", "2023-01-01", "2023-06-30"),
    ]
    assert [balance(year)["agreements"] for year in (2022, 2023)] == [{"Accueil général": 1}] * 2


def test_the_date_above_agreements_is_not_their_beginning(sheets):
    heads = ["Service", "Tuteur", "Tutoré", "Fin", "Compétences"]
    line = ["ACC", "MARTIN Léa", "DUPONT Jean", date(2022, 6, 30), SKILLS]
    code, said, _ = sheets({"Tutorat": [["Date : 01/02/2022"], heads, line]})

    assert (code, [one["message"] for one in said["errors"]]) == (1, ["Aucune colonne « Début » dans « Tutorat »."])
