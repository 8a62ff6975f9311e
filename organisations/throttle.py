"""Sign-in attempts: what is counted, what is refused and until when.

Four counts, all on attempts really evaluated (a refused one counts nothing and lengthens nothing):
- an account from one network (IPv6: the /64): 5 failures, then a pause of 15 minutes;
- an account from anywhere: 60 failures in 24 hours;
- an account from all its known devices: 40 failures in 24 hours, so that nobody tries more than 100 a day;
- a network, whatever the accounts: 100 failures in 15 minutes, against one password tried on everybody.
The last two do not touch a known device of the account (`organisations.devices`), counted on its own: the owner stays
at ease while strangers guess. From a new device, a link sent by mail always opens the account.
"""

from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv6Address, ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from organisations import devices

ACCOUNT_LIMIT, ACCOUNT_PERIOD = 60, timedelta(hours=24)
DEVICES_LIMIT = 40
NETWORK_LIMIT, NETWORK_PERIOD = 100, timedelta(minutes=15)
_DEVICE = "[appareil "


def username(request, credentials: dict | None = None) -> str:
    """The address typed, without the case and spaces that would open a new count."""
    typed = (credentials or request.POST).get("username") or ""
    return typed.strip().lower()[:254]


def client_address(request) -> str | None:
    """The network of the client: its IPv4 address, or the /64 of its IPv6 address."""
    raw = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        raw = forwarded[-settings.TRUSTED_PROXIES].strip()
    try:
        address = ip_address(raw)
    except (AddressValueError, ValueError):
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False).network_address)


def locked_until(request, credentials: dict | None = None) -> datetime | None:
    """The instant from which an attempt will be evaluated again, or None when it would be now."""
    limits = [_pause(request, credentials)]
    if _device(request, credentials):
        of_devices = AccessFailureLog.objects.filter(user_agent__startswith=_DEVICE)
        mine = of_devices.filter(username=username(request, credentials))
        limits.append(_window(mine, DEVICES_LIMIT, ACCOUNT_PERIOD))
    else:
        strangers = AccessFailureLog.objects.exclude(user_agent__startswith=_DEVICE)
        of_account = strangers.filter(username=username(request, credentials))
        of_network = strangers.filter(ip_address=client_address(request))
        limits += [
            _window(of_account, ACCOUNT_LIMIT, ACCOUNT_PERIOD),
            _window(of_network, NETWORK_LIMIT, NETWORK_PERIOD),
        ]
    return max((limit for limit in limits if limit), default=None)


class Throttle(AxesDatabaseHandler):
    """The handler of django-axes with our counts."""

    def is_locked(self, request, credentials=None):
        _mark(request, credentials)
        return locked_until(request, credentials) is not None

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        _mark(request, credentials)
        super().user_login_failed(sender, credentials, request, **kwargs)

    def filter_user_attempts(self, request, credentials=None):
        return [_attempts(request, credentials)]


def _device(request, credentials) -> str:
    return devices.known_number(request, username(request, credentials))


def _mark(request, credentials) -> None:
    """Write the number of a known device before the browser's name, where strangers cannot write it."""
    if request is None or getattr(request, "axes_device_marked", False):
        return
    request.axes_device_marked = True
    number = _device(request, credentials)
    browser = request.axes_user_agent.lstrip("[")
    request.axes_user_agent = f"{_DEVICE}{number}] {browser}"[:255] if number else browser


def _attempts(request, credentials):
    attempts = AccessAttempt.objects.filter(username=username(request, credentials))
    if number := _device(request, credentials):
        return attempts.filter(user_agent__startswith=f"{_DEVICE}{number}]")
    return attempts.filter(ip_address=client_address(request)).exclude(user_agent__startswith=_DEVICE)


def _pause(request, credentials) -> datetime | None:
    pause = get_cool_off(request)
    recent = _attempts(request, credentials).filter(attempt_time__gte=timezone.now() - pause)
    if (recent.aggregate(total=Sum("failures_since_start"))["total"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    return recent.order_by("-attempt_time").values_list("attempt_time", flat=True)[0] + pause


def _window(failures, limit: int, period: timedelta) -> datetime | None:
    """When fewer than `limit` failures will be left in the sliding period."""
    recent = failures.filter(attempt_time__gt=timezone.now() - period).order_by("-attempt_time")
    oldest = recent.values_list("attempt_time", flat=True)[limit - 1 : limit]
    return oldest[0] + period if oldest else None
