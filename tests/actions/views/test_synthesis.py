"""The page of the synthesis: quarter or year, headings, counts, files; what a head of service reads of it."""

from datetime import date
from urllib.parse import quote

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from organisations.enums import Role
from referential.enums import Theme
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory, PlanFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE_QUERIES = 11


@pytest.fixture
def frozen():
    with time_machine.travel("2019-12-15 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def plan():
    return PlanFactory(title="CLU du 25 juin 2019", origin_on=date(2019, 6, 25))


@pytest.fixture
def management(client, plan):
    user = user_with(Role.MANAGEMENT, plan.site)
    client.force_login(user)
    return user


def done(plan, text: str, on: date = date(2019, 9, 2), **fields):
    finding = FindingFactory(plan=plan, theme=Theme.INTERNET, text="Site peu clair")
    return ActionFactory(finding=finding, text=text, status=Status.DONE, done_on=on, **fields)


def page(plan, year: int = 2019, **query) -> str:
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse("actions:synthesis", args=[plan.site.code, year]) + (f"?{words}" if words else "")


def test_the_quarter_is_titled_as_in_the_document_and_lists_its_bullets(client, management, plan):
    done(plan, "Mettre des tutoriels en ligne")
    text = client.get(page(plan, trimestre=3)).text
    assert "Synthèse des actions conduites sur le troisième trimestre 2019" in text
    assert "Internet et réseaux sociaux" in text
    assert "Mettre des tutoriels en ligne" in text
    assert "1 action : 1 réalisée" in text


def test_the_last_year_told_of_ones_first_site_opens_by_itself(client, management, plan):
    assert client.get(reverse("actions:synthesis")).url == page(plan, 2019)
    done(plan, "Ancienne", date(2018, 2, 1))
    ActionFactory(finding=FindingFactory(plan=plan), deadline_latest=date(2031, 1, 1))
    assert client.get(reverse("actions:synthesis")).url == page(plan, 2018)


def test_an_empty_quarter_leads_to_the_year(client, management, plan):
    done(plan, "Mettre des tutoriels en ligne")
    text = client.get(page(plan, trimestre=1)).text
    assert "Aucune action n’est placée dans ce trimestre" in text
    assert "1 sur 1" in text


def test_an_empty_year_says_what_to_do(client, management, plan):
    assert "Aucune action cette année-là." in client.get(page(plan, 2017)).text


def test_actions_without_a_day_are_told_apart(client, management, plan):
    done(plan, "Un jour inconnu", None)
    text = client.get(page(plan)).text
    assert "1 action de l’année sans jour connu</a> n’est dans aucun trimestre." in text
    assert "jour inconnu" in text


def test_actions_without_a_day_are_listed_under_the_quarter_with_the_way_to_date_them(client, plan):
    client.force_login(user_with(Role.QUALITY_REFERENT, plan.site))
    past = done(plan, "Un jour inconnu", None)
    later = ActionFactory(
        finding=FindingFactory(plan=plan), text="Un jour ou l’autre", deadline_text="dès que possible"
    )
    text = client.get(page(plan, trimestre=3)).text
    assert "2 actions de l’année sans jour connu</a> ne sont dans aucun trimestre." in text
    assert f'{reverse("actions:action-edit", args=[later.pk])}">Donner une échéance' in text
    form = f"{reverse('actions:action-point', args=[past.pk])}?retour={quote(page(plan, trimestre=3, par='theme'))}"
    assert f'{form}">Corriger la date' in text
    dated = {"status": "done", "done_on": "02/09/2019", "comment": "Mis en ligne", "retour": page(plan, trimestre=3)}
    assert client.get(form).status_code == 200
    client.post(reverse("actions:action-point", args=[past.pk]), dated)
    text = client.get(page(plan, trimestre=3)).text
    assert "1 action de l’année sans jour connu</a>" in text
    assert "le 02/09/2019" in text


def test_who_only_reads_is_not_offered_to_date_them(client, management, plan):
    done(plan, "Un jour inconnu", None)
    text = client.get(page(plan, trimestre=3)).text
    assert "Un jour inconnu" in text
    assert "Corriger la date" not in text


@pytest.mark.parametrize("query", [{"trimestre": "5"}, {"trimestre": "x", "par": "y"}, {"par": "engagement"}])
def test_what_is_not_a_choice_is_not_an_error(client, management, plan, query):
    done(plan, "Mettre des tutoriels en ligne")
    assert client.get(page(plan, **query)).status_code == 200


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_out_of_bounds_does_not_exist(client, management, plan, year):
    assert client.get(page(plan, year)).status_code == 404


def test_the_choices_go_together_in_the_addresses(client, management, plan):
    done(plan, "Mettre des tutoriels en ligne")
    text = client.get(page(plan, trimestre=3, par="origine")).text
    for words in (
        "2019/?trimestre=3&amp;par=engagement",
        "2019/?par=origine",
        "export/xlsx/?trimestre=3&amp;par=origine",
    ):
        assert words in text


def test_the_file_holds_the_actions_of_the_period_once_each(client, management, plan):
    done(plan, "Mettre des tutoriels en ligne")
    done(plan, "Hors du trimestre", date(2019, 1, 2))
    url = reverse("actions:synthesis-export", args=[plan.site.code, 2019, "csv"])
    lines = b"".join(client.get(f"{url}?trimestre=3").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('"Internet et réseaux sociaux";"T3 2019";"CLU du 25 juin 2019";"Audit interne"')
    assert '"Mettre des tutoriels en ligne"' in lines[1]
    assert client.get(reverse("actions:synthesis-export", args=[plan.site.code, 2019, "pdf"])).status_code == 404


def test_a_head_of_service_reads_the_actions_of_the_service(client, plan):
    service = ServiceFactory(parent=plan.site)
    ActionResponsibleFactory(action=done(plan, "La mienne"), unit=service)
    done(plan, "Celle d’un autre")
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    text = client.get(reverse("actions:synthesis"), follow=True).text
    assert "vous lisez ici les actions dont vos services répondent" in text
    assert "La mienne" in text
    assert "Celle d’un autre" not in text


def test_a_head_of_service_without_an_action_is_told_so(client, plan):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=plan.site)))
    assert "Aucun site ne vous est ouvert ici" in client.get(reverse("actions:synthesis")).text
    assert client.get(page(plan)).status_code == 404


@pytest.mark.parametrize("grouping", ["theme", "engagement", "origine"])
def test_the_page_costs_the_same_with_one_and_three_actions(client, management, plan, grouping):
    ActionResponsibleFactory(action=done(plan, "A"), unit=ServiceFactory(parent=plan.site))
    url = page(plan, par=grouping)
    first = query_count(client, url)
    for text in ("B", "C"):
        twin = done(plan, f"{text} encore")
        ActionResponsibleFactory(action=done(plan, text), unit=ServiceFactory(parent=plan.site))
        done(plan, f"{text} jumelle", merged_into=twin)
    assert (first, query_count(client, url)) == (PAGE_QUERIES, PAGE_QUERIES)
