"""What the words of a register say: titles, marks, outcomes, orders that cannot be; what is no register."""

import pytest
from openpyxl import Workbook

from complaints.models import Complaint
from tests.complaints.imports.reading import HEADS, read, recorded
from tests.core.sheets.reading.files import docx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "service", "at_the_end_of_2022")]
LINES = "14/03/2022;courriel\n15/03/2022;courrier"
BANDS = "Date de réception;Canal\nRÉCLAMATIONS\n14/03/2022;mail\nSUGGESTIONS\n15/03/2022;mail"
COLUMN = "Félicitations;\nDate de réception;Canal;Nature\n14/03/2022;mail;R\n15/03/2022;mail;S"


@pytest.mark.parametrize(
    ("text", "natures"),
    [
        ("Registre des suggestions\nDate de réception;Canal\n" + LINES, ["suggestion", "suggestion"]),
        ("Réclamations et suggestions\nDate de réception;Canal\n" + LINES, ["complaint", "complaint"]),
        (BANDS, ["complaint", "suggestion"]),
        (COLUMN, ["complaint", "suggestion"]),
    ],
)
def test_a_title_or_words_between_lines_give_the_nature_that_no_column_says(table, text, natures):
    code, _told = table(text)

    assert (code, [nature for (nature,) in recorded("kind")]) == (0, natures)


def test_marks_that_say_nothing_are_no_words_and_a_doubt_is_asked(table):
    rows = "14/03/2022;courriel;-;/;…\n15/03/2022;courriel;R;–;—"
    code, told = table(f"{HEADS};Dans le champ;Thème\n{rows}")
    assert (code, told["asks"], recorded("kind", "in_scope", "theme_words")) == (0, [], [("complaint", True, "")] * 2)

    code, told = table(f"{HEADS};Dans le champ\n16/03/2022;courriel;R;?")
    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["D2"]])


@pytest.mark.parametrize(
    ("text", "cell", "why"),
    [
        ("Date;Canal;Reçues;Répondues\n31/01/2022;courriel;12;10\n28/02/2022;courriel;8;8", "C1", "compte des"),
        ("Indicateur;Cible;Taux\nAttente;10;12", "A1", "grille d’indicateurs"),
        (f"Thème;{';'.join(['janv', 'févr', 'mars', 'avril', 'mai', 'juin'])}\nAttente;1;2;3;4;5;6", "B1", "grille"),
        ("Trimestre;Reçues\nT1;12\nT2;8\nT3;9\nT4;1", "B1", "compte des réclamations"),
    ],
)
def test_what_is_no_register_is_refused_at_the_cell_that_tells_it(table, text, cell, why):
    code, told = table(text)

    assert (code, [one["cell"] for one in told["errors"]], Complaint.objects.count()) == (1, [cell], 0)
    assert why in told["errors"][0]["message"]


def test_a_file_that_cannot_be_opened_is_told_as_json_too(table, tmp_path):
    (tmp_path / "registre.xlsx").write_bytes(b"PK\x03\x04rien")
    for name in ("registre.xlsx", "absent.xlsx"):
        code, told = read(tmp_path / name)
        assert (code, len(told["errors"]), told["created"]) == (1, 1, 0)


def test_a_table_without_a_line_says_so_as_json_too(table):
    code, told = table("Date de réception;Canal;Nature\n")
    assert (code, [one["message"] for one in told["errors"]]) == (1, ["Aucune ligne n’est à reprendre."])


def test_the_date_of_an_answer_stands_under_its_group(tmp_path):
    book = Workbook()
    for row in (
        ["Réception", None, "Réponse"],
        ["Date", "Canal", "Date"],
        ["14/03/2022", "courriel", "18/03/2022"],
        ["15/03/2022", "courriel", None],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "registre.xlsx")

    assert read(tmp_path / "registre.xlsx")[0] == 0
    assert recorded("received_on", "answered_on") == [("14/03", "18/03"), ("15/03", None)]


def test_a_formula_without_value_is_told_once(tmp_path):
    book = Workbook()
    for row in (["Date de réception", "Canal", "Date de réponse"], ["14/03/2022", "courriel", "=A2+4"]):
        book.active.append(row)
    book.save(tmp_path / "registre.xlsx")

    code, told = read(tmp_path / "registre.xlsx")
    assert (code, [one["cell"] for one in told["errors"]]) == (1, ["C2"])
    assert "Formule sans valeur" in told["errors"][0]["message"]


