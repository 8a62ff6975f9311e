"""Units, accounts and roles of the demonstration."""

from datetime import date, timedelta

from django.conf import settings

from core.models import HolidayZone
from core.record import history
from demo.files import read_json
from organisations.enums import SITE_KINDS, Role
from organisations.models import Membership, Unit, User
from organisations.services import memberships
from organisations.services import units as unit_services
from referential.models import Module, Perimeter
from referential.services import perimeters

DOMAIN = "demo.invalid"
PASSWORD = settings.DEMO_PASSWORD
REASON = "Chargement de la démonstration"
SINCE = date(2020, 1, 1)
AUDIT_DAYS = 30
REFERENTIAL, MODULES = "qual-e-pref", ("1", "4")
SITES_OF_THE_LABEL = ("13", "13-aix")
LABEL_OF_AIX = date(2020, 2, 11)  # « Labellisation acquise le 11 février 2020 » (COPIL 2020 d’Aix-en-Provence)


def load_units(*, by) -> dict[str, Unit]:
    """The units by code; those already there are left as they are."""
    zone = HolidayZone.objects.get(code="metropole")
    units = {unit.code: unit for unit in Unit.objects.all()}
    for position, row in enumerate(read_json("units"), start=1):
        if row["code"] in units:
            continue
        parent = units[row["parent"]] if row["parent"] else None
        own_zone = zone if row["kind"] in SITE_KINDS else None
        place = {"parent": parent, "holiday_zone": own_zone, "active_from": SINCE, "position": position}
        units[row["code"]] = unit_services.create(**row | place, by=by, reason=REASON)
    return units


def load_people(units: dict[str, Unit], *, today: date) -> dict[str, User]:
    """One account per role, by the name before the @."""
    people = {}
    for row in read_json("people"):
        user = User.objects.filter(email=address(row["login"])).first()
        if user is None:
            user = User(email=address(row["login"]), first_name=row["first_name"], last_name=row["last_name"])
            user.set_password(PASSWORD)
            history.save(user, by=None, reason=REASON)
        for role, code in row["roles"]:
            give_role(user, Role(role), units[code], today=today)
        people[row["login"]] = user
    return people


def load_perimeters(units: dict[str, Unit], *, by: User) -> None:
    """The modules retained since the label of Aix: general reception, and relations with local authorities."""
    modules = Module.objects.filter(referential__code=REFERENTIAL, code__in=MODULES)
    for code in SITES_OF_THE_LABEL:
        if not Perimeter.objects.filter(site=units[code]).exists():
            perimeters.retain(site=units[code], modules=modules, valid_from=LABEL_OF_AIX, by=by, reason=REASON)


def give_role(user: User, role: Role, unit: Unit, *, today: date) -> None:
    """Give a role; the auditor's ends a month from now, and is renewed when the demonstration is loaded again."""
    until = today + timedelta(days=AUDIT_DAYS) if role == Role.AUDITOR else None
    membership = Membership.objects.filter(user=user, role=role, unit=unit).order_by("valid_until").last()
    if membership is None or (until and membership.valid_until < today):
        since = today if until else SINCE
        memberships.give(user, unit=unit, role=role, valid_from=since, valid_until=until, by=None, reason=REASON)


def address(login: str) -> str:
    return f"{login}@{DOMAIN}"


def accounts() -> list[tuple[str, str]]:
    """Address and roles of each account, to print when the demonstration starts."""
    return [
        (address(row["login"]), ", ".join(dict.fromkeys(Role(role).label for role, _ in row["roles"])))
        for row in read_json("people")
    ]
