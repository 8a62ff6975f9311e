"""Factories of the indicators, their values and what they expect of actions."""

from datetime import date
from decimal import Decimal

import factory
from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from indicators.enums import Direction, Measure, ValueState, YearRule
from indicators.models import (
    Assignment,
    Campaign,
    ExpectedEffect,
    Family,
    GridImport,
    Indicator,
    PastResult,
    Reading,
    RowMatch,
    Snapshot,
    Target,
    Value,
)
from tests.actions.factories import ActionFactory
from tests.organisations.factories import LONG_AGO, ServiceFactory, SousPrefectureFactory


class FamilyFactory(DjangoModelFactory):
    class Meta:
        model = Family

    code = Sequence(lambda n: f"famille-{n}")
    name = Sequence(lambda n: f"Famille {n}")


class IndicatorFactory(DjangoModelFactory):
    """A rate read from its counts, followed by all."""

    class Meta:
        model = Indicator

    code = Sequence(lambda n: f"indicateur-{n}")
    label = Sequence(lambda n: f"Taux d’appels aboutis {n}")
    family = SubFactory(FamilyFactory)
    measure = Measure.RATE
    direction = Direction.AT_LEAST
    year_rule = YearRule.WEIGHTED
    numerator_label = "appels aboutis"
    denominator_label = "appels reçus"


class AssignmentFactory(DjangoModelFactory):
    """An indicator entered by a service for its own site."""

    class Meta:
        model = Assignment

    indicator = SubFactory(IndicatorFactory)
    unit = SubFactory(ServiceFactory)
    site = LazyAttribute(lambda o: o.unit.site)
    valid_from = LONG_AGO


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    indicator = SubFactory(IndicatorFactory)
    direction = Direction.AT_LEAST
    value = Decimal("0.9")
    valid_from = LONG_AGO


class ValueFactory(DjangoModelFactory):
    """A measured rate of January 2020; give `state=` and `value=None` for the rest."""

    class Meta:
        model = Value

    indicator = SubFactory(IndicatorFactory)
    unit = SubFactory(ServiceFactory)
    site = LazyAttribute(lambda o: o.unit.site)
    year = 2020
    month = 1
    state = ValueState.MEASURED
    value = Decimal("0.95")


class ReadingFactory(DjangoModelFactory):
    class Meta:
        model = Reading

    indicator = SubFactory(IndicatorFactory)
    site = SubFactory(SousPrefectureFactory)
    year = 2020
    rule = YearRule.WEIGHTED
    value = Decimal("0.95")


class PastResultFactory(DjangoModelFactory):
    class Meta:
        model = PastResult

    indicator = SubFactory(IndicatorFactory)
    site = SubFactory(SousPrefectureFactory)
    year = 2019
    value = Decimal("0.97")


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    site = SubFactory(SousPrefectureFactory)
    year = 2020
    month = 1
    due_on = date(2020, 2, 10)


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    site = SubFactory(SousPrefectureFactory)
    year = 2020
    month = 12
    edition = 1
    payload = factory.LazyFunction(dict)
    digest = "0" * 64


class GridImportFactory(DjangoModelFactory):
    class Meta:
        model = GridImport

    site = SubFactory(SousPrefectureFactory)
    year = 2020
    name = "grille.xlsx"
    file = factory.django.FileField(filename="grille.xlsx", data=b"PK")
    digest = "0" * 64


class RowMatchFactory(DjangoModelFactory):
    class Meta:
        model = RowMatch

    site = SubFactory(SousPrefectureFactory)
    key = Sequence(lambda n: f"accueil telephonique|ligne {n}")
    indicator = SubFactory(IndicatorFactory)


class ExpectedEffectFactory(DjangoModelFactory):
    class Meta:
        model = ExpectedEffect

    action = SubFactory(ActionFactory)
    indicator = SubFactory(IndicatorFactory)
