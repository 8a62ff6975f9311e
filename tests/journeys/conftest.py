"""The browser, the served demonstration, and pages already signed in."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, StorageState, expect, sync_playwright

from tests.journeys import checks
from tests.journeys.site import Site, celery_site, embedded_site, prepare
from tests.services import ROOT

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--font-render-hinting=none",
]  # fmt: skip
PICTURES = Path(os.environ.get("JOURNEY_PICTURES", ROOT / "var" / "journeys"))
PASSWORD = "demonstration-2026"
PATIENCE_MS = 15_000
LOG_TAIL = 4000
expect.set_options(timeout=PATIENCE_MS)  # two browsers, their servers and workers share two processors


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Of a journey that fails, keep a picture of every open page and print the end of the server's log."""
    report = yield
    if report.when == "call" and report.failed:
        for number, context in enumerate(getattr(item, "open_contexts", [])):
            for page in context.pages:
                PICTURES.mkdir(parents=True, exist_ok=True)
                name = re.sub(r"\W+", "-", item.nodeid).strip("-")
                page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
        for log in sorted(getattr(item, "site_logs", [])):
            report.sections.append((log.name, log.read_text(errors="replace")[-LOG_TAIL:]))
    return report


@pytest.fixture(scope="session")
def playwright() -> Playwright:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Browser:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """The demonstration, loaded once even when several processes run the journeys.

    JOURNEYS_PREPARED names a directory that keeps it between runs, while writing journeys.
    """
    if "JOURNEYS_PREPARED" in os.environ:
        return prepare(Path(os.environ["JOURNEYS_PREPARED"]))
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    return prepare(shared / "prepared")


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory) -> Site:
    """A demonstration of its own for each module: web and worker in the embedded mode."""
    with embedded_site(prepared, tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def site_on_celery(prepared: Path, tmp_path_factory) -> Site:
    """The same on PostgreSQL, Redis and a Celery worker; `make test` starts these."""
    postgresql, redis = os.environ.get("JOURNEYS_POSTGRESQL"), os.environ.get("JOURNEYS_REDIS")
    if not (postgresql and redis):
        pytest.skip("needs PostgreSQL and Redis (JOURNEYS_POSTGRESQL, JOURNEYS_REDIS)")
    with celery_site(prepared, tmp_path_factory.mktemp("site"), postgresql=postgresql, redis=redis) as running:
        yield running


@pytest.fixture
def new_page(request, browser: Browser):
    """`new_page(url)`: a page of a visitor without cookies."""
    contexts = request.node.open_contexts = []

    def open_page(url: str, **options) -> Page:
        options = {"viewport": checks.DESKTOP, "locale": "fr-FR", "accept_downloads": True} | options
        context = browser.new_context(base_url=url, **options)
        context.set_default_timeout(PATIENCE_MS)
        checks.watch(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(site: Site, new_page) -> Page:
    """Somebody who has not signed in."""
    return new_page(site.url)


@pytest.fixture(scope="module")
def sessions() -> dict[str, StorageState]:
    """The cookies of each account of a site, once it has signed in."""
    return {}


@pytest.fixture
def page_as(request, site: Site, new_page, sessions):
    """`page_as("rq")`: the home page of a demonstration account, signed in by the form; once for a site, since a
    person's devices may share a session, and again if it was closed."""
    request.node.site_logs = list(site.directory.glob("*.log"))

    def open_as(login: str, **options) -> Page:
        page = new_page(site.url, storage_state=sessions.get(login), **options)
        if login in sessions:
            page.goto("/")
        if login not in sessions or "/compte/connexion" in page.url:
            sign_in(page, login)
        sessions[login] = page.context.storage_state()
        return page

    return open_as


def sign_in(page: Page, login: str) -> Page:
    """Fill the sign-in form as a person does."""
    page.goto("/compte/connexion")
    page.get_by_label("Adresse électronique").fill(f"{login}@demo.invalid")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/compte/" not in url)
    return page
