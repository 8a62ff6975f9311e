"""Entering a cell, writing many, and what a second person or a closed month meets."""

from decimal import Decimal

import pytest

from core.base.errors import Conflict, UserError
from indicators.enums import CampaignState
from indicators.models import Reading, Value
from indicators.services import values
from indicators.services.values import EntryCell, Figure, NeedsConfirmation
from tests.indicators.factories import AssignmentFactory, CampaignFactory, IndicatorFactory
from tests.organisations.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return AssignmentFactory()


def cell_of(assignment, month=1, year=2020):
    return EntryCell(assignment.indicator, assignment.unit_id, assignment.site_id, year, month)


def enter(assignment, figure, month=1, **options):
    return values.enter(cell_of(assignment, month), figure, by=options.pop("by", None), **options)


def reading_of(assignment):
    return Reading.objects.get(indicator=assignment.indicator, site=assignment.site, year=2020)


def test_counts_give_the_rate_and_the_reading_follows_at_once(assignment):
    enter(assignment, Figure(numerator=9, denominator=10))
    enter(assignment, Figure(numerator=90, denominator=90), month=2)
    reading = reading_of(assignment)
    assert (reading.value, reading.mean, reading.measured_months) == (Decimal("0.99"), Decimal("0.95"), 2)


def test_a_state_takes_a_reason_and_carries_no_figure(assignment):
    with pytest.raises(UserError, match="Donnez la raison"):
        enter(assignment, Figure(state="closed"))
    value = enter(assignment, Figure(state="closed", reason="travaux", value=Decimal("0.5"), numerator=1))
    assert (value.state, value.value, value.numerator, value.reason) == ("closed", None, None, "travaux")


def test_no_case_needs_no_reason(assignment):
    assert enter(assignment, Figure(state="no_case")).state == "no_case"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(), "Saisissez une valeur, ou choisissez un état"),
        (Figure(numerator=3), "Donnez les deux effectifs"),
        (Figure(numerator=0, denominator=0), "dénominateur est 0"),
        (Figure(value=Decimal("98.7")), "vouliez-vous écrire"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_and_nothing_is_written(assignment, figure, words):
    with pytest.raises(UserError, match=words):
        enter(assignment, figure)
    assert Value.objects.count() == 0


def test_a_figure_out_of_character_is_kept_only_once_confirmed(assignment):
    enter(assignment, Figure(value=Decimal("0.98")))
    with pytest.raises(NeedsConfirmation) as asked:
        enter(assignment, Figure(value=Decimal(0)), month=2)
    assert len(asked.value.questions) == 1
    assert enter(assignment, Figure(value=Decimal(0)), month=2, confirmed=True).value == 0


def test_the_second_person_sees_both_versions_and_nothing_is_lost(assignment):
    first = enter(assignment, Figure(value=Decimal("0.9")), version=0)
    with pytest.raises(Conflict) as conflict:
        enter(assignment, Figure(value=Decimal("0.8")), version=0)
    assert (conflict.value.current, conflict.value.submitted.value) == (first, Decimal("0.8"))
    first.refresh_from_db()
    assert (first.value, first.version) == (Decimal("0.9"), 1)
    assert enter(assignment, Figure(value=Decimal("0.8")), version=1).version == 2


def test_typing_the_same_figure_again_writes_nothing(assignment):
    enter(assignment, Figure(value=Decimal("0.9")))
    value = enter(assignment, Figure(value=Decimal("0.9")))
    assert (value.version, Value.history.count()) == (1, 1)


def test_history_keeps_the_author_the_reason_and_the_old_value(assignment):
    author = UserFactory()
    CampaignFactory(site=assignment.site, state=CampaignState.CLOSED)
    enter(assignment, Figure(value=Decimal("0.9")), by=author, amendment_reason="erreur de frappe")
    row = Value.history.get()
    assert (row.history_user, row.history_change_reason, row.value, row.is_amendment) == (
        author,
        "erreur de frappe",
        Decimal("0.9"),
        True,
    )


def test_a_closed_month_asks_the_reason_of_the_correction(assignment):
    CampaignFactory(site=assignment.site, state=CampaignState.CLOSED)
    with pytest.raises(UserError, match="Le mois 01/2020 est clos"):
        enter(assignment, Figure(value=Decimal("0.9")))
    assert Value.objects.count() == 0


def test_a_service_cannot_enter_what_is_not_its_own(assignment):
    other = AssignmentFactory(indicator=IndicatorFactory())
    cell = EntryCell(other.indicator, assignment.unit_id, assignment.site_id, 2020, 1)
    with pytest.raises(UserError, match="n’est pas saisi par ce service"):
        values.enter(cell, Figure(value=Decimal("0.9")), by=None)


def test_writing_many_tells_created_changed_and_unchanged_and_writes_history(assignment):
    changes = [(cell_of(assignment, month), Figure(value=Decimal("0.9"))) for month in (1, 2, 3)]
    first = values.write_many(changes, by=None, reason="import", source="imported")
    changes[0] = (changes[0][0], Figure(value=Decimal("0.8")))
    second = values.write_many(changes, by=None, reason="import", source="imported")
    assert (first.created, first.changed, first.unchanged) == (3, 0, 0)
    assert (second.created, second.changed, second.unchanged) == (0, 1, 2)
    assert Value.history.count() == 4
    assert reading_of(assignment).measured_months == 3


def test_writing_many_into_a_closed_month_names_it_and_writes_nothing(assignment):
    CampaignFactory(site=assignment.site, month=2, state=CampaignState.CLOSED)
    changes = [(cell_of(assignment, month), Figure(value=Decimal("0.9"))) for month in (1, 2)]
    with pytest.raises(UserError, match="Ces mois sont clos : 02/2020"):
        values.write_many(changes, by=None, reason="import", source="imported")
    assert (Value.objects.count(), Reading.objects.count()) == (0, 0)


def test_one_saved_cell_takes_the_same_queries_whatever_the_year_holds(assignment, django_assert_num_queries):
    enter(assignment, Figure(value=Decimal("0.9")))
    with django_assert_num_queries(20):
        enter(assignment, Figure(value=Decimal("0.91")), version=1)
    for month in range(2, 13):
        enter(assignment, Figure(value=Decimal("0.9")), month=month)
    with django_assert_num_queries(20):
        enter(assignment, Figure(value=Decimal("0.92")), version=2)
