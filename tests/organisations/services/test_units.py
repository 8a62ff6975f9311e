"""Units: create, edit, close."""

from datetime import date

import pytest

from core.base.errors import UserError
from organisations.enums import Role, UnitKind
from organisations.models import Unit, User
from organisations.services import units
from tests.core.factories import HolidayZoneFactory
from tests.organisations.factories import (
    ClosedDayFactory,
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def prefecture():
    return PrefectureFactory(code="13", name="Préfecture des Bouches-du-Rhône")


@pytest.fixture
def referent(prefecture):
    return user_with(Role.QUALITY_REFERENT, prefecture)


def create(parent, by, **values):
    defaults = {"code": "titres", "name": "Titres", "kind": UnitKind.SERVICE, "active_from": SINCE}
    return units.create(parent=parent, by=by, **defaults | values)


def again(user: User) -> User:
    """The same person at the next request, whose rights are worked out anew."""
    return User.objects.get(pk=user.pk)


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(UserError) as error:
        call()
    return error.value.message, error.value.field


def test_a_unit_is_created_with_its_author_and_reason(prefecture, referent):
    unit = create(prefecture, referent, reason="Nouvel organigramme")
    row = unit.history.get()
    assert (row.history_user, row.history_change_reason, row.name) == (referent, "Nouvel organigramme", "Titres")
    assert unit.site == prefecture


def test_a_code_is_used_once(prefecture, referent):
    create(prefecture, referent)
    assert refusal(lambda: create(prefecture, referent)) == (
        "Le code « titres » est déjà celui d’une autre unité.", "code",
    )  # fmt: skip
    assert Unit.objects.count() == 2


def test_a_site_needs_a_holiday_zone_and_only_a_site_has_one(prefecture, referent):
    kind = UnitKind.SOUS_PREFECTURE
    assert refusal(lambda: create(prefecture, referent, kind=kind)) == (
        "Un site a besoin d’une zone de jours fériés : les délais en dépendent.", "holiday_zone",
    )  # fmt: skip
    zone = HolidayZoneFactory()
    assert create(prefecture, referent, kind=kind, holiday_zone=zone).holiday_zone == zone
    assert refusal(lambda: create(prefecture, referent, code="autre", holiday_zone=zone))[1] == "holiday_zone"


def test_a_person_without_the_right_on_the_place_is_refused(prefecture, referent):
    elsewhere = PrefectureFactory(name="Préfecture de l’Isère")
    assert refusal(lambda: create(elsewhere, referent)) == (
        "Vous n’avez pas le droit de modifier les unités de « Préfecture de l’Isère ».", "parent",
    )  # fmt: skip
    assert refusal(lambda: create(None, referent, kind=UnitKind.PREFECTURE))[0] == (
        "Vous n’avez pas le droit de modifier les unités de la tête de l’arbre."
    )
    assert refusal(lambda: create(prefecture, user_with(Role.HEAD_OF_SERVICE, prefecture)))[1] == "parent"


def test_a_unit_moves_where_the_person_has_the_right_and_never_under_itself(prefecture, referent):
    service = create(prefecture, referent)
    referent = again(referent)
    below = create(service, referent, code="guichet")
    referent = again(referent)
    message, field = refusal(lambda: units.edit(service, parent=below, by=referent))
    assert (message, field) == ("Une unité ne peut pas être placée sous elle-même.", "parent")
    service.refresh_from_db()
    site = SousPrefectureFactory(parent=prefecture)
    referent = again(referent)
    assert units.edit(service, parent=site, by=referent).site == site
    elsewhere = PrefectureFactory()
    assert refusal(lambda: units.edit(service, parent=elsewhere, by=referent))[1] == "parent"


def test_changing_a_kind_must_suit_the_units_below_and_the_closed_days(prefecture):
    site = SousPrefectureFactory(parent=prefecture)
    ServiceFactory(parent=site, name="Accueil")
    message, field = refusal(lambda: units.edit(site, kind=UnitKind.BUREAU, holiday_zone=None, by=None))
    assert field == "kind"
    assert message.startswith("« Accueil » est sous cette unité.")
    other = SousPrefectureFactory(parent=prefecture)
    ClosedDayFactory(site=other)
    assert refusal(lambda: units.edit(other, kind=UnitKind.SERVICE, holiday_zone=None, by=None)) == (
        "Cette unité a des jours de fermeture : elle doit rester un site.", "kind",
    )  # fmt: skip


def test_a_unit_with_running_roles_is_not_closed_before_their_end(prefecture, referent):
    service = create(prefecture, referent)
    referent = again(referent)
    chef = UserFactory(first_name="Ada", last_name="Petit")
    membership = MembershipFactory(unit=service, user=chef)
    assert refusal(lambda: units.close(service, on=date(2026, 6, 30), by=referent))[0] == (
        "Ces personnes ont encore un rôle ici après le 30/06/2026 : Ada Petit (chef de service). Mettez-y fin d’abord."
    )
    membership.valid_until = date(2026, 6, 30)
    membership.save()
    units.close(service, on=date(2026, 6, 30), by=referent, reason="Fusion")
    assert not Unit.objects.active(date(2026, 7, 1)).filter(pk=service.pk).exists()
    assert service.history.first().history_change_reason == "Fusion"
    assert units.reopen(service, by=referent).active_until is None


def test_a_unit_is_not_closed_before_those_below(prefecture, referent):
    service = create(prefecture, referent)
    referent = again(referent)
    create(service, referent, code="guichet", name="Guichet")
    assert refusal(lambda: units.close(service, on=date(2026, 6, 30), by=referent))[0] == (
        "Ces unités en dépendent encore après le 30/06/2026 : Guichet. Fermez-les d’abord."
    )
    assert refusal(lambda: units.close(service, on=date(2025, 6, 30), by=referent)) == (
        "La fermeture ne peut pas précéder l’ouverture (01/01/2026).", "on",
    )  # fmt: skip
