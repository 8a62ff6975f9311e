"""Lines of one day, channel, theme and service: each goes to the case of who wrote it, whatever its place."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from complaints.models import Complaint
from core.record import identities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "service", "at_the_end_of_2022")]
HEADS = "Date de réception;Canal;Nature;Date de réponse;Nom;Courriel;Thème\n"
ALICE = "15/03/2022;courriel;réclamation;17/03/2022;Alice Petit;alice@o.invalid;Attente\n"
ZOE = "15/03/2022;courriel;réclamation;28/03/2022;Zoé Martin;zoe@o.invalid;Attente\n"


@pytest.fixture
def table(tmp_path):
    def read(text):
        path, out = tmp_path / "registre.csv", StringIO()
        path.write_text(HEADS + text, encoding="utf-8")
        try:
            call_command("import_complaints", str(path), "--unit", "aix", "--format", "json", stdout=out)
        except CommandError as refused:
            return refused.returncode, json.loads(out.getvalue())
        return 0, json.loads(out.getvalue())

    return read


def answered_of(email):
    """The days on which a person was answered."""
    found = Complaint.objects.filter(identity__in=identities.find(email=email))
    return [f"{case.answered_on:%d/%m}" for case in found.order_by("pk")]


def test_a_line_added_above_takes_nobodys_case(table):
    assert table(ALICE)[0] == 0
    code, told = table(ZOE + ALICE)

    assert (code, told["created"], told["changed"], told["unchanged"]) == (0, 1, 0, 1)
    assert (answered_of("alice@o.invalid"), answered_of("zoe@o.invalid")) == (["17/03"], ["28/03"])
    assert table(ALICE + ZOE)[1]["unchanged"] == 2


def test_who_is_written_otherwise_than_before_is_asked_about(table):
    table(ALICE)
    code, told = table(ALICE.replace("alice@o.invalid", "a.petit@o.invalid").replace("Alice Petit", "Petit A."))

    assert (code, Complaint.objects.count()) == (3, 1)
    assert [(ask["code"].partition(":")[0], ask["cells"]) for ask in told["asks"]] == [("same", ["E2"])]


def test_those_erased_keep_their_lines(table, site):
    table(ALICE + ZOE)
    call_command("erase_person", email="alice@o.invalid", unit="aix", reason="Demande du 01/12/2022", stdout=StringIO())
    code, told = table(ALICE + ZOE)

    assert (code, told["created"], told["unchanged"]) == (0, 0, 2)
    assert answered_of("alice@o.invalid") == []


def test_lines_without_anybody_go_by_their_order(table):
    nobody = "15/03/2022;courrier;réclamation;{};;;Attente\n"
    table(nobody.format("17/03/2022") + nobody.format("18/03/2022"))
    code, told = table(nobody.format("17/03/2022") + nobody.format("19/03/2022"))

    assert (code, told["created"], told["changed"], told["unchanged"]) == (0, 0, 1, 1)


def test_in_and_out_of_scope_at_once_is_an_error(table, tmp_path):
    path = tmp_path / "champ.csv"
    text = "Date de réception;Canal;Dans le champ;Hors champ\n15/03/2022;courriel;oui;oui\n"
    path.write_text(text, encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_complaints", str(path), "--unit", "aix", "--format", "json", stdout=out)
    assert [(one["cell"], "hors champ" in one["message"]) for one in json.loads(out.getvalue())["errors"]] == [
        ("D2", True)
    ]
