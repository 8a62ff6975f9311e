"""Factories of units, people and their roles.

`user_with(Role.MANAGEMENT, unit)` gives a person with one role in force since 2015; `force_login` is enough in tests.
"""

from datetime import date

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, FileField

from organisations.enums import Role, UnitKind
from organisations.models import ClosedDay, ClosedDayImport, DirectoryImport, Membership, Unit, User
from tests.core.factories import HolidayZoneFactory

LONG_AGO = date(2015, 1, 1)
PASSWORD = "un-mot-de-passe-de-test"  # `UserFactory(password=PASSWORD)` where a test really signs in


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


class ClosedDayImportFactory(DjangoModelFactory):
    class Meta:
        model = ClosedDayImport

    site = SubFactory(PrefectureFactory)
    name = "fermetures.csv"
    file = FileField(filename="fermetures.csv", data=b"Jour;Raison")
    digest = "0" * 64


class DirectoryImportFactory(DjangoModelFactory):
    class Meta:
        model = DirectoryImport

    site = SubFactory(PrefectureFactory)
    name = "services.csv"
    file = FileField(filename="services.csv", data=b"Service;Courriel")
    digest = "0" * 64


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
