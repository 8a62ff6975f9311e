"""The home page: each role sees its own thing to do, in a constant number of queries."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from core.base.errors import UserError
from core.services import backups
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory, ReadingFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.reports.factories import AnnualReportFactory, EditionFactory

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def service(site):
    service = ServiceFactory(parent=site)
    AssignmentFactory(unit=service)
    CampaignFactory(site=site, year=2020, month=1, due_on=date(2020, 2, 10))
    return service


def cards(client) -> dict[str, list[str]]:
    """The titles of the cards by zone, as the page is given them."""
    zones = client.get(HOME).context_data["zones"]
    return {title: [card.title for card in shown] for _code, title, shown in zones}


def add_figures(site):
    ReadingFactory(site=site, target_value=Decimal("0.9"), target_direction=">=", target_met=True, measured_months=12,
                   indicator=IndicatorFactory())  # fmt: skip


def add_report(site):
    last = site.annual_reports.count()
    EditionFactory(report=AnnualReportFactory(site=site, year=2020 + last))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.QUALITY_REFERENT, {"Ce qui manque": ["Valeurs manquantes"],
                                 "L’état de l’année": ["Les chiffres qui comptent", "Le bilan qualité"]}),
        (Role.DEPUTY_REFERENT, {"Ce qui manque": ["Valeurs manquantes"],
                                "L’état de l’année": ["Les chiffres qui comptent", "Le bilan qualité"]}),
        (Role.MANAGEMENT, {"L’état de l’année": ["Les chiffres qui comptent", "Le bilan qualité"]}),
        (
            Role.AUDITOR,
            {
                "L’état de l’année": [
                    "Votre mandat", "Les chiffres qui comptent", "Le plan au jour de l’audit", "Le bilan qualité",
                ]
            },
        ),
        (Role.RECEPTION_AGENT, {"Ce que je dois faire": ["Réclamations"]}),
        (Role.TECHNICAL_ADMIN, {"Ce que je dois faire": ["Comptes et organisation"]}),
    ],
)  # fmt: skip
def test_each_role_of_a_site_sees_its_own_cards(client, site, service, role, expected):
    add_figures(site)
    add_report(site)
    client.force_login(user_with(role, site))
    assert cards(client) == expected


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR])
def test_a_service_sees_what_it_has_to_enter_and_nothing_else(client, site, service, role):
    add_figures(site)
    add_report(site)
    client.force_login(user_with(role, service))
    assert cards(client) == {"Ce que je dois faire": ["À saisir", "Mes actions"]}


def test_a_person_without_anything_to_do_is_told_so(client, site):
    client.force_login(user_with(Role.TRAINING_MANAGER, SousPrefectureFactory()))
    assert "Rien ne vous attend aujourd’hui." in client.get(HOME).text


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


def test_the_referent_is_offered_to_open_the_first_report(client, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    assert reverse("reports:report-open") in client.get(HOME).text


@pytest.mark.parametrize(
    ("role", "queries"),
    [(Role.QUALITY_REFERENT, 42), (Role.MANAGEMENT, 18), (Role.AUDITOR, 21), (Role.TECHNICAL_ADMIN, 5)],
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


def test_the_administrator_reads_how_old_the_last_good_backup_is(client, site, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    assert "Jamais sauvegardé" in client.get(HOME).text

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
