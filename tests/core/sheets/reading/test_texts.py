"""Texts: their encoding and its doubts, columns or lines, quotes that are never closed."""

import csv
import io
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.sheets.reading.bounded import read
from core.sheets.reading.delimited import read_delimited
from core.sheets.reading.encodings import decoded
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Remark
from tests.core.sheets.reading.files import written

MONTHS = "Janvier;Février;Mars;Avril;Mai;Juin;Juillet;Août;Septembre;Octobre;Novembre;Décembre"
WORDS = (
    MONTHS,
    "Taux d'appels aboutis;98,7 %",
    "Délai moyen de réponse aux courriels",
    "À partir de l'été, l'hôtel reçoit",
    "RÉPONSE À L'USAGER;FÉVRIER",
    "Échéance;État;Maïs, Noël, ça et là",
    "n° 3 : « où ? »",
)


@pytest.fixture
def read_text(tmp_path):
    def read_bytes(content, **options):
        data = content if isinstance(content, bytes) else content.encode()
        return read(written(tmp_path / "f.csv", data), name="f.csv", **options)

    return read_bytes


def values(book):
    return [[cell.value for cell in row] for row in book.sheets[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-1", "mac-roman", "cp850", "utf-16"])
@pytest.mark.parametrize("text", WORDS)
def test_french_words_come_out_of_every_encoding(text, encoding):
    found, _key, remarks = decoded(text.encode(encoding))

    assert (found, remarks) == (text, [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("l’été… 12 €", "cp1252"), ("l’œuvre – 12 €", "mac-roman"), ("« Œuvre »", "cp1252"), ("abc", "utf-8")],
)
def test_signs_of_an_encoding_name_it(text, encoding):
    assert decoded(text.encode(encoding)) == (text, encoding, [])


def test_a_few_bad_bytes_in_utf8_are_told_and_mended(read_text):
    book = read_text(f"{MONTHS}\nTéléphone;1\n".encode() + "Télé;été\n".encode("cp1252"))

    assert values(book)[2] == ["Télé", "été"]
    assert (book.encoding, book.remarks) == (
        "utf-8",
        [Remark("Le fichier est lu en UTF-8, 4 octets douteux à la ligne 3, lus en Windows-1252. Vérifiez ces mots.")],
    )


def test_one_bad_byte_is_told_alone():
    assert decoded("é\n".encode() * 3 + b"\xe9")[2] == [
        Remark("Le fichier est lu en UTF-8, 1 octet douteux à la ligne 4, lu en Windows-1252. Vérifiez ces mots.")
    ]


def test_bad_bytes_of_many_lines_name_the_first_ones():
    text = decoded("é".encode() * 9 + b"\xe9\n" * 5)[2][0].text

    assert "5 octets douteux aux lignes 1, 2, 3…, lus" in text


def test_accents_damaged_before_the_file_was_written_are_told():
    text, _encoding, remarks = decoded("Téléphone".encode().decode("cp1252").encode())

    assert (text, len(remarks)) == ("TÃ©lÃ©phone", 1)
    assert "accents étaient déjà abîmés" in remarks[0].text


def test_an_encoding_can_be_forced(read_text):
    assert values(read_text("voilà;x".encode("mac-roman"), encoding="mac-roman")) == [["voilà", "x"]]


def test_what_a_forced_encoding_cannot_read_is_told(read_text):
    book = read_text(b"a;\x81", encoding="cp1252")

    assert [remark.text for remark in book.remarks] == ["Signes illisibles en Windows-1252 : 1. Vérifiez les accents."]


def test_an_encoding_that_is_not_known_is_refused(read_text):
    with pytest.raises(SpreadsheetError, match="l’encodage « klingon » n’est pas de ceux qui sont lus"):
        read_text("a;b", encoding="klingon")


def test_a_text_of_no_language_we_know_is_told_as_doubtful():
    assert decoded("ŽŠ‡ œŒ¤ Þð".encode("cp1252"))[2][0].text.startswith("L’encodage du fichier n’est pas certain")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=,\na,b;c\n", [["a", "b;c"]]),
        (
            "Constat ; Action ; Date\nun ; deux, trois ; 3\n",
            [["Constat", "Action", "Date"], ["un", "deux, trois", "3"]],
        ),
        (
            "Plan d'actions\n\nConstat\tAction\nun\tdeux\n",
            [["Plan d'actions"], [], ["Constat", "Action"], ["un", "deux"]],
        ),
        ('"a", "b"\n"c", "d, e"\n', [["a", "b"], ["c", "d, e"]]),
        ("Question,Note\nAccueil,3\n", [["Question", "Note"], ["Accueil", "3"]]),
    ],
)
def test_columns_are_cut_by_what_parts_them(read_text, text, rows):
    book = read_text(text)

    assert (values(book), book.sheets[0].is_lines) == (rows, False)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour à tous,\n\n> Au COPIL, vu :\n> 1. Relancer le SIDSIC (RQ, fin juin)\n\nCordialement,\n-- \nRQ\n",
        "- Afficher les horaires ;\n- Former les agents, en mars ;\n- Relancer.\n",
        "• un\n• deux\n\t- trois\n",
        "Le taux est de 98,7 % en juin et de 95,2 % en mai.\n",
        "Constat\nAction\nResponsable\n",
    ],
)
def test_an_e_mail_or_a_list_stays_readable_line_by_line(read_text, text):
    sheet = read_text(text).sheets[0]

    assert sheet.is_lines
    assert [(cell.address, cell.value) for cell in sheet.filled()] == [
        (f"L{number}", line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()
    ]


HEADING = "Indicateur;Objectif;Janvier;Février\n"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('"Taux;90;95;96\n', ["Taux", "90", "95", "96"]),
        ('Taux;"90;95;96\n', ["Taux", "90", "95", "96"]),
        ('"Taux;"90;95;96\n', ["Taux", "90", "95", "96"]),
        ('"Taux ""vert""";"90;95;96\n', ['Taux "vert"', "90", "95", "96"]),
    ],
)
@pytest.mark.parametrize("rest", ["", "Délai;5;6;7\n", 'Délai;5;6;7\n"Accueil";1;2;3\n'])
def test_a_quote_that_is_never_closed_swallows_nothing_and_is_told(read_text, line, fields, rest):
    book = read_text(HEADING + line + rest)

    below = [[field.strip('"') for field in one.split(";")] for one in rest.splitlines()]
    assert values(book) == [HEADING.strip().split(";"), fields, *below]
    assert book.remarks == [
        Remark("Guillemet jamais refermé à partir de la ligne 2 : vérifiez cette ligne.", "Feuille 1", "A2")
    ]


