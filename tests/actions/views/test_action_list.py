"""The actions over all plans: filters, sort, files, tabs that keep the filters, boxes without script."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from actions.models import Action
from organisations.enums import Role
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingEngagementFactory,
    FindingFactory,
    PlanFactory,
)
from tests.core.page_checks import check_list_page
from tests.organisations.factories import ServiceFactory, UserFactory, user_with
from tests.referential.factories import EngagementFactory

pytestmark = pytest.mark.django_db
LIST_QUERIES = 17
TODAY = time_machine.travel("2016-06-01 10:00:00+02:00", tick=False)


@pytest.fixture
def url() -> str:
    return reverse("actions:actions")


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


def shown(client, url: str, query: str = "") -> list[str]:
    response = client.get(f"{url}?{query}")
    assert response.status_code == 200
    return [row.title for row in response.context_data["table"].page.object_list.data]


def make_action(finding, text: str, latest: date | None = None, **fields) -> Action:
    words = f"{latest:%d/%m/%Y}" if latest else ""
    return ActionFactory(
        finding=finding, text=text, deadline_text=words, deadline_earliest=latest, deadline_latest=latest, **fields
    )


def test_the_list_costs_the_same_with_one_and_three_actions(client, signed_in, plan, service, url):
    def make():
        finding = FindingFactory(plan=plan)
        FindingEngagementFactory(finding=finding)
        action = make_action(finding, "Faire", date(2016, 3, 1))
        ActionResponsibleFactory(action=action, unit=service)
        ActionResponsibleFactory(action=action, unit=None, user=UserFactory())

    check_list_page(client, url, make, LIST_QUERIES)


@TODAY
def test_what_is_to_be_done_comes_first_by_deadline_and_unknown_days_last(client, signed_in, finding, url):
    make_action(finding, "Réalisée il y a longtemps", status=Status.DONE, done_on=date(2015, 12, 1))
    make_action(finding, "Réalisée hier", status=Status.DONE, done_on=date(2016, 5, 31))
    make_action(finding, "Sans jour")
    make_action(finding, "Plus tard", date(2016, 12, 31))
    make_action(finding, "Bientôt", date(2016, 6, 15))
    assert shown(client, url) == [
        "Bientôt", "Plus tard", "Sans jour", "Réalisée hier", "Réalisée il y a longtemps",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "expected"),
    [("deadline", ["Tôt", "Tard", "Jamais"]), ("-deadline", ["Tard", "Tôt", "Jamais"])],
)
def test_sorted_by_deadline_unknown_days_come_last_whatever_the_order(client, signed_in, finding, url, order, expected):
    make_action(finding, "Jamais")
    make_action(finding, "Tard", date(2016, 9, 1))
    make_action(finding, "Tôt", date(2016, 3, 1))
    assert shown(client, url, f"tri={order}") == expected


@TODAY
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=charte", ["Signer la charte"]),
        ("q=mystère", ["Appeler"]),
        ("q=suite audit", ["Appeler", "Signer la charte"]),
        ("plan={plan}", ["Appeler", "Signer la charte"]),
        ("site={site}", ["Appeler", "Inviter", "Signer la charte"]),
        ("origin=clu", ["Inviter"]),
        ("engagement={engagement}", ["Signer la charte"]),
        ("engagement={parent}", ["Signer la charte"]),
        ("theme=internet", ["Signer la charte"]),
        ("responsible=u-{service}", ["Appeler"]),
        ("responsible=u-{site}", ["Appeler"]),
        ("responsible=p-{person}", ["Signer la charte"]),
        ("responsible=m-Webmestre", ["Signer la charte"]),
        ("responsible=sans", ["Inviter"]),
        ("status=todo", ["Appeler", "Inviter"]),
        ("status=done", ["Signer la charte"]),
        ("status=en-attente", ["Appeler", "Inviter"]),
        ("status=en-retard", ["Appeler"]),
        ("status=soldees", ["Signer la charte"]),
        ("quarter=2016-T2", ["Appeler"]),
        ("quarter=2015-T4", ["Signer la charte"]),
        ("quarter=sans-jour", ["Inviter"]),
        ("quarter=2016-T2&status=soldees", []),
    ],
)
def test_the_list_is_filtered(client, signed_in, site, plan, service, url, query, expected):
    parent = EngagementFactory(code="14")
    engagement = EngagementFactory(code="14.3", parent=parent, module=parent.module)
    call = make_action(FindingFactory(plan=plan, number=1, text="Enquêtes mystère"), "Appeler", date(2016, 5, 31))
    sign = make_action(
        FindingFactory(plan=plan, number=2, text="Réseaux", theme="internet"), "Signer la charte", date(2015, 11, 1),
        status=Status.DONE,
    )  # fmt: skip
    clu = PlanFactory(site=site, title="CLU de mars", origin="clu")
    make_action(FindingFactory(plan=clu, text="Liste des invités"), "Inviter")
    make_action(FindingFactory(), "D’une autre préfecture", date(2016, 5, 31))
    FindingEngagementFactory(finding=sign.finding, engagement=engagement)
    person = UserFactory()
    ActionResponsibleFactory(action=call, unit=service)
    ActionResponsibleFactory(action=sign, unit=None, user=person)
    ActionResponsibleFactory(action=sign, unit=None, words="Webmestre")
    FindingEngagementFactory(finding=call.finding, engagement=EngagementFactory(module=parent.module, code="8"))
    FindingEngagementFactory(
        finding=FindingFactory(plan=plan, number=3), engagement=parent
    )  # so that the parent is offered
    keys = {
        "plan": plan.pk, "engagement": engagement.pk, "parent": parent.pk, "service": service.pk, "site": site.pk,
        "person": person.pk,
    }  # fmt: skip
    ActionResponsibleFactory(action=call, unit=site)
    assert sorted(shown(client, url, query.format(**keys))) == expected


def test_a_filter_that_does_not_exist_shows_an_error_and_no_line(client, signed_in, finding, url):
    make_action(finding, "Faire")
    for query in ("quarter=2016-T9", "responsible=u-x", "status=x", "plan=999999"):
        response = client.get(f"{url}?{query}")
        assert response.status_code == 200
        assert response.context_data["count"] == 0
        assert response.context_data["filter"].form.errors


def test_the_menus_offer_what_one_sees_and_no_more(client, service, finding, url):
    own, other = make_action(finding, "La sienne", date(2016, 3, 1)), make_action(finding, "Autre", date(2019, 3, 1))
    ActionResponsibleFactory(action=own, unit=service)
    ActionResponsibleFactory(action=other, unit=ServiceFactory(parent=service.parent, sigle="SIDSIC"))
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    form = client.get(url).context_data["filter"].form
    assert [label for _, label in form.fields["quarter"].choices] == ["Toutes", "T1 2016", "Sans jour connu"]
    assert "BRH" in str(form["responsible"])
    assert "SIDSIC" not in str(form["responsible"])


def test_the_other_filters_unfold_when_one_of_them_is_set(client, signed_in, finding, url):
    make_action(finding, "Faire")
    assert "<details open>" not in client.get(f"{url}?status=todo").text
    assert "<details open>" in client.get(f"{url}?theme=other").text


def test_tabs_keep_the_filters_and_leave_the_page_and_the_order(client, signed_in, finding, url):
    make_action(finding, "Faire")
    tabs = client.get(f"{url}?status=todo&page=1&tri=-deadline").context_data["tabs"]
    assert tabs == [
        ("Liste", f"{url}?status=todo", True),
        ("Par statut", f"{reverse('actions:board')}?status=todo", False),
        ("Calendrier", f"{reverse('actions:calendar')}?status=todo", False),
    ]


def test_the_files_tell_what_the_screen_shortens(client, signed_in, finding, service, url):
    action = make_action(finding, "Faire", date(2016, 3, 1), comment="Vu")
    ActionResponsibleFactory(action=action, unit=service)
    content = b"".join(client.get(f"{url}?format=csv").streaming_content).decode("utf-8-sig")
    head, line = content.splitlines()
    assert head.count(";") == line.count(";") == 16
    for words in ("Suite à l’audit interne", "Enquêtes mystères à programmer", "BRH", "01/03/2016", "oui", "Vu"):
        assert words in line


def test_boxes_are_for_those_who_may_change_the_plan(client, signed_in, finding, site, url):
    action = make_action(finding, "Faire")
    text = client.get(url).text
    assert f'name="actions" value="{action.pk}" form="lot"' in text
    assert "Pour les actions cochées" in text
    client.force_login(user_with(Role.AUDITOR, site))
    text = client.get(url).text
    assert 'form="lot"' not in text
    assert "Pour les actions cochées" not in text


def test_a_whole_page_is_ticked_without_script(client, signed_in, finding, url):
    make_action(finding, "Faire")
    response = client.get(f"{url}?status=todo")
    assert 'form="lot" checked' not in response.text
    response = client.get(url + response.context_data["choose_all_url"])
    assert 'form="lot" checked' in response.text
    response = client.get(url + response.context_data["choose_none_url"])
    assert 'form="lot" checked' not in response.text
    assert response.context_data["is_filtered"]


def test_an_empty_list_says_what_to_do(client, rq, service, url):
    client.force_login(rq)
    assert "Ouvrez un plan, ou importez le tableau" in client.get(url).text
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert "dès que le référent qualité les inscrit" in client.get(url).text


def test_a_text_of_an_action_never_becomes_markup(client, signed_in, finding, url):
    make_action(finding, '"><script>alert(1)</script>')
    text = client.get(url).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
