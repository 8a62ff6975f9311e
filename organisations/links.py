"""Links sent by mail, which prove a mailbox: password forgotten (one hour), first connection (seven days)."""

from datetime import timedelta

from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from core.jobs import notices

INVITATION_DAYS = 7


class InvitationTokens:
    """Tokens of the first connection: they live longer, and die with the first password or sign-in."""

    salt = "organisations.invitation"

    def make_token(self, user) -> str:
        return signing.TimestampSigner(salt=self.salt, sep="~").sign(self._state(user))

    def check_token(self, user, token: str) -> bool:
        signer = signing.TimestampSigner(salt=self.salt, sep="~")
        try:
            state = signer.unsign(token or "", max_age=timedelta(days=INVITATION_DAYS))
        except signing.BadSignature:
            return False
        return user is not None and constant_time_compare(state, self._state(user))

    def _state(self, user) -> str:
        return salted_hmac(self.salt, f"{user.pk}|{user.email}|{user.password}|{user.last_login}").hexdigest()[:32]


invitations = InvitationTokens()


def password_link(user) -> str:
    return _link("organisations:password-set", user, default_token_generator.make_token(user))


def invitation_link(user) -> str:
    return _link("organisations:invitation", user, invitations.make_token(user))


def _link(name: str, user, token: str) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return notices.absolute(reverse(name, kwargs={"uidb64": uid, "token": token}))