def test_the_outcome_of_a_case_is_read_and_free_words_under_it_are_asked(table):
    said = (
        "Fondée",
        "partiellement fondée",
        "Non justifiée",
        "redirigée vers la CAF",
        "réglée sur place",
        "sans suite",
    )
    lines = [f"1{day}/03/2022;courriel;R;{words}" for day, words in enumerate(said, start=4)]
    code, _told = table("\n".join([f"{HEADS};Issue", *lines]))

    assert code == 0
    outcomes = ["founded", "partly", "unfounded", "redirected", "settled_at_desk", "no_further"]
    assert [outcome for (outcome,) in recorded("outcome")] == outcomes

    code, told = table(f"{HEADS};Issue\n20/03/2022;courriel;R;à revoir")
    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["D2"]])


def test_one_line_told_twice_under_its_number_is_one_case_and_two_of_one_day_are_asked(table):
    heads, same = f"N°;{HEADS}", "1;14/03/2022;courriel;R"
    code, told = table(f"{heads}\n{same}\n{same}\n1;14/04/2022;courriel;R")
    assert (code, told["created"]) == (0, 2)
    assert [one["why"] for one in told["left_out"]] == ["dit la même chose que la ligne 2"]

    code, told = table(f"{heads}\n{same}\n1;14/03/2022;courrier;S")
    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [["A2:A3"]])


@pytest.mark.parametrize(
    "text",
    [
        "Remerciements à Mme Durand pour la saisie\n14/03/2022;courriel",
        "14/02/2022;courriel\nAucune suggestion en mars\n14/03/2022;courriel",
    ],
)
def test_words_on_a_line_that_are_no_title_change_no_nature(table, text):
    code, _told = table(f"Date de réception;Canal\n{text}")

    assert (code, {nature for (nature,) in recorded("kind")}) == (0, {"complaint"})


def test_words_above_the_table_of_a_document_are_its_title(tmp_path):
    rows = [("Date de réception", "Canal"), ("14/03", "courriel")]
    lines = "".join(f"<w:tr>{''.join(f'<w:tc>{words(text)}</w:tc>' for text in row)}</w:tr>" for row in rows)
    path = docx(tmp_path / "registre.docx", f"{words('Suggestions 2022')}<w:tbl>{lines}</w:tbl>")

    assert read(path)[0] == 0
    assert recorded("received_on", "kind") == [("14/03", "suggestion")]


def words(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_nature_among_other_words_of_a_title_is_asked(table):
    code, told = table("Plan suggestion\nDate de réception;Canal\n14/03/2022;courriel")

    assert (code, [ask["question"][:24] for ask in told["asks"]]) == (3, ["De quelle nature sont le"])


def test_a_desk_on_line_is_no_desk(table):
    code, _told = table("Date de réception;Canal\n14/03/2022;guichet numérique\n15/03/2022;Guichet 3")

    assert (code, recorded("channel")) == (0, [("web_form",), ("desk",)])


def test_a_case_is_sent_where_a_service_is_named_alone(table):
    said = ("non", "aucun", "sans objet", "non transmis", "oui", "BDE")
    lines = [f"1{day}/03/2022;courriel;{words}" for day, words in enumerate(said, start=4)]
    code, _told = table("\n".join(["Date de réception;Canal;Transmis à", *lines]))

    assert (code, [sent for (sent,) in recorded("is_transmitted")]) == (0, [False] * 4 + [True] * 2)


@pytest.mark.parametrize(
    ("heads", "values", "cell"),
    [
        ("Répondu le;Clos le", "25/03/2022;16/03/2022", "D2"),
        ("Prolongé jusqu'au;Répondu le", "14/03/2032;25/03/2022", "C2"),
    ],
)
def test_orders_that_cannot_be_are_refused_at_their_cell(table, heads, values, cell):
    code, told = table(f"Date de réception;Canal;{heads}\n14/03/2022;courriel;{values}")

    assert (code, [one["cell"] for one in told["errors"]]) == (1, [cell])


def test_a_day_among_the_texts_of_answers_is_that_of_the_answer(table):
    heads = "Date de réception;Canal;Réponse"
    rows = ("14/03/2022;courriel;Excuses et explications", "15/03/2022;courriel;19/03/2022", "16/03/2022;courriel;ok")
    code, told = table("\n".join([heads, *rows]))

    assert (code, [one["cell"] for one in told["warnings"]]) == (0, ["C2", "C4"])
    assert recorded("answered_on") == [(None,), ("19/03",), (None,)]


def test_a_site_that_nobody_knows_is_told(table):
    code, told = table("Date de réception;Canal;Site\n14/03/2022;courriel;Arles")

    assert (code, [one["cell"] for one in told["warnings"]]) == (0, ["C2"])
