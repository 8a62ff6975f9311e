"""Import in the browser: upload, reading, preview, choices, recording, undoing, refusals."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import jobs
from core.enums import ImportState
from indicators.cards import imports_to_check
from indicators.enums import CampaignState
from indicators.models import GridImport, Indicator, RowMatch, Value
from indicators.services import values
from organisations.enums import Role
from tests.factories import (
    AssignmentFactory,
    CampaignFactory,
    FamilyFactory,
    IndicatorFactory,
    ServiceFactory,
    SousPrefectureFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
HEADS = ["Famille", "Indicateur", "Cible", "Janv", "Févr", "Mars"]


@pytest.fixture
def site():
    return SousPrefectureFactory(code="13-aix", name="Aix")


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def indicator():
    return IndicatorFactory(code="appels", label="Taux d’appels aboutis", family=FamilyFactory(name="Téléphone"))


@pytest.fixture
def send(client, site, tmp_path):
    """Upload rows (or a file), read them as the worker does, and return the import."""

    def send(*rows, content: bytes | None = None, name: str = "grille.xlsx", year: int = 2020) -> GridImport:
        if content is None:
            book = openpyxl.Workbook()
            book.active.title = str(year)
            for row in rows:
                book.active.append(row)
            book.save(tmp_path / "made.xlsx")
            content = (tmp_path / "made.xlsx").read_bytes()
        url = reverse("indicators:import-upload", args=[site.code, 2020])
        response = client.post(url, {"site": site.pk, "year": year, "file": SimpleUploadedFile(name, content)})
        assert response.status_code == 302, response.context_data["form"].errors
        record = GridImport.objects.order_by("-pk").first()
        assert response.url == reverse("core:job", args=[record.job.uuid])
        jobs.run_now(record.job)
        record.refresh_from_db()
        return record

    return send


def page(client, record) -> str:
    return client.get(reverse("indicators:import", args=[record.pk])).text


def act(client, name: str, record, **data):
    return client.post(reverse(f"indicators:import-{name}", args=[record.pk]), data, follow=True)


def test_the_grid_of_aix_goes_through_upload_preview_recording_and_undoing(client, referent, send, catalogue):
    record = send(content=(DATA / "aix_2020_tableau_de_bord.xlsx").read_bytes(), name="aix.xlsx")
    text = page(client, record)
    assert "<strong>239</strong> valeurs à créer" in text
    assert "Le fichier imprime « 600,00% » (T12) ; nous lisons 6\u202fjours." in text
    assert "Le fichier imprime « #DIV/0! » (T13) ; nous lisons sans objet." in text
    assert Value.objects.count() == 0
    assert "La grille est enregistrée" in act(client, "commit", record).text
    assert Value.objects.count() == 239
    again = send(content=(DATA / "aix_2020_tableau_de_bord.xlsx").read_bytes(), name="aix.xlsx")
    assert "<strong>Rien ne change</strong>" in page(client, again)
    assert "tout est revenu comme avant" in act(client, "undo", record).text
    assert Value.objects.count() == 0


def test_each_cell_shows_its_address_what_is_written_and_what_it_becomes(client, referent, send, indicator):
    text = page(client, send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", "98,7 %", "COVID", "-"]))
    for shown in (
        "<code>D2</code>",
        "« 98,7 % »",
        "→ 98,7\u202f%",
        "→ Suspendu : COVID",
        "→ Aucun cas",
        "≥\u202f90\u202f%",
    ):
        assert shown in text


def test_an_error_stands_in_the_way_until_it_is_left_aside(client, referent, send, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.98, "9870 %", 0.97])
    assert "<strong>2020, E2</strong>" in page(client, record)
    text = act(client, "commit", record, amendment_reason="Grille rectifiée").text
    assert "Rien n’est enregistré : corrigez le fichier, ou laissez de côté les cellules en erreur." in text
    assert text.count("<strong>2020, E2</strong>") == 1
    record.refresh_from_db()
    assert record.choices["amendment_reason"] == "Grille rectifiée"
    assert Value.objects.count() == 0
    act(client, "commit", record, ignore_errors="1")
    assert list(Value.objects.values_list("month", flat=True).order_by("month")) == [1, 3]


def test_a_new_row_is_created_or_matched_or_left_aside_and_remembered(client, referent, send, site, indicator):
    rows = (
        HEADS,
        ["Téléphone", "Part des appels pris", "", 0.9, 0.91, 0.92],
        ["Divers", "Nombre de tablettes", "", 4, 5, 6],
    )
    record = send(*rows)
    assert "Nouvel indicateur" in page(client, record)
    act(client, "commit", record, **{"row-0": "match:appels", "row-1": "ignore"})
    assert set(Value.objects.values_list("indicator__code", flat=True)) == {"appels"}
    assert sorted(RowMatch.objects.values_list("indicator__code", flat=True), key=str) == [None, "appels"]
    again = send(*rows)
    assert "<strong>Rien ne change</strong>" in page(client, again)


def test_new_indicators_are_entered_by_the_service_chosen(client, referent, send, site):
    service = ServiceFactory(parent=site)
    record = send(HEADS, ["Divers", "Nombre de tablettes", "", 4, 5, 6])
    act(client, "commit", record, unit=service.pk)
    made = Indicator.objects.get()
    assert (made.owner, made.assignments.get().unit) == (site, service)


def test_an_indicator_split_between_services_waits_for_a_choice(client, referent, send, site, indicator):
    first, second = ServiceFactory(parent=site), ServiceFactory(parent=site)
    for unit in (first, second):
        AssignmentFactory(indicator=indicator, unit=unit)
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, 0.91, 0.92])
    assert "à qui sont ces valeurs ?" in page(client, record)
    assert "Décidez d’abord de ce que deviennent ces lignes du fichier : 2." in act(client, "commit", record).text
    act(client, "commit", record, **{"unit-0": second.pk})
    assert set(Value.objects.values_list("unit", flat=True)) == {second.pk}


def test_values_that_change_show_what_they_were(client, referent, send, site, indicator):
    AssignmentFactory(indicator=indicator, unit=site)
    values.enter(values.Cell(indicator, site.pk, site.pk, 2020, 1), values.Figure(value=Decimal("0.5")), by=None)
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, "", ""])
    text = page(client, record)
    assert "50\u202f% → <strong>90\u202f%</strong>" in text
    assert "<strong>1 modifiée</strong>" in text
    assert '<details class="qp-row qp-row--look" open>' in text
    assert "<strong>1</strong> à modifier" in text
    act(client, "commit", record)
    act(client, "undo", record)
    assert Value.objects.get().value == Decimal("0.5")


def test_a_target_and_a_former_result_that_change_show_what_they_were(client, referent, send, site, indicator):
    heads = [*HEADS, "N-1"]
    act(client, "commit", send(heads, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92, "80 %"]))
    text = page(client, send(heads, ["Téléphone", "Taux d'appels aboutis", "95 %", 0.9, 0.91, 0.92, "85 %"]))
    assert "≥\u202f90\u202f% → <strong>≥\u202f95\u202f%</strong>" in text
    assert "80\u202f% → <strong>85\u202f%</strong>" in text
    assert "<strong>cible modifiée, résultat N-1 modifié</strong>" in text
    assert '<details class="qp-row qp-row--look" open>' in text


def test_counts_typed_before_are_kept_when_the_rate_is_the_same(client, referent, send, site, indicator):
    AssignmentFactory(indicator=indicator, unit=site)
    place = values.Cell(indicator, site.pk, site.pk, 2020, 1)
    values.enter(place, values.Figure(numerator=9, denominator=10), by=None)
    act(client, "commit", send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, "", ""]))
    assert Value.objects.get().denominator == 10


def test_undoing_is_refused_when_a_value_was_changed_since(client, referent, send, site, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, 0.91, 0.92])
    act(client, "commit", record)
    place = values.Cell(indicator, site.pk, site.pk, 2020, 1)
    values.enter(place, values.Figure(value=Decimal("0.95")), by=referent)
    text = act(client, "undo", record).text
    assert "Impossible d’annuler : Taux d’appels aboutis (janvier 2020) a été modifié depuis l’import." in text
    assert Value.objects.count() == 3


def test_undoing_is_refused_when_a_month_was_closed_since(client, referent, send, site, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, 0.91, 0.92])
    act(client, "commit", record)
    CampaignFactory(site=site, year=2020, month=2, state=CampaignState.CLOSED)
    assert "Impossible d’annuler : février 2020 a été clos depuis." in act(client, "undo", record).text
    assert Value.objects.count() == 3


def test_closed_months_ask_one_reason_for_all(client, referent, send, site, indicator):
    CampaignFactory(site=site, year=2020, month=2, state=CampaignState.CLOSED)
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, 0.91, 0.92])
    assert "(février : mois clos)" in page(client, record)
    assert "Ces mois sont clos : 02/2020." in act(client, "commit", record).text
    assert Value.objects.count() == 0
    act(client, "commit", record, amendment_reason="Grille rectifiée")
    assert list(Value.objects.filter(is_amendment=True).values_list("month", flat=True)) == [2]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "document PDF"), (b"PK\x03\x04", "abîmé"), (b"a;b\n1;2\n", "Aucune grille")],
)
def test_a_file_that_is_no_grid_is_told_in_one_sentence(client, referent, send, content, words):
    record = send(content=content)
    text = page(client, record)
    assert words in text
    assert Value.objects.count() == 0


def test_an_empty_file_is_refused_at_once(client, referent, site):
    url = reverse("indicators:import-upload", args=[site.code, 2020])
    response = client.post(url, {"site": site.pk, "year": 2020, "file": SimpleUploadedFile("vide.xlsx", b"")})
    assert "Le fichier est vide" in response.text
    assert GridImport.objects.count() == 0


def test_the_same_import_is_not_recorded_twice(client, referent, send, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, 0.91, 0.92])
    act(client, "commit", record)
    assert "Cet import est déjà enregistré." in act(client, "commit", record).text
    assert GridImport.objects.get().state == ImportState.COMMITTED


def test_a_site_out_of_scope_does_not_exist_and_a_role_without_the_right_is_refused(client, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory()))
    url = reverse("indicators:import-upload", args=[site.code, 2020])
    assert client.get(url).status_code == 404
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert client.get(url).status_code == 403


def test_a_site_out_of_scope_cannot_be_chosen_in_the_form(client, referent, site):
    url = reverse("indicators:import-upload", args=[site.code, 2020])
    other = SousPrefectureFactory()
    client.post(url, {"site": other.pk, "year": 2020, "file": SimpleUploadedFile("a.csv", b"a;b")})
    assert GridImport.objects.count() == 0


def test_a_choice_of_another_measure_reads_the_file_again(client, referent, send, indicator):
    delay = IndicatorFactory(code="delai", label="Délai de réponse", measure="days", year_rule="mean")
    record = send(HEADS, ["Divers", "Nombre de jours d’attente au guichet", "", 2, 3, 4])
    act(client, "commit", record, **{"row-0": "match:delai"})
    record.refresh_from_db()
    assert (record.state, Value.objects.count()) == (ImportState.READING, 0)
    jobs.run_now(record.job)
    assert delay.label in page(client, record)
    act(client, "commit", record)
    assert set(Value.objects.values_list("indicator__code", flat=True)) == {"delai"}


def test_a_cell_that_only_names_its_state_gives_no_reason(client, referent, send, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", "fermé", "s.o.", "COVID"])
    act(client, "commit", record)
    assert list(Value.objects.order_by("month").values_list("state", "reason")) == [
        ("closed", ""),
        ("not_applicable", ""),
        ("suspended", "COVID"),
    ]


def test_a_file_of_another_year_is_not_recorded_and_can_be_read_as_that_year(client, referent, send, indicator):
    record = send(["", "", "", "Année 2019"], HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92])
    text = page(client, record)
    assert "Il n’y a rien à enregistrer." in text
    assert "Déposer un autre fichier" in text
    for absent in ("Enregistrer tout", "Appliquer mes choix"):
        assert absent not in text
    assert "Lire comme grille de 2019" in text
    act(client, "other-year", record)
    record.refresh_from_db()
    assert (record.year, record.state) == (2019, ImportState.READING)
    jobs.run_now(record.job)
    assert "<strong>3</strong> valeurs à créer" in page(client, record)
    assert "n’est pas à lire comme celui d’une autre année" in act(client, "other-year", record).text


def test_nothing_to_record_offers_no_recording(client, referent, send, indicator):
    rows = (HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92])
    act(client, "commit", send(*rows))
    text = page(client, send(*rows))
    assert "Voir la grille" in text
    assert "Enregistrer tout" not in text
    assert "<li data-import-apply>" in text


def test_the_reason_of_an_amendment_is_kept_when_the_recording_is_refused(client, referent, send, site, indicator):
    CampaignFactory(site=site, year=2020, month=1, state=CampaignState.CLOSED)
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.98, "9870 %", 0.97])
    text = act(client, "commit", record, amendment_reason="Grille rectifiée").text
    assert 'value="Grille rectifiée"' in text


def test_a_preview_is_abandoned_and_leaves_what_is_to_be_checked(client, referent, send, indicator, rf):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92])
    assert "Abandonner cet import" in page(client, record)
    assert "Cet import a été abandonné" in act(client, "abandon", record).text
    record.refresh_from_db()
    assert (record.state, Value.objects.count()) == (ImportState.ABANDONED, 0)
    assert record.history.first().history_change_reason == "Import abandonné"
    request = rf.get("/")
    request.user = referent
    assert imports_to_check(request) is None
    assert "Cet import a été abandonné ; déposez de nouveau le fichier." in act(client, "commit", record).text
    assert Value.objects.count() == 0


def test_a_recorded_import_is_not_abandoned(client, referent, send, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92])
    act(client, "commit", record)
    assert "Cet import est déjà enregistré." in act(client, "abandon", record).text
    record.refresh_from_db()
    assert record.state == ImportState.COMMITTED


@pytest.mark.parametrize("is_old_log", [False, True])
def test_undoing_gives_the_figure_back_its_author_date_and_origin(client, referent, send, site, indicator, is_old_log):
    AssignmentFactory(indicator=indicator, unit=site)
    author = user_with(Role.HEAD_OF_SERVICE, site)
    place = values.Cell(indicator, site.pk, site.pk, 2020, 1)
    values.enter(place, values.Figure(value=Decimal("0.5")), by=author)
    CampaignFactory(site=site, year=2020, month=1, state=CampaignState.CLOSED)
    before = Value.objects.get()
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "", 0.9, "", ""])
    act(client, "commit", record, amendment_reason="Grille rectifiée")
    record.refresh_from_db()
    changed = Value.objects.get()
    assert (changed.entered_by, changed.source, changed.is_amendment) == (referent, "imported", True)
    if is_old_log:
        for cell in record.changes[-1]["values"]:
            del cell["signature"]
        record.save()
    act(client, "undo", record)
    after = Value.objects.get()
    assert after.value == Decimal("0.5")
    if is_old_log:
        assert (after.entered_by, after.source) == (referent, "imported")
    else:
        assert (after.entered_by, after.entered_at) == (author, before.entered_at)
        assert (after.source, after.is_amendment) == ("typed", False)
    reasons = list(after.history.values_list("history_change_reason", flat=True))
    assert reasons[:2] == ["Annulation de l’import de « grille.xlsx »", "Grille rectifiée"]


def test_an_auditor_reads_an_import_and_its_history_without_the_verbs(client, referent, send, site, indicator):
    row = ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92]
    waiting, recorded = send(HEADS, row), send(HEADS, row, ["Divers", "Nombre de tablettes", "", 4, 5, 6])
    act(client, "commit", recorded)
    client.force_login(user_with(Role.AUDITOR, site))
    for record in (waiting, recorded):
        main = page(client, record).partition("<main")[2].partition("</main>")[0]
        assert "<form" not in main
        assert "<button" not in main
        assert "<select" not in main
    history = client.get(reverse("indicators:import-history", args=[recorded.pk])).text
    assert "Import enregistré" in history
    assert "indicators.Indicator" not in history
    for verb in ("choices", "abandon", "commit", "undo", "retry"):
        assert act(client, verb, recorded).status_code == 403


@time_machine.travel("2021-03-10T12:00", tick=False)
def test_the_grid_of_a_past_year_makes_nothing_due_today(client, referent, send, site, indicator):
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92])
    assert "pour la seule année 2020" in page(client, record)
    act(client, "commit", record)
    assert list(indicator.assignments.values_list("valid_from", "valid_until")) == [
        (date(2020, 1, 1), date(2020, 12, 31))
    ]
    record = send(HEADS, ["Téléphone", "Taux d'appels aboutis", "90 %", 0.9, 0.91, 0.92], year=2021)
    assert "à partir du 1er janvier 2021" in page(client, record)
    act(client, "commit", record)
    assert list(indicator.assignments.order_by("valid_from").values_list("valid_from", "valid_until")) == [
        (date(2020, 1, 1), date(2020, 12, 31)),
        (date(2021, 1, 1), None),
    ]
