"""The home page: each role sees its own thing to do, in a constant number of queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from core.base.errors import UserError
from core.services import backups
from organisations.enums import Role
from reports.models import ContradictionCount
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.audits.factories import DocumentFactory, LabelFactory
from tests.clu.factories import CommitteeFactory, MandateFactory, MeetingFactory
from tests.complaints.factories import ComplaintFactory
from tests.core.page_checks import query_count
from tests.indicators.factories import (
    AssignmentFactory,
    CampaignFactory,
    GridImportFactory,
    IndicatorFactory,
    ReadingFactory,
    ValueFactory,
)
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.referential.factories import PerimeterFactory
from tests.reports.factories import AnnualReportFactory, EditionFactory
from tests.surveys.factories import SurveyCampaignFactory

pytestmark = pytest.mark.django_db
HOME = "/"
NO_BACKUP = (
    "Sauvegarde, jamais faite : aucune n’a encore été faite : « manage.py backup FICHIER », ou la nuit si "
    "BACKUP_KEPT n’est pas 0"
)


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def service(site):
    service = ServiceFactory(parent=site)
    AssignmentFactory(unit=service)
    CampaignFactory(site=site, year=2020, month=1, due_on=date(2020, 2, 10))
    return service


def shown(client) -> dict[str, list[str]]:
    """What the page is given: the lines of the queue, the band, the cards, the steps left."""
    context = client.get(HOME).context_data
    found = {
        "lines": [line.todo.what for line in [*context["lines"], *context["others"]]],
        "gestures": [card.title for card in context["gestures"]],
        "band": [told.label for told in context["band"]],
        "cards": [card.title for card in context["cards"]],
        "steps": [one.step.code for one in context["steps"] if not one.is_done],
    }
    return {part: rows for part, rows in found.items() if rows}


def add_figures(site):
    ReadingFactory(site=site, target_value=Decimal("0.9"), target_direction=">=", target_met=True, measured_months=12,
                   indicator=IndicatorFactory())  # fmt: skip


def add_report(site):
    last = site.annual_reports.count()
    EditionFactory(report=AnnualReportFactory(site=site, year=2020 + last))


LACKING = "1 valeur de janvier 2020 manque, sur 1, et personne ne les saisit"
STEPS = ["people", "perimeter", "measured"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.QUALITY_REFERENT, {"lines": [LACKING], "steps": STEPS,
                                 "band": ["Cibles atteintes en 2020", "Actions en retard", "Bilan qualité 2020"]}),
        (Role.DEPUTY_REFERENT, {"lines": [LACKING], "steps": STEPS,
                                "band": ["Cibles atteintes en 2020", "Actions en retard", "Bilan qualité 2020"]}),
        (Role.MANAGEMENT, {"band": ["Cibles atteintes en 2020", "Actions en retard"],
                           "cards": ["Les chiffres qui comptent", "Le bilan qualité"]}),
        (Role.AUDITOR, {"band": ["Cibles atteintes en 2020", "Actions en retard"],
                        "cards": ["Votre mandat", "Les chiffres qui comptent", "Le plan au jour de l’audit",
                                  "Le bilan qualité"]}),
        (Role.RECEPTION_AGENT, {"gestures": ["Réclamations"]}),
        (Role.TECHNICAL_ADMIN, {"lines": [NO_BACKUP], "gestures": ["Comptes et organisation"], "steps": STEPS}),
    ],
)  # fmt: skip
def test_each_role_of_a_site_sees_its_own(client, site, service, role, expected):
    add_figures(site)
    add_report(site)
    client.force_login(user_with(role, site))
    assert shown(client) == expected


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR])
def test_a_service_sees_what_it_has_to_enter_and_nothing_else(client, site, service, role):
    add_figures(site)
    add_report(site)
    client.force_login(user_with(role, service))
    assert shown(client) == {"lines": ["Janvier 2020\u202f: 0 valeur saisie sur 1"]}


def test_a_person_without_anything_to_do_is_told_so(client, site):
    client.force_login(user_with(Role.TRAINING_MANAGER, SousPrefectureFactory()))
    assert "Rien ne vous attend aujourd’hui." in client.get(HOME).text


@time_machine.travel("2020-02-12T12:00", tick=False)
def test_the_queue_goes_across_apps_by_urgency_and_each_line_has_its_button(client, site, service):
    referent = user_with(Role.QUALITY_REFERENT, site)
    user_with(Role.HEAD_OF_SERVICE, service)
    finding = FindingFactory(plan=PlanFactory(site=site))
    for days in (-40, 3):
        ActionFactory(finding=finding, deadline_latest=date(2020, 2, 12) + timedelta(days=days))
    SurveyCampaignFactory(site=site, title="Enquête", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 11))
    client.force_login(referent)
    page = client.get(HOME)
    lines = [*page.context_data["lines"], *page.context_data["others"]]
    assert [(line.todo.what, line.when, line.todo.action, line.is_late) for line in lines] == [
        ("1 valeur de janvier 2020 manque, sur 1", "en retard de 2 jours", "Relancer 1 personne", True),
        ("1 action en retard", "en retard de 40 jours", "Relancer", True),
        ("Enquête est terminée : 0 retour", "depuis hier", "Clore", False),
        ("1 action échoit dans la quinzaine", "dans 3 jours", "Voir", False),
    ]
    for line in lines:
        assert escape(line.todo.action) in page.text


def test_beyond_five_lines_the_queue_is_folded(client, site, service):
    for month in range(2, 8):
        CampaignFactory(site=site, year=2020, month=month, due_on=date(2020, month + 1, 10))
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    context = client.get(HOME).context_data
    assert [len(context[part]) for part in ("lines", "others")] == [5, 2]
    assert "2 autres choses à faire" in client.get(HOME).text


def test_the_direction_reads_one_sentence_first_and_nobody_else_does(client, site):
    add_figures(site)
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert "1 cible sur 1 atteinte en 2020\u202f; aucune action en retard." in client.get(HOME).text
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    assert client.get(HOME).context_data["sentence"] == ""


def test_the_first_steps_tick_themselves_and_go(client, site):
    referent = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(referent)
    assert shown(client)["steps"] == ["units", "people", "perimeter", "assigned", "opened", "measured"]
    service = ServiceFactory(parent=site)
    assert shown(client)["steps"] == ["people", "perimeter", "assigned", "opened", "measured"]
    user_with(Role.HEAD_OF_SERVICE, service)
    PerimeterFactory(site=site)
    assert shown(client)["steps"] == ["assigned", "opened", "measured"]
    assignment = AssignmentFactory(unit=service)
    CampaignFactory(site=site, year=2020, month=1)
    assert shown(client)["steps"] == ["measured"]
    ValueFactory(indicator=assignment.indicator, unit=service, year=2020, month=1)
    assert "steps" not in shown(client)
    assert "Premiers pas" not in client.get(HOME).text


def test_a_step_is_taken_by_who_may_and_says_who_does_to_the_others(client, site):
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    page = client.get(HOME).text
    assert reverse("organisations:unit-create") in page
    assert "C’est le référent qualité qui le fait." in page
    assert reverse("referential:perimeter-create") not in page
    client.force_login(user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site)))
    assert "Premiers pas" not in client.get(HOME).text


def test_the_direction_downloads_the_last_edition_in_one_click(client, site):
    report = AnnualReportFactory(site=site)
    EditionFactory(report=report, number=1)
    last = EditionFactory(report=report, number=2, pages=9)
    client.force_login(user_with(Role.MANAGEMENT, site))
    page = client.get(HOME).text
    assert page.count("telecharger") == 1
    assert reverse("reports:edition-download", args=[last.pk]) in page
    assert "(PDF, 9 pages)" in page


def test_the_direction_asks_for_the_bilan_where_there_is_no_edition(client, site):
    report = AnnualReportFactory(site=site)
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert f'action="{reverse("reports:report-render", args=[report.pk])}"' in client.get(HOME).text


def test_an_auditor_reads_that_there_is_no_pdf_and_is_not_offered_to_make_one(client, site):
    AnnualReportFactory(site=site)
    client.force_login(user_with(Role.AUDITOR, site))
    page = client.get(HOME).text
    assert "Pas encore de PDF" in page
    assert "Produire le PDF" not in page


@pytest.mark.parametrize(
    ("role", "queries"),
    [(Role.QUALITY_REFERENT, 28), (Role.MANAGEMENT, 21), (Role.AUDITOR, 23), (Role.TECHNICAL_ADMIN, 6)],
)
def test_the_home_page_takes_the_same_queries_whatever_there_is_to_show(client, site, service, role, queries):
    client.force_login(user_with(role, site))
    add_figures(site)
    add_report(site)
    first = query_count(client, HOME)
    for month in (2, 3):
        add_figures(site)
        add_report(site)
        CampaignFactory(site=site, year=2020, month=month)
    assert (first, query_count(client, HOME)) == (queries, queries)


def busy_site(prefecture) -> None:
    """A site where every app has something for the référent."""
    site = SousPrefectureFactory(parent=prefecture)
    service, today = ServiceFactory(parent=site), timezone.localdate()
    user_with(Role.HEAD_OF_SERVICE, service)
    AssignmentFactory(unit=service)
    CampaignFactory(site=site, year=2020, month=1)
    CampaignFactory(site=site, year=2020, month=2, state="validated", validated_at=timezone.now())
    add_figures(site)
    add_report(site)
    finding = FindingFactory(plan=PlanFactory(site=site))
    for days in (-400, -4, 4):
        ActionFactory(finding=finding, deadline_latest=today + timedelta(days=days))
    for fields in ({"state": "open"}, {"state": "draft"}):
        SurveyCampaignFactory(site=site, starts_on=today - timedelta(days=30), ends_on=today, **fields)
    ComplaintFactory(site=site)
    DocumentFactory(site=site)
    LabelFactory(site=site)
    committee = CommitteeFactory(site=site)
    MeetingFactory(committee=committee, held_on=today + timedelta(days=20))
    MandateFactory(member__committee=committee, holder="")
    ContradictionCount.objects.create(
        site=site, year=today.year, check_code="actions", number=2, counted_at=timezone.now()
    )
    GridImportFactory(site=site, state="preview")


def test_the_home_of_the_referent_takes_thirty_queries_at_most_whatever_the_number_of_sites(client):
    prefecture = PrefectureFactory()
    client.force_login(user_with(Role.QUALITY_REFERENT, prefecture))
    counts = []
    for number in (1, 3, 8):  # 1, 4, then 12 sites
        for _ in range(number):
            busy_site(prefecture)
        counts.append(query_count(client, HOME))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 30


def test_the_administrator_reads_how_old_the_last_good_backup_is(client, site, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    assert "Jamais faite" in client.get(HOME).text

    with time_machine.travel("2026-11-20T01:30:00Z"):
        backups.backup(tmp_path / "a.qualepref")
    with time_machine.travel("2026-11-20T03:31:00Z"):
        page = client.get(HOME).text
        assert ("il y a 2\N{NO-BREAK SPACE}heures" in page, "À jour" in page) == (True, True)
    with time_machine.travel("2026-11-23T01:31:00Z"):
        assert "Trop ancienne" in client.get(HOME).text

    (tmp_path / "plein").write_text("")
    with pytest.raises(UserError):
        backups.backup(tmp_path / "plein" / "b.qualepref")
    page = client.get(HOME).text
    assert ("Échec" in page, "n’a pas pu être écrite" in page) == (True, True)
