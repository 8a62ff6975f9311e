"""The chapter of the report: the Isère in 2022, its sentences computed and their bases named."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from complaints import chapters
from complaints.complaint_delays import OfMedium
from complaints.enums import Channel, Medium
from tests.organisations.factories import UnitFactory

pytestmark = pytest.mark.django_db
ISERE = Path("demo/data/isere_2022_reclamations.csv")
NARROW = "\u202f"


@pytest.fixture
def isere(site, settings):
    with time_machine.travel(date(2023, 2, 1), tick=False):
        UnitFactory(parent=site, name="Bureau du droit au séjour")
        call_command("import_complaints", str(settings.BASE_DIR / ISERE), "--unit", site.code, stdout=StringIO())
        yield site


def test_the_balance_of_the_isere_is_what_its_report_says(isere):
    out = StringIO()
    call_command("complaints_balance", "--unit", isere.code, "--year", "2022", "--format", "json", stdout=out)
    found = json.loads(out.getvalue())

    assert (found["received"], found["in_scope"], found["out_of_scope"]) == (82, 11, 71)
    assert {code: number for code, number in found["by_channel"].items() if number} == {"letter": 2, "email": 80}
    assert (found["by_theme"]["Prise de rendez-vous en ligne"], found["by_theme"]["Courtoisie"]) == (10, 1)
    assert found["acknowledged_on_time"] == {"count": 11, "base": 11, "rate": 1.0}
    assert (found["answered_on_time"], found["transmitted_without_copy"]) == (
        {"count": 3, "base": 11, "rate": 3 / 11},
        7,
    )


def test_sentences_are_computed_and_name_their_base(isere):
    told = chapters.chapter(isere, 2022)

    words, rows = told["by_channel"][0]
    assert words == f"11 des 80 courriels (13,75{NARROW}%) portent sur l’accueil et l’organisation du service."
    assert rows == f"/reclamations/?site={isere.pk}&since=2022-01-01&until=2022-12-31&channel=email"
    assert told["sentences"][0] == "Les 71 autres sont hors champ, ou des demandes d’information ou des félicitations."
    assert told["brief"][1:3] == [words, told["sentences"][0]]
    assert "Pour 7 des 11 demandes, aucune réponse n’est connue à ce jour." in told["sentences"]
    assert not any("12,5" in sentence for sentence in told["sentences"])
    assert chapters.chapter(isere, 2021)["is_empty"]

    silent = chapters.chapter(isere, 2023)
    assert (silent["is_empty"], silent["brief"]) == (
        False,
        ["Aucune réclamation ni suggestion n’a été enregistrée en 2023."],
    )


def test_the_figures_of_the_months_are_those_of_their_cases(isere):
    found = OfMedium(Medium.ELECTRONIC)
    months = [found.on_time(isere, 2022, month) for month in range(1, 13)]
    cases = found.cases(isere, 2022)

    counts = [(one.numerator, one.denominator) for one in months if one]
    assert (sum(n for n, _ in counts), sum(d for _, d in counts)) == (3, 11)
    assert (sum(case.is_favourable for case in cases), sum(case.is_counted for case in cases)) == (3, 11)
    assert [month is None for month in months].count(True) > 0


def test_what_is_out_of_scope_is_told_in_its_number():
    assert chapters._others(1, 0).startswith("La demande reçue est hors champ, ou une demande d’information")
    assert chapters._others(1, 2).startswith("L’autre est hors champ")
    assert chapters._others(3, 0).startswith("Les 3 demandes reçues sont hors champ")


def test_every_channel_is_counted_in_a_sentence():
    assert [one.many for one in Channel][-4:] == [
        "appels",
        "messages de réseaux sociaux",
        "expériences Services Publics +",
        "autres demandes",
    ]
    assert Channel.DESK.many == "demandes au guichet"
