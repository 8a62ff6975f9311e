"""Roles: who gives what to whom, and delegation."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError

from core.base.errors import UserError
from organisations.enums import Role
from organisations.models import Membership, User
from organisations.permissions import GRANTABLE_ROLES, Permission
from organisations.services import memberships
from tests.organisations.factories import (
    MembershipFactory,
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
SUMMER = date(2026, 6, 30)
END = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def prefecture():
    return PrefectureFactory(code="13", name="Préfecture")


@pytest.fixture
def aix(prefecture):
    return SousPrefectureFactory(code="13-aix", name="Aix", parent=prefecture)


def give(user, unit, role, by, **values):
    return memberships.give(user, unit=unit, role=role, by=by, **{"valid_from": TODAY, "valid_until": END} | values)


def refusal(call) -> tuple[str, str | None]:
    with pytest.raises(UserError) as error:
        call()
    return error.value.message, error.value.field


@pytest.mark.parametrize("giver", Role)
@pytest.mark.parametrize("given", Role)
@pytest.mark.parametrize("place", ["own", "below", "above", "elsewhere"])
def test_a_role_is_given_within_the_table_and_the_scope_only(prefecture, aix, giver, given, place):
    by = user_with(giver, aix)
    unit = {"own": aix, "below": ServiceFactory(parent=aix), "above": prefecture, "elsewhere": PrefectureFactory()}[
        place
    ]
    allowed = given in GRANTABLE_ROLES.get(giver, set()) and place in {"own", "below"}
    user = UserFactory()
    if allowed:
        give(user, unit, given, by)
    else:
        sentence = f"Vous ne pouvez pas donner le rôle « {given.label} » à « {unit} »."
        assert refusal(lambda: give(user, unit, given, by)) == (sentence, "role")
    assert user.memberships.exists() is allowed


@pytest.mark.parametrize("role", [Role.QUALITY_REFERENT, Role.TECHNICAL_ADMIN])
def test_nobody_gives_or_takes_a_role_from_oneself(prefecture, role):
    by = user_with(role, prefecture)
    sentence = "Vous ne pouvez pas changer vos propres rôles : demandez-le à une autre personne habilitée."
    assert refusal(lambda: give(by, prefecture, Role.CONTRIBUTOR, by)) == (sentence, None)
    assert refusal(lambda: memberships.end(by.memberships.get(), on=TODAY, by=by)) == (sentence, None)


def test_a_role_is_refused_with_the_reason(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    user = UserFactory(first_name="Ada", last_name="Petit")
    closing = ServiceFactory(parent=prefecture, name="Titres", active_until=date(2026, 6, 30))
    by = User.objects.get(pk=by.pk)
    assert refusal(lambda: give(user, prefecture, Role.AUDITOR, by, valid_until=None)) == (
        "Le rôle d’auditeur est donné pour la durée de l’audit : indiquez sa fin.", "valid_until",
    )  # fmt: skip
    assert refusal(lambda: give(user, prefecture, Role.AUDITOR, by, valid_until=date(2026, 3, 1))) == (
        "La date de fin précède la date de début.", "valid_until",
    )  # fmt: skip
    assert refusal(lambda: give(user, closing, Role.CONTRIBUTOR, by)) == (
        "« Titres » ferme le 30/06/2026 : le rôle doit finir avant.", "valid_until",
    )  # fmt: skip
    give(user, prefecture, Role.CONTRIBUTOR, by)
    assert refusal(lambda: give(user, prefecture, Role.CONTRIBUTOR, by, valid_until=None)) == (
        "Ada Petit a déjà ce rôle depuis le 02/03/2026 jusqu’au 31/12/2026.", "role",
    )  # fmt: skip
    closed = UserFactory(first_name="Bob", last_name="Rey", is_active=False)
    assert refusal(lambda: give(closed, prefecture, Role.CONTRIBUTOR, by))[0] == (
        "Le compte de Bob Rey est fermé : rouvrez-le d’abord."
    )


def test_the_same_role_may_follow_itself(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    user = UserFactory()
    give(user, prefecture, Role.CONTRIBUTOR, by)
    give(user, prefecture, Role.CONTRIBUTOR, by, valid_from=date(2027, 1, 1), valid_until=None)
    assert user.memberships.count() == 2


def test_a_role_ends_on_its_day_with_the_delegations_made_of_it(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    chef = user_with(Role.HEAD_OF_SERVICE, prefecture)
    own = chef.memberships.get()
    delegation = memberships.delegate(own, to=UserFactory(), valid_from=TODAY, valid_until=SUMMER, by=chef)
    memberships.end(own, on=date(2026, 4, 30), by=by, reason="Mutation")
    delegation.refresh_from_db()
    assert (own.valid_until, delegation.valid_until) == (date(2026, 4, 30), date(2026, 4, 30))
    assert own.history.first().history_change_reason == "Mutation"


def test_a_role_that_never_began_is_removed_and_its_history_stays(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    membership = give(UserFactory(), prefecture, Role.CONTRIBUTOR, by, valid_from=date(2026, 6, 1))
    key = membership.pk
    assert memberships.end(membership, on=TODAY, by=by) is None
    assert [row.history_type for row in Membership.history.filter(id=key)] == ["-", "+"]


def test_a_role_that_is_over_is_not_ended_again(prefecture):
    by = user_with(Role.QUALITY_REFERENT, prefecture)
    membership = give(UserFactory(), prefecture, Role.CONTRIBUTOR, by, valid_until=date(2026, 3, 10))
    assert refusal(lambda: memberships.end(membership, on=date(2026, 3, 11), by=by)) == (
        "Ce rôle a déjà pris fin le 10/03/2026.", "on",
    )  # fmt: skip


def test_a_head_lends_the_role_for_an_absence_and_it_ends_by_itself(prefecture):
    chef, deputy = user_with(Role.HEAD_OF_SERVICE, prefecture), UserFactory()
    memberships.delegate(
        chef.memberships.get(), to=deputy, valid_from=TODAY, valid_until=date(2026, 3, 13), by=chef, reason="Congés"
    )
    assert deputy.can(Permission.VALUE_ENTER, prefecture.pk)
    assert not deputy.can(Permission.DELEGATE)
    with time_machine.travel(date(2026, 3, 14)):
        assert not User.objects.get(pk=deputy.pk).can(Permission.VALUE_ENTER)
    assert chef.can(Permission.VALUE_ENTER, prefecture.pk)


def test_a_delegation_is_of_one_s_own_role_in_force_and_not_of_a_delegated_one(prefecture):
    chef, other = user_with(Role.HEAD_OF_SERVICE, prefecture), user_with(Role.HEAD_OF_SERVICE, prefecture)
    dates = {"valid_from": TODAY, "valid_until": SUMMER}
    own = "Vous ne pouvez déléguer que votre propre rôle."
    assert refusal(lambda: memberships.delegate(other.memberships.get(), to=chef, by=chef, **dates)) == (own, None)
    received = memberships.delegate(other.memberships.get(), to=UserFactory(), by=other, **dates)
    deputy = received.user
    assert refusal(lambda: memberships.delegate(received, to=UserFactory(), by=deputy, **dates)) == (own, None)
    agent = user_with(Role.CONTRIBUTOR, prefecture)
    assert refusal(lambda: memberships.delegate(agent.memberships.get(), to=chef, by=agent, **dates)) == (
        "Ce rôle ne se délègue pas.", None,
    )  # fmt: skip
    future = MembershipFactory(user=chef, unit=ServiceFactory(), valid_from=date(2026, 9, 1))
    assert refusal(lambda: memberships.delegate(future, to=other, by=chef, **dates))[0] == "Ce rôle ne se délègue pas."


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "sentence", "field"),
    [
        (date(2026, 3, 1), END, "La délégation ne peut pas commencer dans le passé.", "valid_from"),
        (TODAY, date(2027, 1, 1), "Votre rôle prend fin le 31/12/2026, avant la délégation.", "valid_until"),
        (TODAY, date(2026, 9, 1), "Une délégation dure au plus 183 jours.", "valid_until"),
        (date(2026, 3, 9), date(2026, 3, 8), "La date de fin précède la date de début.", "valid_until"),
    ],
)
def test_a_delegation_has_sensible_dates(prefecture, valid_from, valid_until, sentence, field):
    chef = user_with(Role.HEAD_OF_SERVICE, prefecture)
    own = chef.memberships.get()
    own.valid_until = END
    own.save()
    call = {"to": UserFactory(), "valid_from": valid_from, "valid_until": valid_until, "by": chef}
    assert refusal(lambda: memberships.delegate(own, **call)) == (sentence, field)


def test_a_delegation_to_oneself_is_refused_and_the_head_may_end_one(prefecture):
    chef = user_with(Role.HEAD_OF_SERVICE, prefecture)
    own, until = chef.memberships.get(), date(2026, 6, 30)
    call = {"valid_from": TODAY, "valid_until": until, "by": chef}
    assert refusal(lambda: memberships.delegate(own, to=chef, **call)) == (
        "Choisissez une autre personne que vous.",
        "to",
    )
    deputy = UserFactory()
    delegation = memberships.delegate(own, to=deputy, **call)
    memberships.end(delegation, on=date(2026, 3, 5), by=chef, reason="Retour")
    assert deputy.memberships.get().valid_until == date(2026, 3, 5)


def test_the_mandate_of_an_auditor_lets_names_be_read_from_a_day_on_with_its_reason(prefecture, aix):
    by, auditor = user_with(Role.QUALITY_REFERENT, prefecture), user_with(Role.AUDITOR, aix)
    own, named = auditor.memberships.get(), Permission.TRAINING_VIEW
    told = {"on": date(2026, 3, 9), "reason": "Lettre de mission du 20/02/2026", "by": by}
    memberships.open_names(own, **told)

    def reads():
        person = User.objects.get(pk=auditor.pk)
        return person.can(named, aix.pk), person.can(named, prefecture.pk), person.can(Permission.TRAINING_EDIT)

    assert reads() == (False, False, False)
    with time_machine.travel(date(2026, 3, 9)):
        assert reads() == (True, False, False)
        memberships.close_names(Membership.objects.get(pk=own.pk), by=by, reason="Contrôle terminé")
        assert reads() == (False, False, False)
    rows = own.history.order_by("history_id").values_list("names_from", "names_reason", "history_change_reason")
    assert list(rows)[1:] == [
        (date(2026, 3, 9), "Lettre de mission du 20/02/2026", "Lettre de mission du 20/02/2026"),
        (None, "", "Contrôle terminé"),
    ]


def test_names_are_opened_within_the_mandate_of_an_auditor_and_by_who_gives_the_role(prefecture):
    by, auditor = user_with(Role.QUALITY_REFERENT, prefecture), user_with(Role.AUDITOR, prefecture)
    own, head = auditor.memberships.get(), user_with(Role.HEAD_OF_SERVICE, prefecture).memberships.get()
    deputy = user_with(Role.DEPUTY_REFERENT, prefecture)

    def refused(membership=own, by=by, **told):
        return refusal(
            lambda: memberships.open_names(membership, by=by, **{"on": TODAY, "reason": "Lettre de mission"} | told)
        )

    assert [
        refused(membership=head),
        refused(reason=" ")[1],
        refused(on=date(2014, 12, 31)),
        refused(by=deputy)[1],
    ] == [
        ("Seul le mandat d’un auditeur s’étend ainsi.", None),
        "reason",
        ("Le mandat court du 01/01/2015 au 31/12/2099 : choisissez un de ces jours.", "on"),
        "role",
    ]
    assert refused(by=auditor)[0].startswith("Vous ne pouvez pas changer vos propres rôles")
    with pytest.raises(IntegrityError, match="membership_names_for_an_auditor_and_a_reason"):
        Membership.objects.filter(pk=head.pk).update(names_from=TODAY, names_reason="Lettre de mission")
