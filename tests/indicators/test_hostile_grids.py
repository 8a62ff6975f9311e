"""Grids made to break the import: one sentence with its place and nothing written, or a clean import."""

import threading

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import jobs
from core.base.enums import ImportState
from core.base.errors import UserError
from core.importing import engine
from core.services import calendars
from indicators.enums import CampaignState
from indicators.imports.gridfile import GridFile
from indicators.models import (
    Assignment,
    Campaign,
    Family,
    GridImport,
    Indicator,
    PastResult,
    Target,
    Value,
)  # fmt: skip
from organisations.enums import Role
from tests.indicators.factories import AssignmentFactory, CampaignFactory
from tests.organisations.factories import SousPrefectureFactory, user_with

WRITTEN = (Value, Indicator, Family, Assignment, Target, PastResult, GridImport)
MONTHS = ("Janv 2020", "Févr 2020", "Mars 2020")


@pytest.fixture
def site(db):
    return SousPrefectureFactory(code="h-site", name="Site")


@pytest.fixture
def grid(tmp_path):
    """A workbook of one sheet « Grille » with these rows under the plainest heading."""

    def grid(*rows, heads=("Famille", "Indicateur", "Cible", "N-1", *MONTHS)):
        book = openpyxl.Workbook()
        book.active.title = "Grille"
        for row in (heads, *rows):
            book.active.append(row)
        book.save(tmp_path / "grille.xlsx")
        return tmp_path / "grille.xlsx"

    return grid


def run(file):
    call_command("import_indicators", str(file), "--unit", "h-site", "--year", "2020", "--format", "json")


def counts() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


@pytest.mark.parametrize("number", [12_345_678_901, 1e300, "12 345 678 901"])
def test_a_number_too_big_to_be_stored_is_refused_with_its_cell(site, grid, number, capsys):
    with pytest.raises(CommandError, match="cellule F2") as refused:
        run(grid(["F", "Nombre de visites", "", "", 5, number, 5]))
    assert len(str(refused.value).splitlines()) == 1
    assert counts() == [0] * len(WRITTEN)


def test_a_target_or_a_past_result_too_big_is_an_error(site, grid, capsys):
    with pytest.raises(CommandError, match="cellule C2") as refused:
        run(grid(["F", "Nombre de visites", "> 99 999 999 999", 5e17, 5, 6, 7]))
    assert "et 1 autre erreur" in str(refused.value)
    assert counts() == [0] * len(WRITTEN)


def test_labels_of_a_thousand_letters_that_begin_alike_are_two_rows(site, grid, capsys):
    label = "Nombre de " + "visites " * 120
    run(grid(["F", f"{label} A", "", "", 1, 2, 3], ["F", f"{label} B", "", "", 4, 5, 6]))
    assert (Value.objects.count(), Indicator.objects.count()) == (6, 2)


def test_a_page_of_reason_in_a_cell_is_cut_to_what_is_stored(site, grid, capsys):
    file = grid(["F", "Nombre de visites", "", "", 1, f"fermé {'z' * 5000}", 3])
    run(file)
    reason = Value.objects.get(month=2).reason
    assert (len(reason), reason[:7], reason[-1]) == (200, "fermé z", "…")
    run(file)
    assert GridImport.objects.count() == 1


@pytest.mark.parametrize("text", ["Mesuré : fermé", "Non saisi : congés"])
def test_a_state_that_explains_nothing_is_asked_about(site, grid, text, capsys):
    with pytest.raises(CommandError, match="1 question à décider") as asked:
        run(grid(["F", "Nombre de visites", "", "", 1, text, 3]))
    assert (asked.value.returncode, counts()) == (3, [0] * len(WRITTEN))


def test_a_text_that_holds_only_its_byte_order_mark_has_no_grid(site, tmp_path):
    (tmp_path / "vide.csv").write_bytes(b"\xef\xbb\xbf")
    with pytest.raises(CommandError, match="Aucun tableau de mois"):
        run(tmp_path / "vide.csv")


def test_an_old_reading_done_again_leaves_a_recorded_import_alone(site, grid):
    by = user_with(Role.QUALITY_REFERENT, site)
    run(grid(["F", "Nombre de visites", "", "", 1, 2, 3]))
    record = GridImport.objects.get()
    job = jobs.enqueue("read_grid", by=by, parameters={"pk": record.pk})
    jobs.run_now(job)
    record.refresh_from_db()
    assert (record.state, bool(record.recorded_in)) == (ImportState.COMMITTED, True)
    with pytest.raises(UserError, match="déjà enregistré"):
        engine.ask_reading(GridFile, record, by=by)


def at_once(*calls):
    """Call them at the same instant, each in a thread; their answers."""
    barrier, answers = threading.Barrier(len(calls)), []

    def run_one(call):
        try:
            barrier.wait()
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run_one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def poster(user, url: str, **data):
    """A browser of that person, ready to post; its answer is the status."""
    client = Client()
    client.force_login(user)
    return lambda: client.post(url, data).status_code


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_of_those_who_fill_an_empty_cell_at_once_one_wins_and_the_others_see_it():
    assignment = AssignmentFactory()
    user = user_with(Role.QUALITY_REFERENT, assignment.site)
    for month in range(1, 6):
        url = reverse("indicators:cell", args=[2020, month, assignment.pk])
        posts = [poster(user, url, value=f"{90 + number} %", version="0", confirmed="on") for number in range(4)]
        assert sorted(at_once(*posts)) == [302, 409, 409, 409]
    assert Value.objects.count() == Value.history.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_those_who_open_one_month_or_one_report_at_once_all_arrive_there():
    site = SousPrefectureFactory()
    user = user_with(Role.QUALITY_REFERENT, site)
    calendars.load(first_year=2020, last_year=2021)
    for month in range(1, 4):
        opened = [poster(user, reverse("indicators:campaign-open", args=[site.code, 2020, month])) for _ in range(4)]
        assert at_once(*opened) == [302] * 4
        reports = [poster(user, reverse("reports:report-open"), site=site.pk, year=2020 + month) for _ in range(4)]
        assert at_once(*reports) == [302] * 4
    assert Campaign.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_value_written_while_the_month_closes_comes_before_or_needs_a_reason():
    assignment = AssignmentFactory()
    user = user_with(Role.QUALITY_REFERENT, assignment.site)
    for month in range(1, 9):
        campaign = CampaignFactory(site=assignment.site, month=month, state=CampaignState.VALIDATED)
        url = reverse("indicators:cell", args=[2020, month, assignment.pk])
        close = poster(user, reverse("indicators:campaign-close", args=[campaign.pk]))
        at_once(poster(user, url, value="90 %", version="0", confirmed="on"), close)
        campaign.refresh_from_db()
        assert campaign.state == CampaignState.CLOSED
        written = Value.objects.filter(month=month).first()
        assert written is None or written.entered_at <= campaign.closed_at
