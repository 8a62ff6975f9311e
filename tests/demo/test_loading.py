"""The demonstration: what a newcomer finds, the same when loaded twice."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from actions.chapters import chapter
from actions.models import Action, Plan, PlanImport
from clu.models import Committee
from clu.synthesis import structures
from core.models import Job, Notice
from demo import loading
from indicators.enums import CampaignState
from indicators.models import Assignment, Campaign, GridImport, Reading, Snapshot, Value
from organisations.models import Membership, Unit, User
from referential.models import Perimeter
from reports.models import AnnualReport, Chapter

TODAY = date(2026, 11, 21)
COUNTED = (
    Unit, User, Membership, Assignment, GridImport, Value, Value.history.model, Reading, Campaign, Snapshot,
    AnnualReport, Chapter, Chapter.history.model, Notice, Perimeter, Plan, Action, Action.history.model, PlanImport,
)  # fmt: skip


@pytest.fixture
def demonstration(db, settings, tmp_path):
    with time_machine.travel(f"{TODAY} 10:00", tick=False):
        loading.load(today=TODAY)
        yield


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def test_the_demonstration_is_alive_today_and_the_same_when_loaded_again(demonstration):
    before = counts()
    loading.load(today=TODAY)
    assert counts() == before

    readings = {r.indicator.code: r for r in Reading.objects.filter(site__code="13-aix", year=2020)}
    assert round(readings["taux-appels-aboutis-svi"].value, 4) == Decimal("0.8911")
    assert readings["reclamations-courriel-5-jours"].value is None

    states = dict(Campaign.objects.filter(year=2026, month=10).values_list("site__code", "state"))
    assert states == {"13-aix": CampaignState.OPEN, "13": CampaignState.VALIDATED}
    late = Assignment.objects.filter(site__code="13-aix").missing(2026, 10)
    assert set(late.values_list("unit__code", flat=True)) == {"13-aix-courrier", "13-aix-numerique"}

    amended = Value.objects.get(is_amendment=True)
    assert (amended.year, amended.month, amended.entered_by.email) == (2026, 9, "chef@demo.invalid")
    editions = Snapshot.objects.filter(site__code="13-aix").order_by("edition")
    assert [(s.year, s.month, s.edition, bool(s.changes)) for s in editions] == [
        (2026, 9, 1, False),
        (2026, 9, 2, True),
    ]

    shift = Action.objects.get(text="Organiser la permanence du standard entre 12 h et 14 h")
    assert [proof.name for proof in shift.proofs.all()] == ["planning-permanence.csv"]
    assert [effect.indicator.code for effect in shift.effects.all()] == ["taux-appels-aboutis"]

    retained = Perimeter.objects.filter(site__code="13-aix").values_list("module__code", flat=True)
    assert sorted(retained) == ["1", "4"]
    assert sorted(AnnualReport.objects.values_list("site__code", "year")) == [
        ("13-aix", 2020), ("13-aix", 2022), ("13-aix", 2025), ("38", 2022),
    ]  # fmt: skip
    report = AnnualReport.objects.select_related("site").get(year=2025)
    told = chapter(report.site, report.year)
    assert not told["is_empty"]
    assert [row.plan.site.code for row in told["plans"]] == ["13-aix"] * len(told["plans"])
    mandates = Membership.objects.filter(role="auditor").values_list("unit__code", "valid_until")
    assert sorted(mandates) == [("02", date(2026, 12, 21)), ("13", date(2026, 12, 21))]
    clac = Committee.objects.select_related("site").get(kind="clac")
    told = structures(clac, User.objects.get(email="rq@demo.invalid"), TODAY)
    assert [(row.unit.code, row.badge[0]) for row in told] == [
        ("13-aix-accueil", "Sans écart"), ("13-aix-sejour", "2 écarts à traiter"),
        ("13-aix-numerique", "Sans écart"), ("13-aix-collectivites", "À faire"),
    ]  # fmt: skip
    assert User.objects.get(email="rq@demo.invalid").check_password("demonstration-2026")
    assert not Job.objects.filter(state="queued").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("is_sqlite", [True, False])
def test_the_demonstration_is_refused_where_real_people_work(settings, is_sqlite):
    settings.DEMO = settings.DEBUG = settings.TESTING = False
    settings.IS_SQLITE = is_sqlite
    Unit.objects.create(code="autre", name="Autre", kind="prefecture")
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")


@pytest.mark.django_db
def test_nothing_is_loaded_over_existing_units_when_asked_to_spare_them():
    Unit.objects.create(code="autre", name="Autre", kind="prefecture")
    call_command("load_demo", "--if-empty")
    assert list(Unit.objects.values_list("code", flat=True)) == ["autre"]


def test_the_accounts_are_printed_with_their_roles():
    out = StringIO()
    call_command("load_demo", "--accounts", stdout=out)
    assert "rq@demo.invalid              Référent qualité" in out.getvalue()
