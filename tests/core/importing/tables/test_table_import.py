"""A plain table declared by its columns: values, problems, questions, doubles, changes and account follow."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from core.importing.asks import Given, Option
from core.importing.lines import Fate
from core.importing.numbers import Unit
from core.importing.tables import Wanted
from core.importing.tables.readers import Choice, Day, Email, FuzzyDay, Lookup, NumberOf, Text, YesNo
from core.importing.tables.table_import import TableImport
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Remark, Sheet, Workbook

TOPICS = [Option("phone", "Téléphone"), Option("mail", "Courrier")]


@dataclass
class Request:
    """What is stored of a request."""

    number: str
    received: date
    topic: str = "other"


class RequestsFile(TableImport):
    """Requests, in memory: `record` maps numbers to what is stored."""

    columns = (
        Wanted("number", "Numéro", heads="numero|n|ref(?:erence)?", read=Text(5), is_key=True, is_required=True),
        Wanted("received", "Reçue le", heads="recue? le", read=Day(), is_required=True),
        Wanted("due", "Pour le", heads="echeance", read=FuzzyDay(written_on=date(2026, 5, 15))),
        Wanted("delay", "Délai", read=NumberOf(Unit.DAYS)),
        Wanted(
            "topic",
            "Thème",
            read=Choice([Option("phone", "Téléphone"), Option("mail", "Courrier")], {"mail": "lettres?"}),
        ),
        Wanted("is_closed", "Close", read=YesNo()),
        Wanted("service", "Service", read=Lookup()),
        Wanted("contact", "Courriel", read=Email()),
    )

    def options(self, code):
        return [Option("7", "Accueil"), Option("8", "SIDSIC"), Option("9", "SIDSIC")] if code == "service" else ()

    def stored(self, entries):
        return self.record

    def match(self, entry, stored):
        return stored.get(entry.values["number"])

    def check(self, entry):
        if entry.values["received"] > date(2026, 11, 29):
            entry.wrong("received", "Ce jour est à venir.")
        if entry.values.get("topic") == "phone":
            entry.doubtful("topic", "Un appel n’est pas une demande.")


def plan(*rows, stored=None, chosen=None, remarks=()):
    width = max(map(len, rows))
    sheet = Sheet("Demandes", [[*row, *[None] * (width - len(row))] for row in rows])
    return RequestsFile(stored or {}, Given(chosen or {})).plan(Workbook("x.csv", [sheet], remarks=list(remarks)))


def only(heading, cell, **options):
    """What one cell under a heading becomes, beside a number and a day: (values, messages, open questions)."""
    found = plan(["N°", "Reçue le", heading], ["12", "13/05/2026", cell], **options)
    messages = [problem.message for problem in (*found.errors, *found.warnings)]
    values = dict(found.lines[0].content.values)
    return (
        values.get(next((code for code in values if code not in ("number", "received")), "")),
        messages,
        len(found.open_asks),
    )


@pytest.mark.parametrize(
    ("heading", "cell", "value", "messages"),
    [
        ("Délai", "12", Decimal(12), []),
        ("Délai", 2.5, Decimal("2.5"), []),
        ("Délai", "2 semaines", Decimal(14), []),
        ("Délai", "48 heures", None, ["« 48 heures » : ce n’est pas l’unité attendue."]),
        ("Délai", "12 jours (congés)", Decimal(12), ["« congés » n’est pas repris."]),
        ("Délai", "bientôt", None, ["« bientôt » n’est pas un nombre."]),
        ("Thème", "Téléphone", "phone", ["Un appel n’est pas une demande."]),
        ("Thème", "lettre", "mail", []),
        ("Close", "Oui", True, []),
        ("Close", "✓", None, []),
        ("Close", "non", False, []),
        ("Courriel", "Jean.Dupont@exemple.fr", "jean.dupont@exemple.fr", []),
        ("Courriel", "jean", None, ["« jean » n’est pas une adresse électronique."]),
    ],
)
def test_each_reader_accounts_for_the_whole_cell(heading, cell, value, messages):
    role = {"Délai": "delay", "Thème": "topic", "Close": "is_closed", "Courriel": "contact"}[heading]
    found = only(heading, cell, chosen={"role:Demandes:C": role})

    assert found[:2] == (value, messages)


@pytest.mark.parametrize(
    ("cell", "earliest", "messages"),
    [("S1 2027", date(2027, 1, 1), []), ("2026-13-01", None, ["Le mois 13 n’existe pas."])],
)
def test_a_deadline_in_words_is_read_or_said_to_be_impossible(cell, earliest, messages):
    value, said, _asks = only("Échéance", cell)

    assert (value.earliest if value else None, said) == (earliest, messages)


def test_a_doubtful_word_is_asked_about_once_and_can_be_answered():
    rows = [["N°", "Reçue le", "Thème"], ["1", "13/05/2026", "Guichet"], ["2", "14/05/2026", "guichet"]]
    found = plan(*rows)
    assert [(ask.code, len(ask.places)) for ask in found.open_asks] == [("word:topic:guichet", 2)]
    assert [line.fate for line in found.lines] == [Fate.ASKED, Fate.ASKED]

    found = plan(*rows, chosen={"word:topic:guichet": "mail"})
    assert [line.fate for line in found.lines] == [Fate.CREATED, Fate.CREATED]
    assert found.is_ready


def test_a_name_is_looked_for_among_the_options_of_the_site_and_kept_as_words_otherwise():
    service, messages, asks = only("Service", "accueil")
    assert (service.value, service.text, messages, asks) == ("7", "accueil", [], 0)

    service, messages, asks = only("Service", "Guichet 12")
    assert (service.value, service.text, asks) == ("", "Guichet 12", 0)
    assert messages == ["« Guichet 12 » n’est pas connu sur ce site : gardé en toutes lettres."]

    assert only("Service", "SIDSIC")[2] == 1


def test_a_line_is_created_changed_unchanged_or_refused():
    stored = {"2": Request("2", date(2026, 5, 13)), "3": Request("3", date(2026, 5, 13), "phone")}
    found = plan(
        ["N°", "Reçue le", "Thème"],
        ["1", "13/05/2026", "Courrier"],
        ["2", "13/05/2026", "Courrier"],
        ["3", "13/05/2026"],
        ["4", "31/02/2026", "Courrier"],
        [None, "14/05/2026", "Courrier"],
        ["5", "30/11/2026", "Courrier"],
        stored=stored,
    )

    assert " ".join(line.fate for line in found.lines) == "created changed unchanged refused refused refused"
    assert [str(change) for change in found.lines[1].changes] == ["Thème : other → Courrier"]
    assert [problem.placed for problem in found.errors] == [
        "Feuille « Demandes », cellule B5 : Le 31 février 2026 n’existe pas.",
        "Feuille « Demandes », cellule A6 : Numéro : cette cellule est vide.",
        "Feuille « Demandes », cellule B7 : Ce jour est à venir.",
    ]
    assert found.counts == {"created": 1, "changed": 1, "unchanged": 1}
    assert found.reading["rows"][0] == {
        "sheet": "Demandes",
        "cell": "A2",
        "number": "1",
        "received": "2026-05-13",
        "topic": "mail",
    }
    assert found.accounts.counts == {"filled": 19, "read": 19, "left_out": 0, "asked": 0}


def test_doubles_are_left_out_when_they_say_the_same_and_asked_about_otherwise():
    rows = [["N°", "Reçue le"], ["1", "13/05/2026"], ["1", "13/05/2026"], ["2", "14/05/2026"], ["2", "15/05/2026"]]
    found = plan(*rows)
    assert [line.fate.value for line in found.lines] == ["created", "left_out", "asked", "asked"]
    assert [ask.code for ask in found.open_asks] == ["row:Demandes!4"]
    assert found.accounts.counts == {"filled": 10, "read": 4, "left_out": 2, "asked": 4}

    found = plan(*rows, chosen={"row:Demandes!4": "Demandes!5"})
    assert [line.fate.value for line in found.lines] == ["created", "left_out", "left_out", "created"]
    assert found.is_ready


def test_a_file_without_table_is_refused_and_one_without_a_needed_column_has_an_error():
    with pytest.raises(SpreadsheetError, match="Aucun tableau dans ce fichier"):
        plan(["Bonjour"], ["à tous"])

    found = plan(["N°", "Thème"], ["1", "Courrier"])
    assert [problem.placed for problem in found.errors] == [
        "Feuille « Demandes », ligne 1 : Aucune colonne « Reçue le » dans « Demandes »."
    ]


def test_what_the_reading_of_the_file_remarks_is_a_warning():
    found = plan(["N°", "Reçue le"], ["1", "13/05/2026"], remarks=[Remark("Lu en Windows-1252.")])

    assert [problem.message for problem in found.warnings] == ["Lu en Windows-1252."]
