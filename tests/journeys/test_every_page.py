"""Every page a role can reach by links: status, axe, content security policy, console, widths. One address per view.

Each role reads every page it reaches. One is drawn in the browser and measured when no page of its view, built of the
same elements, was found sound before, whoever opened it; axe looks once at the same elements, whatever the view. Header
and footer change with the role only: each role's home page is drawn.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from lxml import html
from playwright.sync_api import Page

from tests.journeys.checks import axe_violations, check_manners

LOGINS = ("rq", "suppleant", "chef", "contributeur", "accueil", "direction", "formation", "auditeur", "admin")
NOT_PAGES = {"organisations:logout"}  # following the link would end the session


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
        address = urldefrag(waiting.pop(0)).url
        view = view_name(address, origin)
        if view is None or view in met or view in NOT_PAGES:
            continue
        met[view] = address
        answer = page.request.get(address)
        if answer.status != 200:
            problems.append(f"{address}: {answer.status}")
        elif answer.headers.get("content-type", "").startswith("text/html"):
            read = html.fromstring(answer.text(), base_url=answer.url)
            waiting += links(read)
            if address == addresses[0] or not (sound / key(read, view)).exists():
                problems += drawn(page, address, sound / key(read, view), sound / key(read))
    assert problems == [], "\n\n".join(problems)
    return met


def links(read: html.HtmlElement) -> Iterator[str]:
    """The addresses that one may follow; a file is left to the tests of exports."""
    for link in read.iter("a"):
        if link.get("href") and link.get("download") is None:
            yield urljoin(read.base_url, link.get("href"))


def key(read: html.HtmlElement, view: str = "") -> str:
    """What axe judges by: each kind of element with its classes, attributes and parent; texts and counts left out."""
    kinds = {
        (
            element.getparent().tag,
            element.tag,
            *(element.get(name) for name in ("class", "role", "type")),
            *sorted(element.keys()),
            bool(element.text_content().strip()),
        )
        for element in read.xpath("//main//*")
    }
    return hashlib.sha256(f"{view}\n{sorted(map(str, kinds))}".encode()).hexdigest()


def drawn(page: Page, address: str, known: Path, alike: Path) -> list[str]:
    """What is wrong with a page in the browser; `known` and `alike` are left where nothing is."""
    page.problems.clear()
    page.goto(address)
    page.wait_for_load_state("load")
    found = check_manners(page) + ([] if alike.exists() else axe_violations(page))
    if not found:
        known.touch()
        alike.touch()
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
