"""Links sent by mail: password forgotten, first connection. The token is made when the mail leaves: no row keeps it."""

from datetime import timedelta

from core import jobs
from core.record import limits
from organisations import notifications
from organisations.models import User

PASSWORD_LINK = "send_password_link"  # noqa: S105 - the name of a kind of job
MAILBOX_LIMIT, NETWORK_LIMIT, PERIOD = 3, 30, timedelta(hours=1)


def request_password_link(*, email: str, address: str) -> None:
    """Queue the mail, for any address, so that neither the answer nor its time tells whether an account exists."""
    within = limits.take(f"password:{email}", limit=MAILBOX_LIMIT, period=PERIOD)
    if limits.take(f"password-network:{address}", limit=NETWORK_LIMIT, period=PERIOD) and within:
        jobs.enqueue(PASSWORD_LINK, by=None, label="Lien de mot de passe", parameters={"email": email})


def send_password_link(*, email: str) -> bool:
    """Mail the link of a forgotten password; False when nobody has that address."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return False
    notifications.notify_password_link(user)
    return True


def send_invitation(*, user_id: int, by_id: int | None) -> bool:
    """Mail the link of the first connection; False when the account is gone, closed, or already used."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_usable_password():
        return False
    notifications.notify_invitation(user, by=User.objects.filter(pk=by_id).first())
    return True