@pytest.mark.parametrize(
    "field",
    ['"deux\nlignes"', '"deux;\nlignes, encore"', '"il dit ""oui"";\n""non"""', 'un 5" de plus', '"a;b"', '"a "b" c"'],
)
def test_quotes_that_are_closed_are_left_alone(read_text, field):
    book = read_text(f"{HEADING}{field};1;2;3\nb;1;2;3\n")

    assert ([len(row) for row in values(book)], book.remarks) == ([4, 4, 4], [])


def test_a_file_of_open_quotes_is_read_in_proportion(read_text):
    started = time.monotonic()

    book = read_text(HEADING + '"a;b;c;d\n' * 19_000)

    assert (book.sheets[0].row_count, len(book.remarks)) == (19_001, 20)
    assert time.monotonic() - started < 20


FIELDS = st.sampled_from(
    ["Février", "98,7 %", "", "réponse, partielle", "a;b", 'dit "oui"', "ligne1\nligne2", "à l'été"]
)
TABLES = st.integers(3, 7).flatmap(lambda width: st.lists(st.lists(FIELDS, min_size=width, max_size=width), min_size=2))
ENCODED = st.sampled_from(["utf-8", "utf-16", "cp1252", "mac-roman", "cp850"])
DELIMITERS = st.sampled_from(";,\t")
in_process = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)


def delimited(table, delimiter):
    """The text of a table whose rows begin with their number."""
    buffer = io.StringIO()
    heading = ["Indicateur", "Décembre", "Août", "Objectif", "État", "Où", "N°", "Fin"][: len(table[0]) + 1]
    rows = [heading, *([f"R{number}", *fields] for number, fields in enumerate(table))]
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue(), rows


@in_process
@given(
    table=TABLES, delimiter=DELIMITERS, encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "mac-roman", "cp850"])
)
def test_a_table_comes_out_of_any_delimiter_and_encoding_without_a_doubt(tmp_path, table, delimiter, encoding):
    text, rows = delimited(table, delimiter)

    book = read_delimited(written(tmp_path / "f.csv", text.encode(encoding)))

    found = [[field or "" for field in row] for row in book.sheets[0].rows]
    assert (found, book.remarks) == (rows, [])


@in_process
@given(table=TABLES, delimiter=DELIMITERS, place=st.integers(0, 10_000))
def test_a_quote_taken_away_loses_no_row_unsaid(tmp_path, table, delimiter, place):
    text, rows = delimited(table, delimiter)
    quotes = [index for index, sign in enumerate(text) if sign == '"'] or [0]
    cut = quotes[place % len(quotes)]

    book = read_delimited(written(tmp_path / "f.csv", (text[:cut] + text[cut + (text[cut] == '"') :]).encode()))

    first = [str(row[0]).strip('"') for row in book.sheets[0].rows]
    assert book.remarks or set(first) >= {row[0] for row in rows}
