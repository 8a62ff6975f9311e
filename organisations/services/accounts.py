"""Verbs of accounts: open, change, close, reopen, invite again."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core import jobs
from core.base.errors import UserError
from core.record import history
from organisations.models import Unit, User
from organisations.services import memberships, second_factor, sessions

INVITATION = "send_invitation"


@transaction.atomic
def open_account(
    *,
    email: str,
    first_name: str,
    last_name: str,
    unit: Unit,
    role: str,
    valid_from: date,
    valid_until: date | None = None,
    by,
    reason: str = "",
) -> User:
    """Give a first role: to a new account, which is invited by mail, or to the account that has that address."""
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, first_name=first_name.strip(), last_name=last_name.strip())
        user.set_unusable_password()
        history.save(user, by=by, reason=reason)
        invite(user, by=by)
    memberships.give(user, unit=unit, role=role, valid_from=valid_from, valid_until=valid_until, by=by, reason=reason)
    return user


@transaction.atomic
def change_account(user: User, *, email: str, first_name: str, last_name: str, by, reason: str = "") -> User:
    """Correct a name or an address. Whoever sets the address of an account can enter it: see `_require`."""
    _require(by, user)
    email = email.strip().lower()
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise UserError("Cette adresse est celle d’un autre compte.", field="email")
    user.email, user.first_name, user.last_name = email, first_name.strip(), last_name.strip()
    history.save(user, by=by, reason=reason, fields=["email", "first_name", "last_name"])
    return user


@transaction.atomic
def close_account(user: User, *, by, reason: str = "") -> User:
    """Shut an account: its sessions end at once and its roles on the day before; what it wrote stays under its name."""
    if by == user:
        raise UserError("Vous ne pouvez pas fermer votre propre compte.")
    _require(by, user)
    today = timezone.localdate()
    for membership in user.memberships.not_over(today):
        memberships.end(membership, on=today - timedelta(1), by=by, reason=reason or "Compte fermé")
    user.is_active = False
    history.save(user, by=by, reason=reason, fields=["is_active"])
    sessions.end(user)  # none comes back with the account
    return user


@transaction.atomic
def reopen_account(user: User, *, by, reason: str = "") -> User:
    """Let the person sign in again; roles are to be given anew."""
    _require(by, user)
    user.is_active = True
    history.save(user, by=by, reason=reason, fields=["is_active"])
    return user


def invite(user: User, *, by) -> None:
    """Send the mail of the first connection, in a job: a mail server that is down delays it and loses nothing."""
    if not user.is_active:
        raise UserError("Ce compte est fermé : rouvrez-le d’abord.")
    parameters = {"user_id": user.pk, "by_id": by.pk if by else None}
    jobs.enqueue(INVITATION, by=by, label=f"Invitation de {user}", parameters=parameters, key=f"invitation-{user.pk}")


@transaction.atomic
def end_sessions(user: User, *, by, reason: str, but: str | None = None) -> None:
    """Sign a person out everywhere, but for the session given: a workstation left open, a telephone stolen."""
    if by != user:
        _require(by, user)
    sessions.end(user, but=but)
    history.save(user, by=by, reason=reason, fields=["is_active"])


def take_second_factor_away(user: User, *, by, reason: str) -> None:
    """Let somebody who lost the telephone sign in by the password alone."""
    _require(by, user)
    second_factor.remove(user, by=by, reason=reason)


def invite_again(user: User, *, by) -> None:
    """The invitation once more, for somebody who let it expire."""
    _require(by, user)
    invite(user, by=by)


def manages(by: User | None, user: User) -> bool:
    """Whether all the roles of the account are of those `by` may give: else its address must stay out of reach."""
    if by is None or by.is_superuser:
        return True
    if user.is_superuser:
        return False
    # Without a role in force, the former ones decide: the account may be given one again elsewhere.
    roles = list(user.memberships.not_over(timezone.localdate())) or user.memberships.all()
    return all(by.access.can_grant(membership.role, membership.unit_id) for membership in roles)


def _require(by: User | None, user: User) -> None:
    if by == user or not manages(by, user):
        raise UserError(
            f"Le compte de {user} a des rôles que vous ne pouvez pas donner : adressez-vous au référent qualité "
            "de la préfecture ou à l’administrateur technique."
        )
