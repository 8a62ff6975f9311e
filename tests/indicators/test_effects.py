"""Actions and the indicators they should move: said, withdrawn, marked on the curve, compared before and after."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from actions.enums import Status
from actions.services.actions import remove_action
from core.base.errors import UserError
from indicators import effects
from indicators.models import ExpectedEffect
from indicators.services import effects as effect_verbs
from indicators.services import readings
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, FindingFactory, PlanFactory
from tests.core.page_checks import query_count
from tests.indicators.factories import ExpectedEffectFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import (
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
WHY_QUERIES = 13
CATALOGUE_QUERIES = 9
ACTION_QUERIES_WITH_EFFECT = 15


@pytest.fixture
def indicator():
    return IndicatorFactory(code="svi", label="Appels aboutis", measure="rate")


@pytest.fixture
def action():
    site = SousPrefectureFactory(code="13-aix", name="Aix-en-Provence")
    finding = FindingFactory(plan=PlanFactory(site=site, title="Audit interne 2019"))
    return ActionFactory(finding=finding, text="Former les agents", status=Status.DONE, done_on=date(2020, 3, 10))


@pytest.fixture
def site(action):
    return action.finding.plan.site


@pytest.fixture
def referent(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


def measure(indicator, site, **months) -> None:
    """Values of 2020 by month: m1="0.80"…"""
    for name, value in months.items():
        ValueFactory(indicator=indicator, unit=site, site=site, month=int(name[1:]), value=Decimal(value))
    readings.refresh(indicator.pk, site.pk, 2020)


# --- verbs


def test_an_action_is_expected_to_move_an_indicator_and_history_says_who(action, indicator):
    person = UserFactory()
    effect = effect_verbs.expect(action, indicator, by=person, comment=" Repasser au-dessus de 90 % ")
    assert (effect.action, effect.indicator, effect.comment) == (action, indicator, "Repasser au-dessus de 90 %")
    assert effect.history.get().history_user == person


def test_said_again_only_the_comment_changes(action, indicator):
    effect = effect_verbs.expect(action, indicator, by=None, comment="A")
    assert effect_verbs.expect(action, indicator, by=None, comment="A") == effect
    assert effect_verbs.expect(action, indicator, by=None, comment="B") == effect
    assert list(effect.history.order_by("history_id").values_list("comment", flat=True)) == ["A", "B"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is_active": False}, "n’est plus suivi"),
        ({"owner": None}, ""),
    ],
)
def test_an_indicator_that_nobody_follows_is_refused(action, fields, expected):
    indicator = IndicatorFactory(**fields)
    if not expected:
        assert effect_verbs.expect(action, indicator, by=None)
        return
    with pytest.raises(UserError, match=expected):
        effect_verbs.expect(action, indicator, by=None)


def test_an_indicator_own_to_another_prefecture_is_refused_and_to_ones_own_is_not(action, site):
    assert effect_verbs.expect(action, IndicatorFactory(owner=site.parent), by=None)
    with pytest.raises(UserError, match="propre à un autre site"):
        effect_verbs.expect(action, IndicatorFactory(owner=PrefectureFactory()), by=None)


def test_an_effect_withdrawn_stays_in_the_history_with_its_reason(action, indicator):
    effect = effect_verbs.expect(action, indicator, by=None)
    effect_verbs.withdraw(effect, by=None, reason="Sans rapport")
    assert not ExpectedEffect.objects.exists()
    assert ExpectedEffect.history.first().history_change_reason == "Sans rapport"


# --- what was read before and after


def line(action, indicator, user):
    ExpectedEffectFactory(action=action, indicator=indicator)
    return effects.of_indicator(user, indicator, action.finding.plan.site)[0]


def test_the_action_tells_the_figures_before_and_after(action, indicator, site, referent):
    measure(indicator, site, m1="0.80", m2="0.82", m3="0.10", m4="0.90", m5="0.91")
    assert line(action, indicator, referent).told == (
        "81\u202f% (2 mois) avant, 90,5\u202f% (2 mois) après : +9,5\u202fpoints"
    )


def test_the_difference_told_is_that_of_the_figures_told(action, indicator, site, referent):
    measure(indicator, site, m2="0.98520", m4="0.98270")
    assert line(action, indicator, referent).told == (
        "98,52\u202f% (1 mois) avant, 98,27\u202f% (1 mois) après : −0,25\u202fpoint"
    )


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ({}, "aucun mois mesuré autour de cette date"),
        ({"m3": "0.5"}, "aucun mois mesuré autour de cette date"),
        ({"m1": "0.8"}, "80\u202f% (1 mois) avant ; pas encore de mois mesuré après"),
        ({"m4": "0.9"}, "90\u202f% (1 mois) après ; aucun mois mesuré avant"),
    ],
)
def test_a_side_without_a_month_is_told(action, indicator, site, referent, months, told):
    measure(indicator, site, **months)
    assert line(action, indicator, referent).told == told


@pytest.mark.parametrize("fields", [{"status": Status.TODO, "done_on": None}, {"done_on": None}])
def test_what_is_not_done_on_a_known_day_is_not_compared(action, indicator, site, referent, fields):
    measure(indicator, site, m1="0.8")
    for name, value in fields.items():
        setattr(action, name, value)
    action.save()
    assert line(action, indicator, referent).told == ""


# --- on the curve


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [(2, "1", "Former les agents : réalisée", "filled")]),
        (
            {"status": Status.TODO, "done_on": None, "deadline_latest": date(2020, 6, 30)},
            [(5, "1", "Former les agents : prévue", "hollow")],
        ),
        ({"status": Status.ABANDONED, "done_on": None, "deadline_latest": date(2020, 6, 30)}, []),
        ({"done_on": date(2019, 12, 31)}, []),
        (
            {"reviewed_on": date(2020, 9, 1), "review_result": "effective"},
            [(2, "1", "Former les agents : réalisée", "filled"),
             (8, "1", "Former les agents : vérifiée, efficace", "square")],
        ),
        (
            {"review_due_on": date(2020, 12, 1)},
            [(2, "1", "Former les agents : réalisée", "filled"),
             (11, "1", "Former les agents : efficacité à vérifier", "square")],
        ),
    ],
)  # fmt: skip
def test_the_curve_of_a_year_bears_its_marks(action, indicator, referent, fields, expected):
    for name, value in fields.items():
        setattr(action, name, value)
    action.save()
    marks = line(action, indicator, referent).marks(2020)
    assert [(mark.index, mark.label, mark.words, mark.shape) for mark in marks] == expected


def test_actions_are_numbered_in_the_order_of_their_days(action, indicator, site, referent):
    later, undated = (
        ActionFactory(finding=action.finding, text=text, deadline_latest=latest)
        for text, latest in (("Plus tard", date(2021, 1, 1)), ("Un jour", None))
    )
    for one in (undated, later, action):
        ExpectedEffectFactory(action=one, indicator=indicator)
    lines = effects.of_indicator(referent, indicator, site)
    assert [(found.number, found.action) for found in lines] == [(1, action), (2, later), (3, undated)]


def test_the_page_of_the_figure_marks_the_curve_and_lists_the_actions(client, action, indicator, site, referent):
    measure(indicator, site, m1="0.80", m4="0.90")
    ExpectedEffectFactory(action=action, indicator=indicator, comment="dépasser 85 %")
    action.reviewed_on, action.review_result, action.review_comment = date(2020, 9, 1), "ineffective", "Rien ne bouge"
    action.save()
    text = client.get(reverse("indicators:why", args=["svi", "13-aix", 2020])).text
    assert text.count('data-mark="1"') == 2
    assert "Actions qui visent cet indicateur" in text
    assert "Attendu : dépasser 85 %" in text
    assert "Lu : 80\u202f% (1 mois) avant, 90\u202f% (1 mois) après : +10\u202fpoints" in text
    assert "Vérifié le 01/09/2020 : sans effet, « Rien ne bouge »" in text


def test_a_service_sees_only_the_actions_it_answers_for(action, indicator, site):
    service = ServiceFactory(parent=site)
    head = user_with(Role.HEAD_OF_SERVICE, service)
    ExpectedEffectFactory(action=action, indicator=indicator)
    assert effects.of_indicator(head, indicator, site) == []
    ActionResponsibleFactory(action=action, unit=service)
    assert len(effects.of_indicator(head, indicator, site)) == 1


def test_the_file_of_the_indicator_lists_its_actions(client, action, indicator, referent):
    url = reverse("indicators:indicator", args=["svi"])
    assert "Actions qui le visent" not in client.get(url).text
    ExpectedEffectFactory(action=action, indicator=indicator)
    text = client.get(url).text
    assert "Former les agents" in text
    assert "Audit interne 2019, Aix-en-Provence" in text


# --- from the page of the action


def test_an_indicator_is_expected_from_the_page_of_the_action(client, action, indicator, referent):
    page = reverse("actions:action", args=[action.pk])
    assert "rien ne dira si l’action a eu de l’effet" in client.get(page).text
    url = reverse("indicators:effect-expect", args=[action.pk])
    assert url in client.get(page).text
    response = client.post(url, {"indicator": indicator.pk, "comment": "90 % en juin"}, follow=True)
    assert "L’action est placée sur la courbe" in response.text
    assert "Attendu : 90 % en juin" in response.text


def test_the_choice_leaves_out_what_is_already_expected_stopped_or_of_others(client, action, indicator, referent):
    ExpectedEffectFactory(action=action, indicator=indicator)
    IndicatorFactory(label="Arrêté", is_active=False)
    IndicatorFactory(label="D’ailleurs", owner=PrefectureFactory())
    IndicatorFactory(label="Commun")
    form = client.get(reverse("indicators:effect-expect", args=[action.pk])).context_data["form"]
    assert [row.label for row in form.fields["indicator"].queryset] == ["Commun"]


def test_the_panel_leads_to_the_curve_of_the_year_it_was_done(client, action, indicator, site, referent):
    ExpectedEffectFactory(action=action, indicator=indicator)
    measure(indicator, site, m1="0.80")
    page = reverse("actions:action", args=[action.pk])
    assert reverse("indicators:why", args=["svi", "13-aix", 2020]) in client.get(page).text
    action.done_on = date(2031, 1, 1)
    action.save()
    assert reverse("indicators:why", args=["svi", "13-aix", 2020]) in client.get(page).text


def test_an_auditor_reads_the_effect_and_its_history_and_changes_nothing(client, action, indicator, site):
    effect = effect_verbs.expect(action, indicator, by=None, comment="A")
    client.force_login(user_with(Role.AUDITOR, site))
    text = client.get(reverse("actions:action", args=[action.pk])).text
    assert "Attendu : A" in text
    assert "Viser un indicateur" not in text
    history = reverse("indicators:effect-history", args=[effect.pk])
    assert history in text
    assert "Création" in client.get(history).text
    effect_verbs.withdraw(effect, by=None)
    assert "Suppression" in client.get(history).text


def test_an_effect_is_withdrawn_after_a_question(client, action, indicator, referent):
    effect = ExpectedEffectFactory(action=action, indicator=indicator)
    url = reverse("indicators:effect-withdraw", args=[effect.pk])
    assert "Ne plus viser « Appels aboutis » par cette action" in client.get(url).text
    response = client.post(url, {"reason": ""}, follow=True)
    assert "n’est plus visé" in response.text
    assert not ExpectedEffect.objects.exists()


def test_removing_an_action_keeps_the_history_of_its_effects(action, indicator):
    effect_verbs.expect(action, indicator, by=None)
    remove_action(action, by=None, reason="Doublon")
    assert list(ExpectedEffect.history.values_list("history_type", flat=True)) == ["-", "+"]


# --- the same queries whatever the number


def add_two(action, indicator) -> None:
    for number in range(2):
        other = ActionFactory(finding=action.finding, text=f"Autre {number}")
        ExpectedEffectFactory(action=other, indicator=indicator)
        ExpectedEffectFactory(action=action)


@pytest.mark.parametrize(
    ("name", "queries"),
    [("why", WHY_QUERIES), ("indicator", CATALOGUE_QUERIES), ("action", ACTION_QUERIES_WITH_EFFECT)],
)
def test_the_pages_cost_the_same_with_one_and_three_effects(client, action, indicator, site, referent, name, queries):
    measure(indicator, site, m1="0.80")
    ExpectedEffectFactory(action=action, indicator=indicator)
    url = {
        "why": reverse("indicators:why", args=["svi", "13-aix", 2020]),
        "indicator": reverse("indicators:indicator", args=["svi"]),
        "action": reverse("actions:action", args=[action.pk]),
    }[name]
    first = query_count(client, url)
    add_two(action, indicator)
    assert (first, query_count(client, url)) == (queries, queries)
