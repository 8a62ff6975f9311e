"""Verbs of the second factor: put it in service, check a code, draw new codes of help, take it away."""

import logging
import secrets
import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from core.base.errors import UserError
from core.record import history, identity_keys, limits
from organisations.enums import Role
from organisations.models import SecondFactor, User
from organisations.rules import totp
from organisations.services import sessions

logger = logging.getLogger(__name__)
COMPULSORY_FOR = {Role.QUALITY_REFERENT, Role.DEPUTY_REFERENT, Role.TECHNICAL_ADMIN}
EVERYONE = "everyone"
CODES, LENGTH, LETTERS = 10, 10, "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another
TRIES = ((5, timedelta(minutes=15)), (40, timedelta(days=1)))
WRONG = "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant, ou prenez un code de secours."
TOO_MANY = "Trop de codes essayés : attendez un quart d’heure."


def of(user: User) -> SecondFactor | None:
    """The factor in service, if any."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def is_compulsory_for(user: User) -> bool:
    """Whether the installation asks a second factor of the roles of that person."""
    return settings.SECOND_FACTOR == EVERYONE or (
        settings.SECOND_FACTOR == "required" and not COMPULSORY_FOR.isdisjoint(user.access.roles)
    )


def secret_to_set_up(user: User) -> bytes:
    """The secret to put in a telephone; the same until it is confirmed."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        _key, wrapped = identity_keys.new_wrapped_key(_reference(user))
        factor, _ = SecondFactor.objects.get_or_create(user=user, defaults={"wrapped_secret": wrapped})
    return _secret(factor)


@transaction.atomic
def confirm(user: User, typed: str, *, but: str | None = None) -> list[str]:
    """Put the factor in service once the telephone gives the right code; the codes of help, told this once.

    The other sessions of the person end: they were opened without it.
    """
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if factor is None:
        raise UserError("Le second facteur est déjà en service.")
    _require_tries(user)
    _require_code(factor, typed)
    factor.confirmed_at = timezone.now()
    codes = _draw_codes(factor)
    factor.save()
    history.save(user, by=user, reason="Second facteur mis en service", fields=["is_active"])
    sessions.end(user, but=but)
    return codes


@transaction.atomic
def renew_codes(user: User, typed: str) -> list[str]:
    """Ten new codes of help; the former ones are void."""
    factor = _locked(user)
    _require_tries(user)
    _require_code(factor, typed)
    codes = _draw_codes(factor)
    factor.save()
    return codes


def require_password(user: User, typed: str) -> None:
    """`UserError` unless that is the password of the person, where the account has one (none does under ProConnect)."""
    _require_tries(user)
    if user.has_usable_password() and not user.check_password(typed):
        logger.warning("password refused before a second factor (compte %s)", user.pk)
        raise UserError("Ce n’est pas votre mot de passe.")


def check(user: User, typed: str) -> None:
    """`UserError` unless the code is that of the telephone, not used yet, or a code of help, which is used up."""
    _require_tries(user)
    with transaction.atomic():
        factor = _locked(user)
        _require_code(factor, typed)
        factor.save()


@transaction.atomic
def remove(user: User, *, by: User | None, reason: str, but: str | None = None) -> None:
    """Sign in by the password alone again: a lost telephone. The sessions of the person end."""
    if not SecondFactor.objects.filter(user=user).delete()[0]:
        raise UserError(f"{user} n’a pas de second facteur.")
    history.save(user, by=by, reason=reason, fields=["is_active"])
    sessions.end(user, but=but)


def _require_tries(user: User) -> None:
    within = [limits.take(f"second-factor:{user.pk}", limit=limit, period=period) for limit, period in TRIES]
    if not all(within):
        logger.warning("too many second factors tried (compte %s)", user.pk)
        raise UserError(TOO_MANY, field="code")


def _require_code(factor: SecondFactor, typed: str) -> None:
    """Mark the code as used."""
    typed = "".join(typed.lower().split()).replace("-", "")
    if typed.isdigit() and len(typed) == totp.DIGITS:
        step = totp.step_of(_secret(factor), typed, at=time.time(), after=factor.last_step)
        if step is not None:
            factor.last_step = step
            return
    used = next((kept for kept in factor.codes if check_password(typed, kept)), None) if len(typed) == LENGTH else None
    if used is None:
        logger.warning("second factor refused (compte %s)", factor.user_id)
        raise UserError(WRONG, field="code")
    factor.codes.remove(used)


def _draw_codes(factor: SecondFactor) -> list[str]:
    drawn = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    factor.codes = [make_password(code) for code in drawn]  # short enough to be typed: hashed as passwords are
    return [f"{code[:5]}-{code[5:]}" for code in drawn]


def _locked(user: User) -> SecondFactor:
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise UserError("Aucun second facteur n’est en service.")
    return factor


def _secret(factor: SecondFactor) -> bytes:
    return identity_keys.unwrapped(bytes(factor.wrapped_secret), _reference(factor.user))[:20]


def _reference(user: User) -> str:
    return f"second-factor:{user.pk}"
