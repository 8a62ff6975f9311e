"""The session of an agent: it slides with use, a day at most; what is left and its end are told to whoever asks.

What is shown under a session stays in no cache, neither on the way nor on the disk of a shared workstation.
"""

import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now

from core.pages import saving

OPENED, RENEWED = "opened", "renewed"  # seconds since the epoch: when the session was opened, when it last slid
STEP = 600  # written at most so often
ENDED = "fin"  # in the address of the sign-in page: what the session left undone
OF_A_POST, OF_A_PAGE = "envoi", "page"


class SlidingSession:
    """A session goes on while its person works: fragments that a page asks for by itself are no use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if request.user.is_authenticated:
            self._go_on(request)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _go_on(self, request: HttpRequest) -> None:
        if longest_left(request) <= 0:
            auth.logout(request)
        elif _is_use(request) and left(request) < settings.SESSION_COOKIE_AGE - STEP:
            renew(request)


def begin(request: HttpRequest) -> None:
    """A session was opened."""
    request.session[OPENED] = int(time.time())
    renew(request)


def renew(request: HttpRequest) -> None:
    """Start the whole length again."""
    request.session[RENEWED] = int(time.time())


def left(request: HttpRequest) -> int:
    """Seconds before the session ends if nothing is done."""
    renewed = _since(request, RENEWED)
    return max(0, min(settings.SESSION_COOKIE_AGE - (int(time.time()) - renewed), longest_left(request)))


def longest_left(request: HttpRequest) -> int:
    """Seconds before the session ends whatever is done."""
    return settings.SESSION_LONGEST - (int(time.time()) - _since(request, OPENED))


def _since(request: HttpRequest, what: str) -> int:
    """An instant kept by the session, else that of the last sign-in."""
    last_login = getattr(request.user, "last_login", None) or now()
    session = getattr(request, "session", {})  # a page drawn outside of any
    return session.get(what, int(last_login.timestamp()))


def _is_use(request: HttpRequest) -> bool:
    return request.method != "GET" or "HX-Request" not in request.headers


class SignInRequired(LoginRequiredMiddleware):
    """Pages are for those who signed in. A script is told so in words it understands, never sent a page to show."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if saving.is_scripted(request) or "HX-Request" in request.headers or not request.accepts("text/html"):
            response = saving.answer(saving.SavingOutcome.SESSION, saving.SESSION_ENDED)
            response["X-Session"] = "ended"
            return response
        had_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        asked = {} if request.get_full_path() == "/" else {"next": next_page(request)}
        if request.method not in ("GET", "HEAD"):
            asked[ENDED] = OF_A_POST
        elif had_session:
            asked[ENDED] = OF_A_PAGE
        query = f"?{urlencode(asked, safe='/')}" if asked else ""
        return redirect(f"{reverse(settings.LOGIN_URL)}{query}")


def next_page(request: HttpRequest) -> str:
    """Where signing in leads: the page asked for, or the one whose button was pressed."""
    if request.method in ("GET", "HEAD"):
        return readable(request.get_full_path())
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        parts = urlsplit(came_from)
        return readable(parts.path + (f"?{parts.query}" if parts.query else ""))
    return readable(request.path)


def readable(address: str) -> str:
    """The address, or the nearest one above it that can be read: a button's address only takes what it sends."""
    path = urlsplit(address).path
    if takes_get(path):
        return address
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0]
        for candidate in (path, f"{path}/"):
            if candidate and takes_get(candidate):
                return candidate
    return "/"


def takes_get(path: str) -> bool:
    """Whether an address of ours answers a GET with a page."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    page = getattr(view, "view_class", None)
    if page is None:
        return True
    initial = getattr(view, "view_initkwargs", {})
    if initial.get("is_direct", getattr(page, "is_direct", False)):
        return False
    return hasattr(page, "get") and "get" in getattr(page, "http_method_names", ())
