"""The pages of the catalogue: what each person reads, and what the forms write."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.models import Assignment, Indicator, Target
from organisations.enums import Role
from tests.core.page_checks import check_list_page
from tests.indicators.factories import AssignmentFactory, FamilyFactory, IndicatorFactory, TargetFactory
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory

pytestmark = pytest.mark.django_db
CATALOGUE_QUERIES = 11


@pytest.fixture
def prefecture():
    return PrefectureFactory(name="Préfecture")


@pytest.fixture
def referent(client, prefecture):
    user = user_with(Role.QUALITY_REFERENT, prefecture)
    client.force_login(user)
    return user


def page(client, name: str, *args) -> str:
    response = client.get(reverse(f"indicators:{name}", args=args))
    assert response.status_code == 200
    return response.text


def send(client, name: str, *args, **data):
    return client.post(reverse(f"indicators:{name}", args=args), data, follow=True)


def test_the_list_costs_the_same_with_one_and_three_indicators(client, referent, prefecture):
    family, engagement = FamilyFactory(), EngagementFactory()

    def make():
        indicator = IndicatorFactory(family=family, engagement=engagement)
        TargetFactory(indicator=indicator)
        TargetFactory(indicator=indicator, site=prefecture, value=Decimal("0.95"))
        AssignmentFactory(indicator=indicator, unit=prefecture)

    check_list_page(client, reverse("indicators:catalogue"), make, CATALOGUE_QUERIES)


def test_the_list_says_target_service_and_state(client, referent, prefecture):
    followed = IndicatorFactory(label="Appels", engagement=EngagementFactory(code="10"))
    TargetFactory(indicator=followed, value=Decimal("0.9"))
    TargetFactory(indicator=followed, site=prefecture, value=Decimal("0.95"))
    TargetFactory(indicator=followed, site=PrefectureFactory(), value=Decimal("0.5"))
    AssignmentFactory(indicator=followed, unit=prefecture)
    text = page(client, "catalogue")
    for words in ("E10", "≥\u202f90\u202f% ; Préfecture : ≥\u202f95\u202f%", ">suivi<"):
        assert words in text
    assert "50\u202f%" not in text


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", ["Appels aboutis", "Courriels répondus", "Ancien"]),
        ("q=appels", ["Appels aboutis"]),
        ("measure=days", ["Courriels répondus"]),
        ("state=suivi", ["Appels aboutis"]),
        ("state=a-affecter", ["Courriels répondus"]),
        ("state=non-suivi", ["Ancien"]),
        ("unit={unit}", ["Appels aboutis"]),
        ("family={family}", ["Courriels répondus"]),
        ("engagement={engagement}", ["Appels aboutis"]),
    ],
)
def test_the_list_is_filtered(client, referent, prefecture, query, labels):
    first, second = FamilyFactory(position=1), FamilyFactory(position=2)
    engagement = EngagementFactory()
    calls = IndicatorFactory(label="Appels aboutis", family=first, engagement=engagement)
    IndicatorFactory(label="Courriels répondus", family=second, measure="days")
    IndicatorFactory(label="Ancien", family=FamilyFactory(position=3), is_active=False)
    service = ServiceFactory(parent=SousPrefectureFactory(parent=prefecture))
    AssignmentFactory(indicator=calls, unit=service)
    url = reverse("indicators:catalogue")
    query = query.format(unit=service.parent_id, family=second.pk, engagement=engagement.pk)
    response = client.get(f"{url}?{query}")
    assert [row.label for row in response.context_data["table"].page.object_list.data] == labels


def test_the_file_of_an_indicator_tells_rule_source_targets_and_services(client, referent, prefecture):
    indicator = IndicatorFactory(
        source="COPIL 2020", aliases=[{"label": "Appels reçus"}], engagement=EngagementFactory(code="10", title="")
    )
    TargetFactory(indicator=indicator, source="Grille 2020", valid_until=date(2021, 12, 31))
    AssignmentFactory(indicator=indicator, unit=prefecture)
    text = page(client, "indicator", indicator.code)
    for words in ("COPIL 2020", "Appels reçus", "E10 – à compléter", "Grille 2020", "31/12/2021", "Catalogue commun"):
        assert words in text


def test_an_indicator_without_target_nor_service_says_so(client, referent):
    text = page(client, "indicator", IndicatorFactory().code)
    assert "Aucune cible n’est fixée" in text
    assert "Aucun service ne saisit cet indicateur." in text


def test_a_common_indicator_followed_elsewhere_is_read_copied_but_not_changed(client, referent):
    indicator = AssignmentFactory(unit=PrefectureFactory()).indicator
    text = page(client, "indicator", indicator.code)
    assert "pour en changer la règle, faites-en une copie" in text
    assert reverse("indicators:indicator-edit", args=[indicator.code]) not in text
    assert client.get(reverse("indicators:indicator-edit", args=[indicator.code])).status_code == 403
    assert "En faire une copie" in text


def test_a_head_of_service_reads_without_any_button(client, prefecture):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, prefecture))
    indicator = AssignmentFactory(unit=prefecture).indicator
    text = page(client, "indicator", indicator.code)
    for words in ("Modifier", "Ajouter une cible", "Affecter à des services", "En faire une copie"):
        assert words not in text


def test_an_indicator_is_created_for_a_site_with_the_labels_of_its_grid(client, referent, prefecture):
    family = FamilyFactory()
    response = send(
        client, "indicator-create", owner=prefecture.pk, label="Affluence", family=family.pk, measure="count",
        direction="", year_rule="mean", frequency="monthly", responsible_role="head_of_service",
        aliases="Visiteurs | Accueil | E5\n\nPassages",
    )  # fmt: skip
    indicator = Indicator.objects.get()
    assert response.redirect_chain == [(reverse("indicators:indicator", args=[indicator.code]), 302)]
    assert (indicator.owner, indicator.aliases) == (
        prefecture,
        [{"label": "Visiteurs", "family": "Accueil", "engagement": "E5"}, {"label": "Passages"}],
    )


def test_a_refused_indicator_shows_the_sentence_on_its_field(client, referent):
    indicator = IndicatorFactory()
    response = send(
        client, "indicator-edit", indicator.code, label="x", family=indicator.family_id, measure="rate", direction=">=",
        year_rule="sum", frequency="monthly", responsible_role="head_of_service",
        numerator_label="a", denominator_label="b",
    )  # fmt: skip
    assert response.context_data["form"].errors == {
        "year_rule": ["La somme de taux mensuels ne veut rien dire : choisissez une autre règle."]
    }


def test_aliases_come_back_in_the_form_as_they_were_typed(client, referent):
    aliases = [{"label": "Délai", "family": "Famille", "engagement": "E37", "target": "<4j", "after": "Taux"}]
    text = page(client, "indicator-edit", IndicatorFactory(aliases=aliases).code)
    assert "Délai | Famille | E37 | &lt;4j | Taux" in text


def test_a_target_is_typed_as_people_write_it(client, referent, prefecture):
    indicator = IndicatorFactory()
    send(
        client, "target-create", indicator.code, site=prefecture.pk, direction=">=", value="95 %",
        valid_from="2020-01-01", source="COPIL",
    )  # fmt: skip
    target = Target.objects.get()
    assert (target.site, target.value, target.valid_from, target.source) == (
        prefecture, Decimal("0.95"), date(2020, 1, 1), "COPIL",
    )  # fmt: skip
    send(client, "target-edit", target.pk, direction=">=", value="97,5 %", valid_from="2020-01-01", reason="Erreur")
    target.refresh_from_db()
    assert (target.value, target.history.first().history_change_reason) == (Decimal("0.975"), "Erreur")
    assert "95\u202f%" in page(client, "target-history", target.pk)
    assert "97,5\u202f%" in page(client, "target-remove", target.pk)
    send(client, "target-remove", target.pk, reason="Doublon")
    assert not Target.objects.exists()


def test_the_target_for_all_sites_is_out_of_reach_when_others_follow_the_indicator(client, referent):
    target = TargetFactory()
    AssignmentFactory(indicator=target.indicator, unit=PrefectureFactory())
    assert client.get(reverse("indicators:target-edit", args=[target.pk])).status_code == 403
    response = send(
        client, "target-create", target.indicator.code, direction=">=", value="95 %", valid_from="2030-01-01"
    )
    assert list(response.context_data["form"].errors) == ["site"]


def test_services_are_assigned_and_ended(client, referent, prefecture):
    service = ServiceFactory(parent=prefecture)
    indicator = IndicatorFactory()
    send(client, "assignment-create", indicator.code, units=[service.pk], valid_from="2020-01-01")
    row = Assignment.objects.get()
    assert (row.unit, row.site) == (service, prefecture)
    send(client, "assignment-edit", row.pk, valid_from="2020-01-01", valid_until="2021-12-31")
    row.refresh_from_db()
    assert row.valid_until == date(2021, 12, 31)
    assert "31/12/2021" in page(client, "assignment-history", row.pk)
    send(client, "assignment-remove", row.pk)
    assert not Assignment.objects.exists()


def test_only_services_within_ones_scope_can_be_assigned(client, prefecture):
    site = SousPrefectureFactory(parent=prefecture)
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    response = send(
        client, "assignment-create", IndicatorFactory().code, units=[prefecture.pk], valid_from="2020-01-01"
    )
    assert list(response.context_data["form"].errors) == ["units"]
    assert not Assignment.objects.exists()


def test_an_indicator_is_copied_stopped_and_resumed(client, referent, prefecture):
    indicator = IndicatorFactory(label="Appels")
    send(client, "indicator-copy", indicator.code, owner=prefecture.pk)
    copy = Indicator.objects.exclude(pk=indicator.pk).get()
    assert copy.owner == prefecture
    send(client, "indicator-stop", copy.code, reason="Plus demandé")
    copy.refresh_from_db()
    assert copy.is_active is False
    assert "Cet indicateur n’est plus suivi" in page(client, "indicator", copy.code)
    send(client, "indicator-resume", copy.code)
    assert "Plus demandé" in page(client, "indicator-history", copy.code)
    copy.refresh_from_db()
    assert copy.is_active is True
