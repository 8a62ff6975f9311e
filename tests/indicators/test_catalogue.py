"""Catalogue, targets and assignments: who may change what, what is refused, and readings that follow."""

from datetime import date
from decimal import Decimal

import pytest

from core.base.errors import UserError
from indicators.enums import Measure, YearRule
from indicators.models import Assignment, Indicator, Reading, Target
from indicators.scope import decides
from indicators.services import assignments, catalogue, catalogue_rights, readings, targets
from organisations.enums import Role
from tests.indicators.factories import AssignmentFactory, FamilyFactory, IndicatorFactory, TargetFactory, ValueFactory
from tests.organisations.factories import (
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UnitFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
JANUARY = date(2020, 1, 1)


def refusal(call, **kwargs) -> tuple[str, str | None]:
    with pytest.raises(UserError) as refused:
        call(**kwargs)
    return refused.value.message, refused.value.field


# Who may change an indicator


def test_the_referent_of_the_only_prefecture_edits_the_common_catalogue():
    prefecture = PrefectureFactory()
    AssignmentFactory(unit=SousPrefectureFactory(parent=prefecture))
    referent = user_with(Role.QUALITY_REFERENT, prefecture)
    assert decides(referent, Indicator.objects.get())
    assert catalogue_rights.may_edit_everything(referent)


def test_a_common_indicator_that_another_prefecture_follows_is_not_ones_to_change():
    prefecture, other = PrefectureFactory(), PrefectureFactory()
    referent = user_with(Role.QUALITY_REFERENT, prefecture)
    indicator = AssignmentFactory(unit=prefecture).indicator
    assert decides(referent, indicator)
    AssignmentFactory(indicator=indicator, unit=other)
    assert not decides(referent, indicator)
    assert not catalogue_rights.may_edit_everything(referent)


def test_past_readings_elsewhere_forbid_as_well():
    referent = user_with(Role.QUALITY_REFERENT, PrefectureFactory())
    value = ValueFactory(unit=PrefectureFactory())
    readings.refresh(value.indicator_id, value.site_id, 2020)
    assert not decides(referent, value.indicator)


def test_the_referent_of_a_sous_prefecture_edits_only_its_own_indicators():
    site = SousPrefectureFactory()
    referent = user_with(Role.QUALITY_REFERENT, site)
    assert not decides(referent, IndicatorFactory())
    assert decides(referent, IndicatorFactory(owner=site))
    assert not decides(referent, IndicatorFactory(owner=site.parent))


def test_a_head_of_service_sees_the_indicator_of_the_prefecture_that_is_asked_of_the_service():
    service = ServiceFactory()
    chief = user_with(Role.HEAD_OF_SERVICE, service)
    indicator = IndicatorFactory(owner=service.parent.parent)
    target = TargetFactory(indicator=indicator, site=service.site)
    assert not Indicator.objects.visible_to(chief).filter(pk=indicator.pk).exists()
    assert not Target.objects.visible_to(chief).exists()
    AssignmentFactory(indicator=indicator, unit=service)
    assert list(Indicator.objects.visible_to(chief)) == [indicator]
    assert list(Target.objects.visible_to(chief)) == [target]


# Indicators


def new(**fields):
    given = {"owner": None, "label": "Délai moyen d’accueil", "measure": Measure.DAYS, "year_rule": YearRule.MEAN}
    return given | fields | {"by": None}


def test_a_new_indicator_gets_a_code_of_its_label_and_owner():
    family, owner = FamilyFactory(), PrefectureFactory(code="13")
    codes = [catalogue.create(**new(family=family, owner=who)).code for who in (None, None, owner, owner)]
    assert codes == [
        "delai-moyen-daccueil", "delai-moyen-daccueil-2", "delai-moyen-daccueil-13", "delai-moyen-daccueil-13-2",
    ]  # fmt: skip
    assert list(Indicator.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"numerator_label": "Appels aboutis"},
            ("Donnez le numérateur et le dénominateur, ou aucun des deux.", "denominator_label"),
        ),
        (
            {"denominator_label": "Appels"},
            ("Donnez le numérateur et le dénominateur, ou aucun des deux.", "numerator_label"),
        ),
        (
            {"measure": Measure.COUNT, "numerator_label": "a", "denominator_label": "b"},
            ("Un nombre se saisit tel quel, sans numérateur ni dénominateur.", "numerator_label"),
        ),
        (
            {"measure": Measure.RATE, "year_rule": YearRule.SUM},
            ("La somme de taux mensuels ne veut rien dire : choisissez une autre règle.", "year_rule"),
        ),
        (
            {"measure": Measure.COUNT, "year_rule": YearRule.WEIGHTED},
            ("La lecture pondérée demande un numérateur et un dénominateur.", "year_rule"),
        ),
    ],
)
def test_an_indicator_that_cannot_be_counted_is_refused(fields, expected):
    assert refusal(catalogue.create, **new(family=FamilyFactory(), **fields)) == expected
    assert not Indicator.objects.exists()


