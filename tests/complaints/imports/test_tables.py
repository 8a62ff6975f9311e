"""Tracking tables as services keep them: what is recorded of each, asked, left out or refused."""

from datetime import date

import pytest
from openpyxl import Workbook

from tests.complaints.imports.reading import HEADS, balanced, read, recorded
from tests.organisations.factories import SousPrefectureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "service", "at_the_end_of_2022")]


def test_words_of_a_line_that_are_headings_elsewhere_do_not_begin_another_table(table):
    """« courriel » heads a column of addresses and « N » one of numbers: they are values here, and no case is lost."""
    code, told = table(f"{HEADS};Dans le champ\n14/03/2022;courriel;R;O\n15/03/2022;courriel;R;N\n16/03/2022;mail;R;N")

    assert (code, told["left_out"]) == (0, [])
    assert recorded("received_on", "in_scope") == [("14/03", True), ("15/03", False), ("16/03", False)]


def test_the_reason_stands_under_out_of_scope(table):
    rows = ("délai de délivrance", "", "recours gracieux", "non", "X")
    lines = "\n".join(f"1{day}/03/2022;courriel;R;{said}" for day, said in enumerate(rows, start=4))
    code, told = table(f"{HEADS};Hors champ\n{lines}")

    assert (code, told["left_out"]) == (0, [])
    assert recorded("in_scope", "out_of_scope") == [
        (False, "issuing_delay"),
        (True, ""),
        (False, "appeal"),
        (True, ""),
        (False, ""),
    ]


def test_a_promised_date_is_the_one_by_which_the_answer_is_judged(table):
    code, _told = table(f"{HEADS};Délai prolongé jusqu'au;Date de réponse\n14/03/2022;courriel;R;31/03/2022;30/03/2022")

    assert code == 0
    assert recorded("extended_to", "answer_by", "answered_on", "delay_days") == [("31/03", "31/03", "30/03", 12)]


def test_lines_of_totals_are_no_cases_and_say_nothing_of_the_columns(table):
    code, told = table(
        f"{HEADS};Date de réponse\n14/03/2022;courriel;R;17/03/2022\nTotal mars;1;;1\n15/04/2022;courrier;S;\n"
        "Sous-total avril;1;;0\nTOTAL 2022;2;;1\nMoyenne;;;0,5"
    )

    assert (code, [one["why"] for one in told["left_out"]], balanced(told["cells"])) == (0, ["ligne de total"], True)
    assert recorded("received_on", "channel") == [("14/03", "email"), ("15/04", "letter")]


@pytest.mark.parametrize(
    "heads",
    [
        "Date d'envoi;Date de réception",
        "Date du courrier;Date d'arrivée",
        "Date de naissance;Reçu le",
        "Date de création du dossier;Date de réception",
    ],
)
def test_the_column_that_says_the_receipt_exactly_is_the_receipt_the_other_one_is_asked_about(table, heads):
    code, told = table(f"{heads};Canal;Nature\n13/03/2022;17/03/2022;courrier;R")

    assert (code, [ask["code"] for ask in told["asks"]]) == (3, ["role:Feuille 1:A"])
    assert told["rows"][0]["received"] == "2022-03-17"


@pytest.mark.parametrize("heading", ["Date de naissance", "Date de relance", "Date de clôture"])
def test_another_date_is_never_taken_for_the_receipt(table, heading):
    code, told = table(f"{heading};Canal;Nature\n13/03/2022;courrier;R")

    assert (code, told["created"]) != (0, 1)
    assert "received" not in told.get("rows", [{}])[0]


@pytest.mark.parametrize("heading", ["Réponse d'attente le", "Date de réponse provisoire", "Réponse intermédiaire le"])
def test_a_holding_reply_is_no_answer(table, heading):
    code, told = table(f"{HEADS};{heading}\n14/03/2022;courriel;R;16/03/2022")

    assert (code, [ask["code"] for ask in told["asks"]]) == (3, ["role:Feuille 1:D"])
    assert "answered" not in told["rows"][0]


@pytest.mark.parametrize(
    "said", ["17/03/2022 par courriel", "répondu le 17/03/2022", "17/03/2022 (mail)", "jeudi 17 mars 2022"]
)
def test_a_day_with_the_way_it_left_is_that_day(table, said):
    code, _told = table(f"{HEADS};Date de réponse\n14/03/2022;courriel;R;{said}")

    assert (code, recorded("answered_on")) == (0, [("17/03",)])


def test_a_reply_without_its_day_is_warned_about(table):
    code, told = table(
        f"{HEADS};Réponse\n14/03/2022;courriel;R;Nous avons présenté nos excuses\n15/03/2022;courriel;R;"
    )

    assert (code, [one["cell"] for one in told["warnings"]]) == (0, ["D2"])
    assert recorded("answered_on") == [(None,), (None,)]


def test_an_unknown_nature_is_asked_about_at_its_cell(table):
    code, told = table("Date de réception;Canal;Nature\n14/03/2022;courriel;machin")

    assert (code, [(ask["code"], ask["cells"]) for ask in told["asks"]]) == (3, [("word:kind:machin", ["C2"])])
    assert recorded("pk") == []


def test_two_channels_in_one_cell_are_asked_about(table):
    code, told = table(f"{HEADS}\n14/03/2022;courriel et courrier;R\n15/03/2022;mail du site;R")

    assert (code, [(ask["code"], ask["cells"]) for ask in told["asks"]]) == (
        3,
        [("word:channel:courriel et courrier", ["B2"])],
    )


def test_crosses_under_channels_are_not_addresses(table):
    code, told = table("Date de réception;Courrier;Courriel;Nature\n14/03/2022;X;;R\n15/03/2022;;X;R")

    assert code == 3
    assert "role:Feuille 1:C" in [ask["code"] for ask in told["asks"]]


