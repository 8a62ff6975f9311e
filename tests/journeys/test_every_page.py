"""Every page a role can reach by links: axe, content security policy, console, phone width. One address per view."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from tests.journeys.checks import check_page

LOGINS = ("rq", "suppleant", "chef", "contributeur", "accueil", "direction", "auditeur", "admin")
NOT_PAGES = {"organisations:logout"}  # following the link would end the session
LINKS = "() => [...document.querySelectorAll('a[href]')].filter((a) => !a.download).map((a) => a.href)"


def test_pages_for_visitors_are_sound(visitor: Page, site):
    found = sound_pages(visitor, [f"{site.url}/compte/connexion"])
    assert "organisations:login" in found


@pytest.mark.parametrize("login", LOGINS)
def test_every_page_a_role_reaches_is_sound(page_as, site, login):
    page = page_as(login)
    found = sound_pages(page, [page.url])
    assert "reports:home" in found


def sound_pages(page: Page, addresses: list[str]) -> dict[str, str]:
    """Walk from the first addresses; returns the address of each view met. All problems are told together."""
    origin = urlsplit(addresses[0]).netloc
    waiting, met, problems = list(addresses), {}, []
    while waiting:
        address = waiting.pop(0).split("#")[0]
        view = view_name(address, origin)
        if view is None or view in met or view in NOT_PAGES:
            continue
        met[view] = address
        problems += visit(page, address)
        if "text/html" in (page.evaluate("document.contentType") or ""):
            waiting += page.evaluate(LINKS)
    assert problems == [], "\n\n".join(problems)
    return met


def visit(page: Page, address: str) -> list[str]:
    """Open one page; what is wrong with it. A file is left to the tests of exports."""
    page.problems.clear()
    try:
        answer = page.goto(address)
    except PlaywrightError as error:
        return [] if "Download is starting" in str(error) else [f"{address}: {error}"]
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    try:
        check_page(page)
    except AssertionError as error:
        return [str(error)]
    return []


def view_name(address: str, origin: str) -> str | None:
    """The view behind an address of ours; one page per view is enough."""
    parts = urlsplit(address)
    if parts.netloc != origin:
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return f"404 {parts.path}"
    return None if name.startswith("admin:") else name
