"""Automatic figures: written into open months, never over what a person typed, told row by row."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.base.errors import UserError
from indicators import collectors, tasks
from indicators.collectors import Case, Collector, Measured
from indicators.enums import CampaignState, Frequency, Source, ValueState
from indicators.models import Campaign, Indicator, Reading, Value
from indicators.services import campaigns, catalogue, collecting, readings, values
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.indicators.factories import AssignmentFactory, CampaignFactory, FamilyFactory, IndicatorFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 13


class Counter:
    """What an application knows: a figure by month, and the sites it is about."""

    def __init__(self):
        self.figures: dict[int, Measured] = {}
        self.is_concerned = True

    def compute(self, site, year, month):
        return self.figures.get(month)

    def cases(self, site, year):
        return [Case(1, "Une réclamation", "répondue en 3 jours", True, True), Case(1, "Une autre", "perdue", False)]

    def concerns(self, site):
        return self.is_concerned


@pytest.fixture
def counter(monkeypatch):
    """A collector named « comptage », known for the time of the test."""
    known = Counter()
    entry = Collector("counting", "Comptage", known.compute, known.cases, known.concerns)
    registry = collectors.Collectors("test")
    registry.register(entry)
    for module in ("indicators.services.collecting", "indicators.explanations", "indicators.views.catalogue"):
        monkeypatch.setattr(f"{module}.collectors", registry)
    return known


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def indicator(counter):
    return IndicatorFactory(code="comptage", label="Réponses dans les temps", collector="counting")


def written() -> list[tuple]:
    rows = Value.objects.order_by("indicator", "month")
    return [(row.month, row.state, row.numerator, row.denominator, row.value, row.source) for row in rows]


def test_a_computed_figure_is_written_for_the_site_with_its_counts(counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    done = collecting.collect(campaign, by=None)
    assert (done.created, done.changed, done.unchanged) == (1, 0, 0)
    assert written() == [(1, ValueState.MEASURED, 3, 4, Decimal("0.75"), Source.COLLECTED)]
    assert Value.objects.get().unit == campaign.site
    assert Reading.objects.get().value == Decimal("0.75")


def test_a_figure_without_counts_is_written_as_it_is(counter, indicator, campaign):
    counter.figures[1] = Measured(value=Decimal("0.5"))
    collecting.collect(campaign, by=None)
    assert written() == [(1, ValueState.MEASURED, None, None, Decimal("0.5"), Source.COLLECTED)]


def test_a_month_without_any_case_says_so_and_is_never_zero(indicator, campaign):
    collecting.collect(campaign, by=None)
    assert written() == [(1, ValueState.NO_CASE, None, None, None, Source.COLLECTED)]


def test_a_site_that_is_not_concerned_is_given_no_row(counter, indicator, campaign):
    counter.is_concerned = False
    collecting.collect(campaign, by=None)
    assert written() == []


def test_computing_again_writes_only_what_moved_and_keeps_the_history(counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    collecting.collect(campaign, by=None)
    assert collecting.collect(campaign, by=None).unchanged == 1
    counter.figures[1] = Measured(numerator=4, denominator=4)
    assert collecting.collect(campaign, by=None).changed == 1
    rows = Value.history.order_by("history_id")
    assert list(rows.values_list("numerator", "history_change_reason")) == [
        (3, "Calcul automatique"),
        (4, "Calcul automatique"),
    ]


@pytest.mark.parametrize("source", [Source.TYPED, Source.IMPORTED])
def test_what_a_person_typed_or_sent_is_never_replaced(counter, indicator, campaign, source):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    service = ServiceFactory(parent=campaign.site)
    ValueFactory(indicator=indicator, unit=service, value=Decimal("0.9"), source=source)
    assert collecting.collect(campaign, by=None).created == 0
    assert written() == [(1, ValueState.MEASURED, None, None, Decimal("0.9"), source)]


def test_a_computed_figure_corrected_by_a_person_is_theirs_from_then_on(counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    collecting.collect(campaign, by=None)
    AssignmentFactory(indicator=indicator, unit=campaign.site, site=campaign.site)
    cell = values.EntryCell(indicator, campaign.site_id, campaign.site_id, 2020, 1)
    values.enter(cell, values.Figure(numerator=4, denominator=4), by=None, confirmed=True)
    collecting.collect(campaign, by=None)
    assert written() == [(1, ValueState.MEASURED, 4, 4, Decimal(1), Source.TYPED)]


def test_an_erased_figure_is_computed_again(counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    ValueFactory(indicator=indicator, unit=campaign.site, site=campaign.site, state=ValueState.MISSING, value=None)
    collecting.collect(campaign, by=None)
    assert written() == [(1, ValueState.MEASURED, 3, 4, Decimal("0.75"), Source.COLLECTED)]


@pytest.mark.parametrize("state", [CampaignState.VALIDATED, CampaignState.CLOSED])
def test_a_month_already_read_does_not_move_by_itself(indicator, campaign, state):
    Campaign.objects.update(state=state)
    with pytest.raises(UserError, match="rouvrez d’abord ce mois"):
        collecting.collect(campaign, by=None)
    assert tasks.collect_figures() == 0
    assert written() == []


def test_only_what_is_due_followed_and_known_is_computed(counter, campaign):
    IndicatorFactory(collector="counting", frequency=Frequency.QUARTERLY)
    IndicatorFactory(collector="counting", is_active=False)
    IndicatorFactory(collector="nobody-knows")
    IndicatorFactory(collector="counting", owner=ServiceFactory())
    mine = IndicatorFactory(collector="counting", owner=campaign.site.parent)
    assert collecting.automatic(campaign.site, 2020, 1) == [mine]


def test_each_night_every_open_month_is_computed(counter, indicator, campaign):
    CampaignFactory(site=campaign.site, month=2)
    counter.figures = {1: Measured(numerator=1, denominator=1), 2: Measured(numerator=1, denominator=2)}
    assert tasks.collect_figures() == 2
    assert tasks.collect_figures() == 0
    assert [row[:2] for row in written()] == [(1, "measured"), (2, "measured")]


def test_a_month_in_error_stops_no_other(counter, indicator, campaign, caplog):
    other = CampaignFactory(month=2)
    counter.figures = {1: Measured(numerator=2, denominator=0), 2: Measured(numerator=1, denominator=2)}
    assert collecting.collect_open_months() == 1
    assert Value.objects.get().site == other.site
    assert f"automatic figures of campaign {campaign.pk} not computed" in caplog.text


def test_validating_a_month_computes_its_figures_a_last_time(counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    campaigns.validate(campaign, by=None)
    assert [row[2:4] for row in written()] == [(3, 4)]


# --- pages


@pytest.fixture
def referent(client, campaign):
    user = user_with(Role.QUALITY_REFERENT, campaign.site.parent)
    client.force_login(user)
    return user


def month_page(campaign) -> str:
    return reverse("indicators:campaign", args=[campaign.pk])


def recalculate(client, campaign) -> str:
    return client.post(reverse("indicators:campaign-collect", args=[campaign.pk]), follow=True).text


def test_the_month_tells_the_computed_figures_and_computes_them_on_demand(
    client, referent, counter, indicator, campaign
):
    assert "pas encore calculé" in client.get(month_page(campaign)).text
    counter.figures[1] = Measured(numerator=3, denominator=4)
    text = recalculate(client, campaign)
    assert "1 chiffre calculé de nouveau." in text
    assert "75\u202f% (3 sur 4)" in text
    assert "étaient à jour" in recalculate(client, campaign)
    assert Value.objects.get().entered_by == referent


def test_a_closed_month_offers_no_computing(client, referent, indicator, campaign):
    Campaign.objects.update(state=CampaignState.CLOSED)
    assert "Recalculer" not in client.get(month_page(campaign)).text
    assert "rouvrez d’abord ce mois" in recalculate(client, campaign)


def test_the_month_costs_the_same_with_one_and_three_computed_figures(client, referent, counter, indicator, campaign):
    first = query_count(client, month_page(campaign))
    IndicatorFactory.create_batch(2, collector="counting")
    assert (first, query_count(client, month_page(campaign))) == (PAGE_QUERIES, PAGE_QUERIES)


def test_why_tells_the_rows_counted_and_those_left_out(client, referent, counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=3, denominator=4)
    collecting.collect(campaign, by=None)
    text = client.get(reverse("indicators:why", args=["comptage", campaign.site.code, 2020])).text
    assert "2 lignes derrière ce chiffre" in text
    assert "✓ favorable\u202f: Une réclamation" in text
    assert '<span class="qp-muted">écartée</span>\u202f: Une autre <span class="qp-muted">(perdue)</span>' in text
    assert "Calcul automatique du" in text


def test_none_done_of_some_is_a_weighted_reading_and_says_its_counts(client, referent, counter, indicator, campaign):
    counter.figures[1] = Measured(numerator=0, denominator=2)
    collecting.collect(campaign, by=None)
    text = client.get(reverse("indicators:why", args=["comptage", campaign.site.code, 2020])).text
    assert "(0) / (2) = 0\u202f%" in text
    assert "0 sur 2" in text


def test_why_tells_no_row_of_a_month_that_is_not_computed(client, referent, counter, indicator, campaign):
    ValueFactory(indicator=indicator, unit=campaign.site, site=campaign.site, month=2)
    readings.refresh(indicator.pk, campaign.site_id, 2020)
    text = client.get(reverse("indicators:why", args=["comptage", campaign.site.code, 2020])).text
    assert "derrière ce chiffre" not in text


def test_the_file_of_an_indicator_says_that_it_is_computed(client, referent, indicator):
    text = client.get(reverse("indicators:indicator", args=["comptage"])).text
    assert "Calcul automatique : comptage" in text


def test_a_referent_chooses_what_computes_an_own_indicator(client, referent, campaign):
    site = campaign.site.parent
    fields = {
        "label": "À l’heure", "family": FamilyFactory().pk, "owner": site.pk, "measure": "rate", "direction": ">=",
        "year_rule": "weighted", "frequency": "monthly", "numerator_label": "Faites", "denominator_label": "Dues",
        "collector": "actions_on_time",
    }  # fmt: skip
    client.post(reverse("indicators:indicator-create"), fields)
    assert Indicator.objects.get().collector == "actions_on_time"
    assert catalogue.copy(Indicator.objects.get(), owner=site, by=referent).collector == ""


def test_the_same_code_twice_is_refused_and_the_choices_begin_with_nobody():
    registry = collectors.Collectors("test")
    registry.register(Collector("a", "Un calcul", lambda *_: None))
    with pytest.raises(ValueError, match="already taken"):
        registry.register(Collector("a", "Un autre", lambda *_: None))
    assert registry.choices() == [("", "Aucun : saisi par les services"), ("a", "Un calcul")]


def test_a_collector_concerns_every_site_and_tells_nothing_unless_it_says_so(campaign):
    plain = Collector("a", "Un calcul", lambda *_: None)
    assert (plain.concerns(campaign.site), list(plain.cases(campaign.site, 2020))) == (True, [])