def test_a_local_authority_is_told_from_users(table):
    code, _told = table(
        f"{HEADS};Qualité du demandeur\n14/03/2022;courriel;R;Mairie de Gardanne\n15/03/2022;mél;R;Particulier"
    )

    assert (code, recorded("origin")) == (0, [("local_authority",), ("user",)])


def test_a_line_of_another_site_is_left_to_its_own_register(table, site):
    SousPrefectureFactory(code="arles", name="Arles", parent=site.parent)
    code, told = table(
        f"{HEADS};Site\n14/03/2022;courriel;R;Arles\n15/03/2022;courriel;R;Sous-préfecture d’Aix\n16/03/2022;mél;R;Hall"
    )

    assert (code, [one["why"] for one in told["left_out"]]) == (0, ["ligne d’un autre site (Arles)"])
    assert recorded("received_on") == [("15/03",), ("16/03",)]


def test_a_closing_date_closes_without_answering(table):
    code, _told = table(f"{HEADS};Date de clôture\n14/03/2022;courriel;R;31/03/2022\n15/12/2022;courriel;R;")

    assert (code, recorded("answered_on", "closed_on")) == (0, [(None, "31/03"), (None, None)])


def test_an_experience_as_services_publics_plus_exports_it(table):
    code, told = table(
        "Id;Titre;Description;Date de publication;Ressenti;Typologie;Pays;Intitulé Structure;Réponse publiée;"
        "Date de la réponse\n12345;Attente;Deux heures;2022-03-03;Négatif;Usager;France;Préfecture;Nous ouvrons;"
        "2022-03-07\n12346;Merci;Bravo;2022-03-04;Positif;;;;;\n12347;Bof;Moyen;2022-03-05;Neutre;;;;Merci;"
    )

    assert (code, [one["cell"] for one in told["warnings"]]) == (0, ["H2", "I4"])
    assert recorded("channel", "kind", "answered_on", "delay_days") == [
        ("sp_plus", "complaint", "07/03", 2),
        ("sp_plus", "compliment", None, None),
        ("sp_plus", "suggestion", None, None),
    ]


def test_a_file_in_windows_letters_with_dates_in_words(table):
    code, _told = table(
        "Référence;Reçue le;Canal d'arrivée;Catégorie;Champ;Réponse au fond le\r\n"
        "R1;12 mars 2022;Courriel;Réclamation;Dans le champ;14 mars 2022\r\n"
        "R2;1er avril 2022;Courrier;Réclamation;Hors champ;\r\nR3;jeudi 7 avril 2022;Téléphone;Plainte;;",
        encoding="cp1252",
    )

    assert code == 0
    assert recorded("received_on", "channel", "in_scope", "answered_on", "answer_by") == [
        ("12/03", "email", True, "14/03", "18/03"),
        ("01/04", "letter", False, None, None),
        ("07/04", "phone", True, None, None),
    ]


def test_an_english_table_with_its_months_first(table):
    code, told = table(
        "Ref,Received,Channel,Type,Topic,Acknowledged,Answered\n1,03/14/2022,e-mail,complaint,Waiting,03/15/2022,"
        "03/17/2022\n2,04/04/2022,letter,suggestion,Signage,04/05/2022,"
    )

    assert (code, told["warnings"]) == (0, [])
    assert recorded("received_on", "channel", "kind", "theme", "acknowledged_on", "answered_on") == [
        ("14/03", "email", "complaint", "waiting", "15/03", "17/03"),
        ("04/04", "letter", "suggestion", "signage", "05/04", None),
    ]


def test_years_in_their_sheets_beside_lists_and_statistics(tmp_path):
    book = Workbook()
    heads = ["Date de réception", "Canal", "Nature", "Date de réponse"]
    first = book.active
    first.title = "2021"
    for row in (heads, [date(2021, 5, 6), "courriel", "R", date(2021, 5, 14)]):
        first.append(row)
    sheets = {
        "2022": [heads, [date(2022, 5, 5), "courrier", "S", None]],
        "Listes": [["Canal", "Nature"], ["courriel", "Réclamation"], ["courrier", "Suggestion"]],
        "Stats": [["Mois", "Nombre"], ["janvier", 3], ["Total", 3]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "registre.xlsx")
    code, told = read(tmp_path / "registre.xlsx")

    assert (code, recorded("received_on", "channel", "delay_days")) == (
        0,
        [("06/05", "email", 5), ("05/05", "letter", None)],
    )
    assert [(one["sheet"], one["why"]) for one in told["left_out"]] == [
        ("Listes", "aucune colonne « Date de réception »"),
        ("Stats", "aucun tableau reconnu dans cette feuille"),
    ]
    assert balanced(told["cells"])


@pytest.mark.parametrize(
    ("beside", "asked"), {"Nombre de courriers échangés": ["role:Feuille 1:D"], "Délai moyen": []}.items()
)
def test_a_register_may_count_letters_beside_the_date_of_receipt(table, beside, asked):
    """What it counts is at most asked about."""
    _code, told = table(f"Date de réception;Canal;Objet;{beside}\n05/05/2022;courriel;Attente;3")

    assert ([one["code"] for one in told["asks"]], told["errors"]) == (asked, [])


GRIDS = {
    "quarters": "Engagement;Libellé;T1;T2;T3;T4\nE3;Réclamations répondues;0,95;0,9;1;1",
    "a count by month and channel": "Date;Canal;Nombre de réclamations;Délai moyen\n31/01/2022;Courriel;12;4,2",
}


@pytest.mark.parametrize("content", GRIDS.values(), ids=GRIDS)
def test_figures_are_no_register(table, content):
    code, told = table(content)

    assert (code, len(told["errors"]), recorded("pk")) == (1, 1, [])
