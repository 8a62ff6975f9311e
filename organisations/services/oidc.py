"""Verbs of the sign-in by an identity provider (ProConnect, OpenID Connect): where to send the person, who came back.

The provider says who somebody is, never what they may do: roles stay here, and so does the opening of accounts. A
person is known by the provider's `sub`; the first time, by an address that the provider has verified.
"""

import base64
import hashlib
import http.client
import json
import secrets
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.base.errors import UserError
from core.record import history
from organisations.models import OutsideIdentity, User

ALGORITHMS = ["RS256", "PS256", "ES256"]
TIMEOUT, LEEWAY = 10, 60  # seconds
AWAY = "{name} ne répond pas : réessayez, ou connectez-vous par votre mot de passe."
REFUSED = "{name} n’a pas confirmé votre identité : recommencez."
UNKNOWN = "Aucun compte n’a cette adresse ici : demandez à votre référent qualité de vous en ouvrir un."
UNVERIFIED = "{name} n’a pas vérifié votre adresse : connectez-vous par votre mot de passe."


@dataclass(frozen=True)
class Journey:
    """What the session keeps until the person comes back."""

    state: str
    nonce: str
    verifier: str
    back: str  # the address of ours to which the provider sends the person

    @classmethod
    def begin(cls, back: str) -> "Journey":
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), back)


@dataclass(frozen=True)
class Arrival:
    """Who came back, by the provider's name, and the proof to show when leaving."""

    user_id: int
    sub: str
    is_new: bool  # never came that way before: the two are to be tied
    id_token: str


def is_on() -> bool:
    """Whether the installation has a provider."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def address_to_sign_in(journey: Journey) -> str:
    """Where the person is sent to say who they are."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(journey.verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": journey.back,
        "scope": "openid email given_name usual_name",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{_provider()['authorization_endpoint']}?{urlencode(asked)}"


def address_to_sign_out(id_token: str, *, back: str) -> str:
    """Where the person is sent to be signed out there too; empty when the provider has no such page."""
    page = _provider().get("end_session_endpoint", "")
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(16)}
    return f"{page}?{urlencode(asked)}" if page else ""


def arrive(journey: Journey, *, state: str, code: str) -> Arrival:
    """The account of whoever comes back with that code; `UserError` unless everything is as the provider signed it."""
    if not code or not secrets.compare_digest(journey.state.encode(), state.encode()):
        raise _refused()
    tokens = _tokens(journey, code)
    who = _claims(tokens["id_token"], nonce=journey.nonce)
    told = _told_of(tokens["access_token"])
    if told.get("sub") != who["sub"]:
        raise _refused()
    user, is_new = _account(who["sub"], told)
    return Arrival(user.pk, who["sub"], is_new, tokens["id_token"])


@transaction.atomic
def enter(arrival: Arrival) -> User:
    """The account of whoever arrived, tied to the provider's name the first time."""
    user = User.objects.select_for_update().filter(pk=arrival.user_id, is_active=True).first()
    if user is None:
        raise UserError(UNKNOWN)
    if arrival.is_new:
        OutsideIdentity.objects.create(user=user, issuer=settings.OIDC_ISSUER, sub=arrival.sub)
        history.save(user, by=user, reason=f"Compte rattaché à {settings.OIDC_NAME}", fields=["is_active"])
    return user


def _account(sub: str, told: dict) -> tuple[User, bool]:
    """The account, and whether it is known by its address alone."""
    known = OutsideIdentity.objects.select_related("user").filter(issuer=settings.OIDC_ISSUER, sub=sub).first()
    user = known.user if known else User.objects.filter(email=str(told.get("email", "")).strip().lower()).first()
    if user is None or not user.is_active:
        raise UserError(UNKNOWN)
    if known is None and told.get("email_verified") is not True:
        raise UserError(UNVERIFIED.format(name=settings.OIDC_NAME))
    return user, known is None


def _tokens(journey: Journey, code: str) -> dict:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": journey.back,
        "client_id": settings.OIDC_CLIENT_ID,
        "client_secret": settings.OIDC_CLIENT_SECRET,
        "code_verifier": journey.verifier,
    }
    found = json.loads(_ask("POST", _provider()["token_endpoint"], form=form))
    if not {"id_token", "access_token"} <= found.keys():
        raise _refused()
    return found


def _told_of(access_token: str) -> dict:
    """What the provider tells of the person: signed (ProConnect), or plain JSON over the connection."""
    answer = _ask("GET", _provider()["userinfo_endpoint"], bearer=access_token)
    return json.loads(answer) if answer.lstrip().startswith("{") else _claims(answer.strip())


def _claims(token: str, *, nonce: str = "") -> dict:
    """The claims of a token signed by the provider, for us, and not over."""
    from joserfc import jwt  # heavy: who signs in elsewhere
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    keys = KeySet.import_key_set(json.loads(_ask("GET", _provider()["jwks_uri"])))
    wanted: dict = {name: {"essential": True, "value": value} for name, value in _expected(nonce).items()}
    if nonce:  # userinfo is told at once: it may have no end
        wanted["exp"] = {"essential": True}
    try:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        now = int(timezone.now().timestamp())
        jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY, sub={"essential": True}, **wanted).validate(claims)
    except (JoseError, ValueError) as error:
        raise _refused() from error
    return claims


def _expected(nonce: str) -> dict[str, str]:
    known = {"iss": _provider()["issuer"], "aud": settings.OIDC_CLIENT_ID}
    return known | ({"nonce": nonce} if nonce else {})


def _provider() -> dict:
    """What the provider publishes of itself, asked for once an hour."""
    return _discovered(settings.OIDC_ISSUER, int(timezone.now().timestamp() // 3600))


@lru_cache(maxsize=2)
def _discovered(issuer: str, _hour: int) -> dict:
    found = json.loads(_ask("GET", f"{issuer}/.well-known/openid-configuration"))
    if found.get("issuer", "").rstrip("/") != issuer:
        raise _refused()
    return found


def _ask(method: str, url: str, *, form: dict | None = None, bearer: str = "") -> str:
    """The answer of the provider; `UserError` when there is none or it refuses."""
    parts = urlsplit(url)
    is_local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not is_local:
        raise UserError(f"{settings.OIDC_NAME} doit être en https.")
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {"Accept": "application/json, application/jwt"}
    headers |= {"Authorization": f"Bearer {bearer}"} if bearer else {}
    headers |= {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    line = parts.path + (f"?{parts.query}" if parts.query else "")
    connection = connect(parts.netloc, timeout=TIMEOUT)
    try:
        connection.request(method, line, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        content = answer.read(1024 * 1024).decode()
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as error:
        raise UserError(AWAY.format(name=settings.OIDC_NAME)) from error
    finally:
        connection.close()
    if answer.status != 200:
        raise _refused()
    return content


def _refused() -> UserError:
    return UserError(REFUSED.format(name=settings.OIDC_NAME))
