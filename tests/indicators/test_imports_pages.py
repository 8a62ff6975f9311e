"""Import of a grid in the browser: sent or pasted, shown as read, answered, recorded as shown, undone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import jobs
from core.base.enums import ImportState
from core.importing import engine
from core.models import ImportMemory
from indicators.enums import CampaignState
from indicators.imports.gridfile import GridFile
from indicators.models import GridImport, Indicator, Value
from indicators.services import values
from organisations.enums import Role
from tests.core.importing import driving
from tests.indicators.factories import AssignmentFactory, CampaignFactory, FamilyFactory, IndicatorFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
HEADS = ("Famille", "Indicateur", "Cible", "Janv 2020", "Févr 2020", "Mars 2020")
ROW = ("Téléphone", "Taux d'appels aboutis", "90 %", "90 %", "91 %", "92 %")


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
def send(client, site, referent):
    """Send rows of texts and have them read; gives the import."""

    def send(*rows, year=2020, **options):
        address = reverse("indicators:import-upload", args=[site.code, year])
        return driving.previewed(client, address, rows, kind=GridFile, site=site.pk, year=year, **options)

    return send


def page(client, record):
    return driving.page(client, GridFile, record)


def commit(client, record):
    return driving.commit(client, GridFile, record)


def answer(client, record, code, value):
    """Answer one question of the page, and read again."""
    plan = record_plan(record)
    ask = next(ask for ask in plan.all_asks if ask.code == code)
    return driving.act(client, GridFile, record, "choices", **{ask.name: value})


def record_plan(record):
    record.refresh_from_db()
    return engine.plan_of(GridFile, record)


def test_the_grid_of_aix_goes_through_upload_preview_recording_and_undoing(client, referent, site, catalogue):
    address = reverse("indicators:import-upload", args=[site.code, 2020])
    file = SimpleUploadedFile("aix.xlsx", (DATA / "aix_2020_tableau_de_bord.xlsx").read_bytes())
    client.post(address, {"site": site.pk, "year": 2020, "file": file})
    record = GridImport.objects.select_related("site").get()
    jobs.run_now(record.job)
    record.refresh_from_db()
    text = page(client, record)
    assert "Voici comment nous lisons votre tableau" in text
    assert "239 valeurs à créer" in text
    assert "391 cellules : 371 lues, 20 non reprises" in text
    assert "Le fichier imprime « 600,00% » (T12) ; nous lisons 6\u202fjours." in text
    assert Value.objects.count() == 0
    assert "Import enregistré : 239 valeurs créées." in commit(client, record)
    assert Value.objects.count() == 239
    assert "tout est revenu comme avant" in driving.act(client, GridFile, record, "undo")
    assert Value.objects.count() == 0


@pytest.mark.parametrize("pasted", [False, True])
def test_each_cell_shows_its_address_what_is_written_and_what_it_becomes(client, send, indicator, pasted):
    text = page(
        client, send(HEADS, ("Téléphone", "Taux d'appels aboutis", "90 %", "98,7 %", "COVID", "-"), pasted=pasted)
    )
    for shown in (
        "<code>D2</code>",
        "« 98,7 % »",
        "→ 98,7\u202f%",
        "→ Suspendu : COVID",
        "→ Aucun cas",
        "≥\u202f90\u202f%",
    ):
        assert shown in text


def test_sent_again_nothing_changes(client, send, indicator):
    commit(client, send(HEADS, ROW))
    assert "Rien ne change" in page(client, send(HEADS, ROW))


def test_an_error_stands_in_the_way_until_its_row_is_left_aside(client, send, indicator):
    record = send(
        HEADS,
        ("Téléphone", "Taux d'appels aboutis", "", "98 %", "9870 %", "97 %"),
        ("Divers", "Nombre de tablettes", "", "4", "5", "6"),
    )
    assert "un taux ne dépasse pas 100 %" in page(client, record)
    driving.act(client, GridFile, record, "commit", seen=driving.seen(page(client, record)))
    assert Value.objects.count() == 0
    driving.act(client, GridFile, record, "choices", skip_errors="1")
    commit(client, record)
    assert set(Value.objects.values_list("indicator__label", flat=True)) == {"Nombre de tablettes"}


def test_a_row_is_given_its_indicator_and_the_answer_is_remembered_for_the_headings(client, send, indicator):
    rows = (HEADS, ("Téléphone", "Part des appels pris", "", "90 %", "91 %", "92 %"))
    record = send(*rows)
    code = f"row:{record_plan(record).lines[0].key}"
    answer(client, record, code, "appels")
    commit(client, record)
    assert set(Value.objects.values_list("indicator__code", flat=True)) == {"appels"}
    assert ImportMemory.objects.get().answers[code] == "appels"
    again = send(*rows)
    assert "Rien ne change" in page(client, again)
    assert "1 choix a été repris de votre dernier import" in page(client, again)


def test_a_grid_of_another_year_is_recorded_for_its_year_once_the_person_says_so(client, send, indicator):
    record = send(HEADS, ROW, year=2021)
    answer(client, record, "file:year", "2020")
    assert "2020" in page(client, record)
    commit(client, record)
    record.refresh_from_db()
    assert record.year == 2020
    assert set(Value.objects.values_list("year", "indicator__code")) == {(2020, "appels")}


def test_new_indicators_are_entered_by_the_service_chosen(client, send, site):
    service = ServiceFactory(parent=site)
    record = send(HEADS, ("Divers", "Nombre de tablettes", "", "4", "5", "6"))
    answer(client, record, "file:unit", str(service.pk))
    commit(client, record)
    made = Indicator.objects.get()
    assert (made.owner, made.assignments.get().unit) == (site, service)


def test_a_value_typed_since_the_preview_is_neither_overwritten_nor_signed_by_another(
    client, send, site, indicator, referent
):
    AssignmentFactory(indicator=indicator, unit=site)
    record = send(HEADS, ROW)
    shown = driving.seen(page(client, record))
    author = user_with(Role.HEAD_OF_SERVICE, site)
    values.enter(values.EntryCell(indicator, site.pk, site.pk, 2020, 1), values.Figure(value=Decimal("0.5")), by=author)
    text = driving.act(client, GridFile, record, "commit", seen=shown)
    assert "Rien n’a été enregistré" in text
    assert "50\u202f% → <strong>90\u202f%</strong>" in text
    assert (Value.objects.get().value, Value.objects.get().entered_by) == (Decimal("0.5"), author)


def test_undoing_gives_the_figure_back_its_author_date_and_origin(client, send, site, indicator, referent):
    AssignmentFactory(indicator=indicator, unit=site)
    author = user_with(Role.HEAD_OF_SERVICE, site)
    values.enter(values.EntryCell(indicator, site.pk, site.pk, 2020, 1), values.Figure(value=Decimal("0.5")), by=author)
    before = Value.objects.get()
    record = send(HEADS, ("Téléphone", "Taux d'appels aboutis", "", "90 %", "", ""))
    commit(client, record)
    assert (Value.objects.get().entered_by, Value.objects.get().source) == (referent, "imported")
    driving.act(client, GridFile, record, "undo")
    after = Value.objects.get()
    assert (after.value, after.entered_by, after.entered_at, after.source) == (
        Decimal("0.5"),
        author,
        before.entered_at,
        "typed",
    )
    assert indicator.readings.get(year=2020).value == Decimal("0.5")


def test_undoing_is_refused_when_a_value_was_changed_or_a_month_closed_since(client, send, site, indicator, referent):
    record = send(HEADS, ROW)
    commit(client, record)
    CampaignFactory(site=site, year=2020, month=2, state=CampaignState.CLOSED)
    assert "Impossible d’annuler : février 2020 a été clos depuis." in driving.act(client, GridFile, record, "undo")
    place = values.EntryCell(indicator, site.pk, site.pk, 2020, 1)
    values.enter(place, values.Figure(value=Decimal("0.95")), by=referent, confirmed=True)
    assert "Rien n’a été annulé : 1 élément a changé depuis" in driving.act(client, GridFile, record, "undo")
    assert Value.objects.count() == 3


def test_closed_months_ask_one_reason_for_all(client, send, site, indicator):
    CampaignFactory(site=site, year=2020, month=2, state=CampaignState.CLOSED)
    record = send(HEADS, ROW)
    assert "Ces mois sont clos : février." in page(client, record)
    answer(client, record, "file:amendment", "Grille rectifiée")
    commit(client, record)
    assert list(Value.objects.filter(is_amendment=True).values_list("month", flat=True)) == [2]
    assert Value.history.get(month=2).history_change_reason == "Grille rectifiée"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "document PDF"), (b"PK\x03\x04", "abîmé"), (b"a;b\n1;2\n", "Aucun tableau de mois")],
)
def test_a_file_that_is_no_grid_is_told_in_one_sentence(client, referent, site, content, words):
    address = reverse("indicators:import-upload", args=[site.code, 2020])
    client.post(address, {"site": site.pk, "year": 2020, "file": SimpleUploadedFile("grille.xlsx", content)})
    record = GridImport.objects.get()
    jobs.run_now(record.job)
    record.refresh_from_db()
    assert words in page(client, record)


def test_a_choice_of_another_measure_reads_the_row_again(client, send):
    IndicatorFactory(code="delai", label="Délai de réponse", measure="days", year_rule="mean")
    record = send(HEADS, ("Divers", "Attente au guichet", "", "2", "3", "4"))
    answer(client, record, f"row:{record_plan(record).lines[0].key}", "delai")
    commit(client, record)
    assert set(Value.objects.values_list("indicator__code", flat=True)) == {"delai"}


def test_a_cell_that_only_names_its_state_gives_no_reason(client, send, indicator):
    commit(client, send(HEADS, ("Téléphone", "Taux d'appels aboutis", "90 %", "fermé", "s.o.", "COVID")))
    assert list(Value.objects.order_by("month").values_list("state", "reason")) == [
        ("closed", ""),
        ("not_applicable", ""),
        ("suspended", "COVID"),
    ]


def test_a_site_out_of_scope_does_not_exist_and_a_role_without_the_right_is_refused(client, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory()))
    url = reverse("indicators:import-upload", args=[site.code, 2020])
    assert client.get(url).status_code == 404
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert client.get(url).status_code == 403


def test_a_site_out_of_scope_cannot_be_chosen_in_the_form(client, referent, site):
    url = reverse("indicators:import-upload", args=[site.code, 2020])
    client.post(url, {"site": SousPrefectureFactory().pk, "year": 2020, "file": SimpleUploadedFile("a.csv", b"a;b")})
    assert GridImport.objects.count() == 0


def test_an_auditor_reads_an_import_and_its_history_without_the_verbs(client, send, site, indicator):
    waiting = send(HEADS, ROW)
    client.force_login(user_with(Role.AUDITOR, site))
    main = page(client, waiting).partition("<main")[2].partition("</main>")[0]
    assert [tag for tag in ("<form", "<button", "<select") if tag in main] == []
    assert client.get(GridFile.url(waiting, "history")).status_code == 200
    assert client.post(GridFile.url(waiting, "commit")).status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == ImportState.PREVIEW


@time_machine.travel("2021-06-10T12:00", tick=False)
def test_the_grid_of_a_past_year_makes_nothing_due_today(client, send, site, indicator):
    record = send(HEADS, ROW)
    assert "commence pour la seule année 2020" in page(client, record)
    commit(client, record)
    assert list(indicator.assignments.values_list("valid_from", "valid_until")) == [
        (date(2020, 1, 1), date(2020, 12, 31))
    ]
    heads = [head.replace("2020", "2021") for head in HEADS]
    record = send(heads, ROW, year=2021)
    assert "commence à partir du 1er janvier 2021" in page(client, record)
    commit(client, record)
    assert list(indicator.assignments.order_by("valid_from").values_list("valid_from", "valid_until")) == [
        (date(2020, 1, 1), date(2020, 12, 31)),
        (date(2021, 1, 1), None),
    ]
