"""`manage.py working_days`, as a shell sees it."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.models import HolidayZone
from core.services import calendars
from organisations.management.commands.working_days import Command
from tests.organisations.factories import ClosedDayFactory, PrefectureFactory, ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def holidays():
    calendars.load(first_year=2026, last_year=2026)


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("working_days", *arguments, stdout=output)
    return output.getvalue()


def from_a_shell(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        Command().run_from_argv(["manage.py", "working_days", "--skip-checks", *arguments])
    captured = capsys.readouterr()
    return stop.value.code, captured.out, captured.err


def test_json_holds_the_due_date_and_every_day():
    payload = json.loads(run("--from", "2026-05-04", "--days", "4", "--zone", "alsace-moselle", "--format", "json"))
    explained = payload.pop("explained")
    assert payload == {"from": "2026-05-04", "days": 4, "zone": "alsace-moselle", "due_on": "2026-05-11"}
    assert [(day["date"], day["counts"], day["number"]) for day in explained] == [
        ("2026-05-04", False, None), ("2026-05-05", True, 1), ("2026-05-06", True, 2), ("2026-05-07", True, 3),
        ("2026-05-08", False, None), ("2026-05-09", False, None), ("2026-05-10", False, None), ("2026-05-11", True, 4),
    ]  # fmt: skip
    assert explained[4]["reason"] == "jour férié : Victoire 1945"


def test_text_explains_day_by_day():
    assert run("--from", "2026-05-07", "--days", "1", "--zone", "metropole").splitlines() == [
        "07/05/2026        jour de réception : le délai part du lendemain",
        "08/05/2026        jour férié : Victoire 1945",
        "09/05/2026        samedi",
        "10/05/2026        dimanche",
        "11/05/2026     1  jour ouvré",
        "Échéance : 11/05/2026",
    ]


def test_a_unit_follows_the_zone_and_the_closed_days_of_its_site():
    site = PrefectureFactory(holiday_zone=HolidayZone.objects.get(code="metropole"))
    service = ServiceFactory(code="titres", parent=site)
    ClosedDayFactory(site=site, date=date(2026, 5, 15), label="Pont de l’Ascension")
    payload = json.loads(run("--from", "2026-05-13", "--days", "1", "--unit", service.code, "--format", "json"))
    assert (payload["zone"], payload["due_on"]) == ("metropole", "2026-05-18")
    assert payload["explained"][2]["reason"] == "fermeture du site : Pont de l’Ascension"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "2026-05-04", "--days", "1"], "Donnez une zone (--zone) ou une unité (--unit)."),
        (
            ["--from", "2026-13-04", "--days", "1", "--zone", "metropole"],
            "--from : « 2026-13-04 » n’est pas une date ; écrivez-la comme 2026-05-04.",
        ),
        (
            ["--from", "2027-05-04", "--days", "1", "--zone", "metropole"],
            "Les jours fériés de 2027 de la zone « Métropole » ne sont pas enregistrés : complétez le calendrier.",
        ),
        (["--from", "2026-05-04", "--days", "1", "--unit", "nulle-part"], "Aucune unité n’a le code « nulle-part »."),
        (
            ["--from", "2026-05-04", "--days", "dix", "--zone", "metropole"],
            "Paramètres incorrects : --days : « dix » n’est pas un nombre entier. Voir --help.",
        ),
        (["--zone", "metropole"], "Paramètres incorrects : il manque --from, --days. Voir --help."),
    ],
)
def test_an_error_is_one_french_sentence_and_exit_code_1(capsys, arguments, sentence):
    assert from_a_shell(capsys, *arguments) == (1, "", f"{sentence}\n")


def test_a_unit_of_another_zone_than_the_one_given_is_refused():
    PrefectureFactory(code="57", name="Préfecture de la Moselle", holiday_zone=calendars.zone_named("alsace-moselle"))
    with pytest.raises(CommandError) as refusal:
        run("--from", "2026-05-04", "--days", "1", "--unit", "57", "--zone", "metropole")
    assert str(refusal.value) == "« Préfecture de la Moselle » est dans la zone « alsace-moselle », pas « metropole »."


def test_a_site_without_zone_says_what_to_complete():
    PrefectureFactory(code="99", name="Préfecture", holiday_zone=None)
    with pytest.raises(CommandError, match="« Préfecture » n’a pas de zone de jours fériés"):
        run("--from", "2026-05-04", "--days", "1", "--unit", "99")
