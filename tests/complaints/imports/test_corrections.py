"""A later version of a register: a receipt put right is no second case, a closed case is changed by an answer alone."""

import json
from datetime import date

import pytest

from complaints.models import Complaint
from tests.complaints.imports.reading import read, recorded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "service", "at_the_end_of_2022")]
NUMBERED = (
    "N°;Date de réception;Canal;Nature;Date de réponse;Nom\n"
    "1;14/03/2022;courriel;réclamation;17/03/2022;Alice Petit\n"
    "2;15/03/2022;courrier;suggestion;;Bob Grand\n"
)
NAMED = (
    "Date de réception;Canal;Nature;Courriel;Thème\n"
    "14/03/2022;courriel;réclamation;alice@o.invalid;Attente\n"
    "15/03/2022;courriel;réclamation;zoe@o.invalid;Horaires\n"
)


@pytest.fixture
def versions(tmp_path):
    """Import a first version, then a second one with the answers given to its questions."""

    def imported(first, second, **answers):
        path, layout = tmp_path / "registre.csv", tmp_path / "lecture.json"
        path.write_text(first, encoding="utf-8")
        assert read(path)[0] == 0
        path.write_text(second, encoding="utf-8")
        if not answers:
            return read(path)
        layout.write_text(json.dumps({"answers": answers}), encoding="utf-8")
        return read(path, layout=layout)

    return imported


@pytest.mark.parametrize(
    ("first", "second", "cell"),
    [
        (NUMBERED, NUMBERED.replace("15/03", "16/03"), "B3"),
        (NAMED, NAMED.replace("15/03", "16/03"), "A3"),
        (NAMED, NAMED.replace("Horaires", "Attente"), "A3"),
        (NAMED, NAMED.replace("15/03/2022;courriel", "15/03/2022;courrier"), "A3"),
    ],
)
def test_a_line_that_may_be_a_known_case_is_asked_about(versions, first, second, cell):
    code, told = versions(first, second)

    assert (code, [ask["cells"] for ask in told["asks"]]) == (3, [[cell]])
    assert Complaint.objects.count() == 2


def test_a_receipt_put_right_changes_its_case(versions, tmp_path):
    corrected = NUMBERED.replace("15/03", "16/03")
    code, told = versions(NUMBERED, corrected, **{"corrected:Feuille 1!3": "same"})

    assert (code, told["created"], told["changed"], told["unchanged"]) == (0, 0, 1, 1)
    assert recorded("received_on") == [("14/03",), ("16/03",)]
    assert read(tmp_path / "registre.csv")[1]["unchanged"] == 2


def test_another_person_or_a_far_day_is_another_case(versions):
    code, told = versions(
        NUMBERED, "N°;Date de réception;Canal;Nature;Nom\n2;16/03/2022;courrier;suggestion;Zoé Martin\n"
    )
    assert (code, told["created"]) == (0, 1)

    code, told = versions(NUMBERED, "N°;Date de réception;Canal;Nature\n2;15/04/2022;courrier;suggestion\n")
    assert (code, told["created"]) == (0, 1)


def test_an_experience_of_services_publics_plus_has_numbers_of_its_own(versions):
    code, told = versions(NUMBERED, "id;date;ressenti;description\n1;14/03/2022;positif;Merci\n")

    assert (code, told["created"]) == (0, 1)


def test_what_a_closed_case_was_judged_by_changes_when_said(versions):
    other = NUMBERED.replace("1;14/03/2022;courriel", "1;14/03/2022;courrier")
    code, told = versions(NUMBERED, other)
    assert (code, [(ask["code"], ask["cells"]) for ask in told["asks"]]) == (3, [("closed", ["C2"])])

    code, told = versions(NUMBERED, other, closed="keep")
    assert (code, told["changed"], recorded("channel")) == (0, 0, [("email",), ("letter",)])

    code, told = versions(NUMBERED, other, closed="change")
    assert (code, told["changed"], recorded("channel")) == (0, 1, [("letter",), ("letter",)])


def test_a_later_answer_is_a_change_like_any_other(versions):
    code, told = versions(NUMBERED, NUMBERED.replace("17/03", "18/03"))

    assert (code, told["changed"], recorded("answered_on")) == (0, 1, [("18/03",), (None,)])


def test_each_column_of_a_later_version_is_recorded(versions):
    heads = "N°;Date de réception;Canal;Nature;Dans le champ;Qualité;Thème;Service;"
    heads += "Transmis à;Transmis le;Prolongé jusqu’au;Issue\n"
    first = heads + "1;14/03/2022;courriel;réclamation;oui;usager;Attente;BDE;;;;\n"
    second = heads + "1;14/03/2022;guichet;suggestion;non;mairie;Horaires;Accueil;BDE;15/03/2022;30/03/2022;fondée\n"
    code, told = versions(first, second)

    assert (code, told["changed"]) == (0, 1)
    case = Complaint.objects.get()
    assert (case.channel, case.kind, case.in_scope, case.origin, case.theme) == (
        "desk",
        "suggestion",
        False,
        "local_authority",
        "hours",
    )
    assert (case.service_label, case.transmitted_label, case.is_transmitted) == (
        "Accueil",
        "Bureau des étrangers",
        True,
    )
    assert (case.transmitted_on, case.extended_to, case.outcome) == (date(2022, 3, 15), date(2022, 3, 30), "founded")
