"""One factory per model, without surprises: what a test does not say is the plainest valid value.

`user_with(Role.MANAGEMENT, unit)` gives a person with one role in force since 2015; `force_login` is enough in tests.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.enums import JobState
from core.models import Holiday, HolidayZone, Job, Notice
from indicators.enums import Direction, Measure, ValueState, YearRule
from indicators.models import (
    Assignment,
    Campaign,
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
from organisations.enums import Role, UnitKind
from organisations.models import ClosedDay, Membership, Unit, User
from referential.models import Correspondence, Engagement, Module, Perimeter, Referential
from reports.models import AnnualReport, Chapter, Edition

LONG_AGO = date(2015, 1, 1)
PASSWORD = "un-mot-de-passe-de-test"  # `UserFactory(password=PASSWORD)` where a test really signs in


class HolidayZoneFactory(DjangoModelFactory):
    class Meta:
        model = HolidayZone
        django_get_or_create = ("code",)

    code = "metropole"
    name = "Métropole"


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    zone = SubFactory(HolidayZoneFactory)
    date = date(2020, 5, 1)
    label = "Fête du Travail"


class UnitFactory(DjangoModelFactory):
    """A service, child of nothing unless a parent is given."""

    class Meta:
        model = Unit

    code = Sequence(lambda n: f"unite-{n}")
    name = Sequence(lambda n: f"Service {n}")
    kind = UnitKind.SERVICE
    parent = None


class PrefectureFactory(UnitFactory):
    code = Sequence(lambda n: f"pref-{n}")
    name = Sequence(lambda n: f"Préfecture {n}")
    kind = UnitKind.PREFECTURE
    holiday_zone = SubFactory(HolidayZoneFactory)


class SousPrefectureFactory(UnitFactory):
    code = Sequence(lambda n: f"sp-{n}")
    name = Sequence(lambda n: f"Sous-préfecture {n}")
    kind = UnitKind.SOUS_PREFECTURE
    holiday_zone = SubFactory(HolidayZoneFactory)
    parent = SubFactory(PrefectureFactory)


class ServiceFactory(UnitFactory):
    """A service of a sous-préfecture of a préfecture."""

    parent = SubFactory(SousPrefectureFactory)


class ClosedDayFactory(DjangoModelFactory):
    class Meta:
        model = ClosedDay

    site = SubFactory(PrefectureFactory)
    date = date(2020, 5, 22)
    label = "Pont de l’Ascension"


class UserFactory(DjangoModelFactory):
    """A person without any role, and without a usable password unless one is given."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"personne-{n}@example.invalid")
    first_name = "Claude"
    last_name = Sequence(lambda n: f"Martin {n}")

    @classmethod
    def _create(cls, model_class, *args, password=None, **kwargs):
        return model_class.objects.create_user(*args, password=password, **kwargs)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    unit = SubFactory(ServiceFactory)
    role = Role.HEAD_OF_SERVICE
    valid_from = LONG_AGO
    valid_until = LazyAttribute(lambda o: date(2099, 12, 31) if o.role == Role.AUDITOR else None)


def user_with(role: Role, unit: Unit, **fields) -> User:
    """A person with one role in one unit, in force."""
    user = UserFactory(**fields)
    MembershipFactory(user=user, unit=unit, role=role)
    return user


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "test"
    label = "Un travail"
    state = JobState.QUEUED


class DoneJobFactory(JobFactory):
    """A job that produced a file."""

    label = "Bilan"
    state = JobState.DONE
    ended_at = datetime(2021, 1, 15, 9, tzinfo=UTC)
    result_file = factory.django.FileField(filename="bilan.pdf", data=b"%PDF-1.7")
    result_name = "bilan.pdf"


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    kind = "test"
    recipient = "personne@example.invalid"
    sent_on = date(2020, 1, 2)
    subject = "Objet"
    body = "Texte"


class ReferentialFactory(DjangoModelFactory):
    class Meta:
        model = Referential

    code = Sequence(lambda n: f"referentiel-{n}")
    name = Sequence(lambda n: f"Référentiel {n}")
    in_force_from = LONG_AGO


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    referential = SubFactory(ReferentialFactory)
    code = Sequence(str)
    title = "Accueil physique"


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    module = SubFactory(ModuleFactory)
    code = Sequence(lambda n: f"{n}.1")
    title = "Nous répondons à vos appels"


class CorrespondenceFactory(DjangoModelFactory):
    class Meta:
        model = Correspondence

    old = SubFactory(EngagementFactory)
    new = SubFactory(EngagementFactory)


class PerimeterFactory(DjangoModelFactory):
    class Meta:
        model = Perimeter

    site = SubFactory(PrefectureFactory)
    module = SubFactory(ModuleFactory)
    valid_from = LONG_AGO


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


class AnnualReportFactory(DjangoModelFactory):
    class Meta:
        model = AnnualReport

    site = SubFactory(SousPrefectureFactory)
    year = 2020


class ChapterFactory(DjangoModelFactory):
    class Meta:
        model = Chapter

    report = SubFactory(AnnualReportFactory)
    title = "Le mot du référent"


class EditionFactory(DjangoModelFactory):
    """A rendered report, with the job that made it."""

    class Meta:
        model = Edition

    report = SubFactory(AnnualReportFactory)
    number = 1
    job = SubFactory(DoneJobFactory)
    pages = 12
