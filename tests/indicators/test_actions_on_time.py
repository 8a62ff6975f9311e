"""« Actions réalisées à l’échéance »: what counts, what is on time, what is left out and told."""

from datetime import date

import pytest
from django.core.management import call_command

from actions.enums import Status
from indicators import actions_on_time
from indicators.collectors import Measured, collectors
from indicators.models import Indicator, Value
from indicators.services import collecting
from organisations.models import Unit
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.indicators.factories import CampaignFactory
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db
DUE = date(2020, 1, 31)


@pytest.fixture
def finding():
    return FindingFactory()


@pytest.fixture
def site(finding) -> Unit:
    return finding.plan.site


def due(finding, *, status=Status.DONE, done_on=None, latest=DUE, **fields):
    return ActionFactory(finding=finding, status=status, done_on=done_on, deadline_latest=latest, **fields)


@pytest.mark.parametrize(
    ("status", "done_on", "counted", "on_time"),
    [
        (Status.DONE, date(2019, 12, 1), True, True),
        (Status.DONE, DUE, True, True),
        (Status.DONE, date(2020, 2, 1), True, False),
        (Status.DONE, None, False, None),
        (Status.TODO, None, True, False),
        (Status.ONGOING, None, True, False),
        (Status.POSTPONED, None, True, False),
        (Status.ABANDONED, None, False, None),
    ],
)
def test_what_counts_and_what_is_on_time(finding, site, status, done_on, counted, on_time):
    due(finding, status=status, done_on=done_on)
    expected = Measured(numerator=int(on_time), denominator=1) if counted else None
    assert actions_on_time.compute(site, 2020, 1) == expected


def test_only_the_deadlines_of_the_month_and_of_the_site_count(finding, site):
    due(finding, done_on=DUE)
    due(finding, status=Status.TODO)
    for latest in (date(2020, 2, 1), date(2019, 12, 31), date(2019, 1, 15), None):
        due(finding, status=Status.TODO, latest=latest)
    due(FindingFactory(), status=Status.TODO)
    assert actions_on_time.compute(site, 2020, 1) == Measured(numerator=1, denominator=2)
    assert actions_on_time.compute(site, 2020, 3) is None


def test_twins_count_once(finding, site):
    leader = due(finding, done_on=DUE)
    due(finding, done_on=DUE, merged_into=leader)
    assert actions_on_time.compute(site, 2020, 1) == Measured(numerator=1, denominator=1)


def test_a_site_without_a_plan_is_not_concerned(site):
    assert actions_on_time.concerns(site)
    assert not actions_on_time.concerns(SousPrefectureFactory())


def test_the_rows_say_what_became_of_each_action(finding, site, django_assert_num_queries):
    due(finding, done_on=DUE, text="Former les agents")
    due(finding, status=Status.TODO, latest=date(2020, 3, 1), text="")
    due(finding, done_on=None, latest=date(2020, 3, 2), text="Afficher")
    due(finding, status=Status.ABANDONED, latest=date(2020, 3, 3), text="Peindre")
    with django_assert_num_queries(1):
        cases = actions_on_time.cases(site, 2020)
    assert [(c.month, c.label, c.why, c.is_counted, c.is_favourable) for c in cases] == [
        (1, "Former les agents", "réalisée le 31/01/2020, pour une échéance au 31/01/2020", True, True),
        (3, "Enquêtes mystères à programmer", "non réalisée, pour une échéance au 01/03/2020", True, False),
        (3, "Afficher", "réalisée un jour inconnu, pour une échéance au 02/03/2020", False, False),
        (3, "Peindre", "abandonnée, pour une échéance au 03/03/2020", False, False),
    ]


def test_the_shipped_catalogue_has_the_indicator_and_its_collector(site):
    for name in ("qual-e-pref", "qualipref-2-0"):
        call_command("load_referential", f"referential/data/{name}.json", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    indicator = Indicator.objects.exclude(collector="").get(code="actions-a-l-echeance")
    assert collectors.get(indicator.collector).compute is actions_on_time.compute
    due(FindingFactory(plan=PlanFactory(site=site)), done_on=DUE)
    collecting.collect(CampaignFactory(site=site), by=None)
    assert list(Value.objects.values_list("indicator__code", "numerator", "denominator")) == [
        ("actions-a-l-echeance", 1, 1)
    ]
