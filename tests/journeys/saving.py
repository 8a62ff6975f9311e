"""What the journeys of saving share: a bad network, a session that ends, and what the server really holds."""

import json
import sqlite3
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.journeys.site import DATABASE, Site

LATENCY_MS = 1_000


def slow(page: Page, milliseconds: int = LATENCY_MS) -> None:
    """Every answer of the server takes so long."""

    def later(route: Route) -> None:
        page.wait_for_timeout(milliseconds)
        route.continue_()

    page.route("**/*", later)


def slow_posts(page: Page, milliseconds: int = LATENCY_MS) -> None:
    """Only what is sent takes time, on the network itself: keys typed meanwhile are not held up."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def end_session(page: Page) -> None:
    """As after eight hours: the browser no longer has the cookie of the session."""
    page.context.clear_cookies(name="sessionid")


def sign_in_again(page: Page, login: str) -> None:
    """In the dialog that the page shows over what was typed."""
    dialog = page.locator("dialog.qp-session")
    expect(dialog).to_contain_text("Votre session est terminée")
    dialog.get_by_label("Adresse électronique").fill(f"{login}@demo.invalid")
    dialog.get_by_label("Mot de passe").fill("demonstration-2026")
    dialog.get_by_role("button", name="Se reconnecter").click()
    expect(dialog).to_have_count(0)


def rows(site: Site, sql: str, *parameters) -> list[tuple]:
    """What the database of the site holds."""
    with sqlite3.connect(site.directory / DATABASE, timeout=20) as base:
        return base.execute(sql, parameters).fetchall()


def eventually(page: Page, read: Callable[[], object], expected: object, *, seconds: int = 20) -> None:
    """Wait until the database says so."""
    found = None
    for _ in range(seconds * 5):
        found = read()
        if found == expected:
            return
        page.wait_for_timeout(200)
    raise AssertionError(json.dumps({"expected": expected, "found": found}, default=str))
