"""A table of closings is read day by day, asked about where it is doubtful, recorded, brought back and undone."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.importing.asks import Given
from core.sheets.reading.bounded import read
from organisations.enums import Role
from organisations.imports.closed_days import ClosedDaysFile
from organisations.models import ClosedDay, ClosedDayImport
from tests.core.factories import HolidayFactory
from tests.core.importing import driving
from tests.organisations.factories import ClosedDayFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
HEADS = ["Du", "Au", "Motif"]
CHRISTMAS, BRIDGE = ["24/12/2026", "28/12/2026", "Noël"], ["15/05/2026", "", "Pont"]


@pytest.fixture
def site():
    site = SousPrefectureFactory(code="aix", name="Sous-préfecture d’Aix")
    HolidayFactory(zone=site.holiday_zone, date=date(2026, 12, 25), label="Noël")
    return site


@pytest.fixture
def driver(client, site):
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    return driving.Driver(client, ClosedDaysFile)


@pytest.fixture
def send(client, driver):
    def send(*rows, **how):
        address = "/organisation/unites/aix/fermetures/importer"
        return driving.previewed(client, address, rows, kind=ClosedDaysFile, **how)

    return send


def closed():
    return {day.date.isoformat(): day.label for day in ClosedDay.objects.order_by("date")}


def test_periods_close_their_working_days_and_an_import_is_undone_as_a_whole(driver, send):
    record = send(HEADS, CHRISTMAS, BRIDGE)
    text = driver.page(record)
    assert "2 fermetures à créer." in text
    assert "8 cellules : 8 lues" in text

    assert "Import enregistré : 2 fermetures créées." in driver.commit(record)
    assert closed() == {"2026-05-15": "Pont", "2026-12-24": "Noël", "2026-12-28": "Noël"}

    assert "tout est revenu comme avant" in driver.act(record, "undo")
    assert closed() == {}


def test_a_day_already_closed_keeps_or_changes_its_reason(driver, send, site):
    ClosedDayFactory(site=site, date=date(2026, 5, 15), label="Pont")
    ClosedDayFactory(site=site, date=date(2026, 12, 24), label="Veille")
    record = send(HEADS, CHRISTMAS, BRIDGE)

    assert record.shown == {
        "Feuille 1!2": "changed ; 24/12/2026 : Veille → Noël ; 28/12/2026 : Noël",
        "Feuille 1!3": "unchanged",
    }
    driver.commit(record)
    assert closed() == {"2026-05-15": "Pont", "2026-12-24": "Noël", "2026-12-28": "Noël"}
    assert "Rien ne change" in driver.page(send(HEADS, CHRISTMAS, BRIDGE))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["04/06/2035", "", "Pont"]], "Les jours fériés de 2035"),
        ([["31/02/2026", "", "Pont"]], "Le 31 février 2026 n’existe pas."),
        ([["24/12/2026", "20/12/2026", "Noël"]], "Le dernier jour précède le premier."),
        ([["01/01/2026", "31/12/2026", "Travaux"]], "Une fermeture s’enregistre par périodes de 62 jours au plus."),
        ([["24/12/2026", "", ""], BRIDGE], "Raison : cette cellule est vide."),
        ([CHRISTMAS, ["28/12/2026", "", "Travaux"]], "Le 28/12/2026 est déjà dit à la ligne 2."),
        ([["26/12/2026", "27/12/2026", "Noël"]], "Rien à fermer : le 26/12/2026 est déjà chômé (samedi)."),
    ],
)
def test_what_cannot_be_is_said_at_its_cell(driver, send, rows, message):
    record = send(HEADS, *rows)

    assert message in driver.page(record)


def test_doubtful_dates_and_headings_are_asked_about(driver, send):
    record = send(["Fermé le", "Motif"], ["05/06/2026", "Pont"])
    assert driver.open_codes(record) == ["role:Feuille 1:A"]

    driver.answer(record, **{"role:Feuille 1:A": "first"})
    assert driver.open_codes(record) == ["set:Feuille 1:A:dates"]

    driver.answer(record, **{"set:Feuille 1:A:dates": "mdy"})
    driver.commit(record)
    assert closed() == {"2026-05-06": "Pont"}


def test_personal_columns_are_not_kept(driver, send):
    record = send([*HEADS, "Agent", "Téléphone"], [*CHRISTMAS, "Jean DUPONT", "06 12 34 56 78"])

    assert "donnée personnelle, ni lue ni gardée" in driver.page(record)
    assert "06 12" not in json.dumps(record.preview, ensure_ascii=False)


def test_the_command_reads_asks_records_and_refuses(site, tmp_path, capsys):
    file = tmp_path / "fermetures.csv"
    file.write_text("Jour;Raison\n15/05/2026;Pont\n")
    call_command("import_closed_days", file, "--unit", "aix", "--format", "json")

    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == [{"sheet": "Feuille 1", "cell": "A2", "first": "2026-05-15", "label": "Pont"}]
    assert told["cells"] == {"filled": 4, "read": 4, "left_out": 0, "asked": 0}
    assert closed() == {"2026-05-15": "Pont"}

    file.write_text("Jour;Raison\n05/06/2026;Pont\n")
    with pytest.raises(CommandError, match="question à décider") as refused:
        call_command("import_closed_days", file, "--unit", "aix")
    assert refused.value.returncode == 3
    with pytest.raises(CommandError, match="Aucun site n’a le code"):
        call_command("import_closed_days", file, "--unit", "ailleurs")


def test_planning_takes_a_constant_number_of_queries(site, tmp_path, django_assert_num_queries):
    file = tmp_path / "fermetures.csv"
    for number in (1, 20):
        rows = [f"{day:02d}/10/2026;Travaux {day}" for day in range(1, number + 1)]
        file.write_text("\n".join(["Jour;Raison", "30/10/2026;Pont", *rows]) + "\n")
        book, record = read(file, name=file.name), ClosedDayImport(site=site)
        with django_assert_num_queries(2):
            ClosedDaysFile(record, Given()).plan(book)
