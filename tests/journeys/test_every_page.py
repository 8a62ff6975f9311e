"""Every page a role can reach by links: axe, content security policy, console, phone width. One address per view.

A page whose content is built of the same elements as one already found sound, whoever opened it, is not given to axe a
second time. Header and footer change with the role only: each role's home page tells.
"""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from tests.journeys.checks import axe_violations, check_manners

LOGINS = ("rq", "suppleant", "chef", "contributeur", "accueil", "direction", "auditeur", "admin")
NOT_PAGES = {"organisations:logout"}  # following the link would end the session
LINKS = "() => [...document.querySelectorAll('a[href]')].filter((a) => !a.download).map((a) => a.href)"
# What axe judges by: each kind of element with its classes, attributes and parent; texts and counts left out.
ELEMENTS = """() => [...new Set([...document.querySelectorAll("main *")].map((element) => [
  element.parentElement.tagName, element.tagName, element.getAttribute("class"), element.getAttribute("role"),
  element.getAttribute("type"), element.getAttributeNames().sort().join(), Boolean(element.textContent.trim()),
].join("|")))].sort().join("\\n")"""


@pytest.fixture(scope="session")
def sound(prepared) -> Path:
    """A directory with one empty file per construction of page that axe found sound, shared by the processes."""
    directory = prepared / "sound"
    directory.mkdir(exist_ok=True)
    return directory


def test_pages_for_visitors_are_sound(visitor: Page, site, sound):
    found = sound_pages(visitor, [f"{site.url}/compte/connexion"], sound)
    assert "organisations:login" in found


@pytest.mark.parametrize("login", LOGINS)
def test_every_page_a_role_reaches_is_sound(page_as, site, sound, login):
    page = page_as(login)
    found = sound_pages(page, [page.url], sound)
    assert "reports:home" in found


def sound_pages(page: Page, addresses: list[str], sound: Path) -> dict[str, str]:
    """Walk from the first addresses; returns the address of each view met. All problems are told together."""
    origin = urlsplit(addresses[0]).netloc
    waiting, met, problems = list(addresses), {}, []
    while waiting:
        address = waiting.pop(0).split("#")[0]
        view = view_name(address, origin)
        if view is None or view in met or view in NOT_PAGES:
            continue
        met[view] = address
        problems += visit(page, address, sound)
        if "text/html" in (page.evaluate("document.contentType") or ""):
            waiting += page.evaluate(LINKS)
    assert problems == [], "\n\n".join(problems)
    return met


def visit(page: Page, address: str, sound: Path) -> list[str]:
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
    page.wait_for_load_state("load")
    found = check_manners(page)
    construction = sound / hashlib.sha256(page.evaluate(ELEMENTS).encode()).hexdigest()
    if not construction.exists():
        violations = axe_violations(page)
        found += violations
        if not violations:
            construction.touch()
    return [f"{page.url}\n" + "\n".join(found)] if found else []


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