def test_editing_the_rule_recomputes_the_readings_and_keeps_who_and_why():
    person = UserFactory()
    first = ValueFactory(value=Decimal("0.5"), numerator=1, denominator=2)
    ValueFactory(indicator=first.indicator, unit=first.unit, month=2, value=Decimal("1"), numerator=8, denominator=8)
    readings.refresh(first.indicator_id, first.site_id, 2020)
    assert Reading.objects.get().value == Decimal("0.9")
    catalogue.edit(first.indicator, by=person, reason="COPIL", year_rule=YearRule.MEAN)
    assert Reading.objects.get().value == Decimal("0.75")
    last = first.indicator.history.first()
    assert (last.history_user, last.history_change_reason) == (person, "COPIL")


def test_the_unit_of_measure_cannot_change_once_there_are_values():
    indicator = ValueFactory().indicator
    assert refusal(catalogue.edit, indicator=indicator, by=None, measure=Measure.DAYS) == (
        "Des valeurs sont déjà saisies dans cette unité : créez plutôt un autre indicateur.",
        "measure",
    )


def test_a_copy_takes_the_settings_and_the_targets_for_all_but_neither_services_nor_targets_of_sites():
    site = SousPrefectureFactory(code="13-aix")
    original = IndicatorFactory(label="Appels", definition="Définition", aliases=[{"label": "Appels reçus"}])
    AssignmentFactory(indicator=original)
    TargetFactory(indicator=original, value=Decimal("0.9"), source="Ministère")
    TargetFactory(indicator=original, site=SousPrefectureFactory(), value=Decimal("0.8"))
    made = catalogue.copy(original, owner=site, by=None)
    assert (made.code, made.owner, made.definition, made.alias_labels) == (
        "appels-13-aix", site, "Définition", ("Appels reçus",),
    )  # fmt: skip
    assert list(made.targets.values_list("site", "value", "source")) == [(None, Decimal("0.9"), "Ministère")]
    assert not made.assignments.exists()
    assert original.targets.count() == 2


def test_an_indicator_stops_and_resumes_being_followed_once():
    indicator = IndicatorFactory()
    assert catalogue.stop(indicator, by=None, reason="Plus demandé").is_active is False
    assert refusal(catalogue.stop, indicator=indicator, by=None)[0] == "Cet indicateur n’est déjà plus suivi."
    assert catalogue.resume(indicator, by=None).is_active is True
    assert refusal(catalogue.resume, indicator=indicator, by=None)[0] == "Cet indicateur est déjà suivi."


# Targets


def add_target(indicator, valid_from, valid_until=None, *, site=None, value="0.9", by=None):
    return targets.add(
        indicator,
        site=site,
        direction=">=",
        value=Decimal(value),
        valid_from=valid_from,
        valid_until=valid_until,
        by=by,
    )


def dates(indicator) -> list[tuple]:
    return list(indicator.targets.order_by("valid_from").values_list("valid_from", "valid_until"))


def test_a_new_target_ends_the_one_before_on_the_eve():
    indicator = IndicatorFactory()
    add_target(indicator, JANUARY)
    add_target(indicator, date(2022, 1, 1))
    assert dates(indicator) == [(JANUARY, date(2021, 12, 31)), (date(2022, 1, 1), None)]


def test_the_target_of_a_site_leaves_the_target_for_all_alone():
    indicator = IndicatorFactory()
    add_target(indicator, JANUARY)
    add_target(indicator, date(2022, 1, 1), site=PrefectureFactory())
    assert dates(indicator) == [(JANUARY, None), (date(2022, 1, 1), None)]


@pytest.mark.parametrize(
    ("existing", "added", "expected"),
    [
        (
            (JANUARY, date(2021, 12, 31)),
            (date(2021, 6, 1), None),
            ("Une autre cible court déjà du 01/01/2020 jusqu’au 31/12/2021.", "valid_from"),
        ),
        (
            (date(2022, 1, 1), None),
            (JANUARY, None),
            ("Une autre cible commence le 01/01/2022 : donnez à celle-ci une fin avant ce jour.", "valid_until"),
        ),
        (
            (JANUARY, None),
            (JANUARY, None),
            ("Une autre cible court déjà du 01/01/2020 jusqu’à nouvel ordre.", "valid_from"),
        ),
        (
            (date(2030, 1, 1), None),
            (JANUARY, date(2019, 1, 1)),
            ("La fin ne peut pas précéder le début.", "valid_until"),
        ),
    ],
)
def test_overlapping_targets_are_refused_and_nothing_is_written(existing, added, expected):
    indicator = IndicatorFactory()
    add_target(indicator, *existing)
    before = dates(indicator)
    with pytest.raises(UserError) as refused:
        add_target(indicator, *added)
    assert (refused.value.message, refused.value.field) == expected
    assert dates(indicator) == before


