"""Links sent by mail: password forgotten, first connection."""

from datetime import timedelta

from core import limits
from organisations import notifications
from organisations.models import User

MAILBOX_LIMIT, NETWORK_LIMIT, PERIOD = 3, 30, timedelta(hours=1)


def request_password_link(*, email: str, address: str) -> None:
    """Have a link sent to the address if it has an account; silent otherwise, and past three requests an hour."""
    within = limits.take(f"password:{email}", limit=MAILBOX_LIMIT, period=PERIOD)
    if limits.take(f"password-network:{address}", limit=NETWORK_LIMIT, period=PERIOD) and within:
        send_password_link(email=email)


def send_password_link(*, email: str) -> bool:
    """Mail the link of a forgotten password; False when nobody has that address."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return False
    notifications.notify_password_link(user)
    return True


def send_invitation(user: User, *, by: User | None) -> None:
    """Mail the link of the first connection."""
    notifications.notify_invitation(user, by=by)