def test_a_target_before_the_next_one_is_accepted_with_an_end():
    indicator = IndicatorFactory()
    add_target(indicator, date(2022, 1, 1))
    add_target(indicator, JANUARY, date(2021, 12, 31))
    assert dates(indicator) == [(JANUARY, date(2021, 12, 31)), (date(2022, 1, 1), None)]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("1.01", "Un taux ne peut pas dépasser 100\u202f%."), ("-0.1", "Une cible ne peut pas être négative.")],
)
def test_an_impossible_target_is_refused(value, sentence):
    with pytest.raises(UserError, match=sentence):
        add_target(IndicatorFactory(), JANUARY, value=value)


def test_a_target_is_for_a_site_not_for_a_service():
    with pytest.raises(UserError, match="Une cible se fixe pour une préfecture ou une sous-préfecture"):
        add_target(IndicatorFactory(), JANUARY, site=ServiceFactory())


def test_readings_follow_the_target_when_it_is_added_changed_and_removed():
    value = ValueFactory(value=Decimal("0.95"))
    indicator = value.indicator
    readings.refresh(indicator.pk, value.site_id, 2020)

    def seen():
        reading = Reading.objects.get()
        return reading.target_value, reading.target_met

    assert seen() == (None, None)
    target = add_target(indicator, JANUARY, value="0.97")
    assert seen() == (Decimal("0.97"), False)
    targets.edit(target, by=None, value=Decimal("0.9"))
    assert seen() == (Decimal("0.9"), True)
    own = add_target(indicator, JANUARY, site=value.site, value="0.99")
    assert seen() == (Decimal("0.99"), False)
    targets.remove(own, by=None, reason="Erreur")
    assert seen() == (Decimal("0.9"), True)


# Assignments


def test_several_services_share_an_indicator_each_at_its_own_site():
    site = SousPrefectureFactory()
    units = [UnitFactory(parent=site), UnitFactory(parent=site), ServiceFactory()]
    rows = assignments.assign(IndicatorFactory(), units=units, valid_from=JANUARY, by=None)
    assert [row.site for row in rows] == [site, site, units[2].parent]


def test_assigning_makes_the_reading_of_the_current_year(time_machine):
    time_machine.move_to("2026-03-01")
    unit = ServiceFactory()
    assignments.assign(IndicatorFactory(), units=[unit], valid_from=JANUARY, by=None)
    assert list(Reading.objects.values_list("site", "year", "measured_months")) == [(unit.parent_id, 2026, 0)]


def test_the_same_service_is_not_assigned_twice_on_the_same_days():
    row = AssignmentFactory(unit=ServiceFactory(name="Accueil"), valid_from=JANUARY)
    assert refusal(
        assignments.assign, indicator=row.indicator, units=[row.unit], valid_from=date(2022, 1, 1), by=None
    ) == ("« Accueil » saisit déjà cet indicateur depuis le 01/01/2020.", "units")


def test_a_service_may_come_back_after_an_end():
    row = AssignmentFactory(valid_from=JANUARY, valid_until=date(2020, 12, 31))
    assignments.assign(row.indicator, units=[row.unit], valid_from=date(2022, 1, 1), by=None)
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        (lambda: [], "Choisissez au moins un service."),
        (lambda: [UnitFactory(name="Ailleurs")], "« Ailleurs » ne dépend d’aucune préfecture ni sous-préfecture."),
    ],
)
def test_an_assignment_to_nobody_or_out_of_any_site_is_refused(units, sentence):
    assert refusal(assignments.assign, indicator=IndicatorFactory(), units=units(), valid_from=JANUARY, by=None) == (
        sentence,
        "units",
    )


def test_an_indicator_no_longer_followed_is_not_assigned():
    indicator = IndicatorFactory(is_active=False)
    message, _ = refusal(assignments.assign, indicator=indicator, units=[ServiceFactory()], valid_from=JANUARY, by=None)
    assert message == "Cet indicateur n’est plus suivi : reprenez d’abord son suivi."


def test_an_assignment_cannot_end_before_its_last_value():
    row = AssignmentFactory(valid_from=JANUARY)
    ValueFactory(indicator=row.indicator, unit=row.unit, year=2021, month=5)
    assert refusal(
        assignments.change_dates, assignment=row, valid_from=JANUARY, valid_until=date(2021, 4, 30), by=None
    ) == ("Ce service a saisi une valeur pour 05/2021 : la fin ne peut pas venir avant.", "valid_until")
    assignments.change_dates(row, valid_from=JANUARY, valid_until=date(2021, 5, 31), by=None)
    assert Assignment.objects.get().valid_until == date(2021, 5, 31)


def test_an_assignment_with_values_is_ended_not_removed():
    row = AssignmentFactory(valid_from=JANUARY)
    ValueFactory(indicator=row.indicator, unit=row.unit)
    assert refusal(assignments.remove, assignment=row, by=None)[0] == (
        "Ce service a déjà saisi des valeurs : donnez plutôt une fin à l’affectation."
    )


def test_an_assignment_made_by_mistake_is_removed_and_its_history_stays():
    row = AssignmentFactory(valid_from=JANUARY)
    assignments.remove(row, by=None, reason="Erreur")
    assert not Assignment.objects.exists()
    assert Assignment.history.first().history_change_reason == "Erreur"
