"""Pictures of mystery tests, publications and contradictions for the guide."""

from datetime import date

from playwright.sync_api import Locator, Page

from tests.journeys.checks import PHONE
from tests.journeys.guide_pictures import Picture

YEAR = date.today().year
CALLS = "/enquetes/campagnes/appels-mystere-en-cours"
MAILBOXES = "/enquetes/campagnes/accuses-reception-aix"
CLOSED = f"/enquetes/campagnes/satisfaction-aix-{YEAR - 1}"


def with_guest(page: Page) -> None:
    """The programme, by the link that the investigator was sent."""
    page.goto(page.locator("code.qp-address").first.inner_text())


def with_grid(page: Page) -> Locator:
    """The grid of a test that is planned."""
    with_guest(page)
    page.locator(".qp-public-tests a").first.click()
    return page.locator("h1")


def with_delays(page: Page) -> Locator:
    return page.locator("#delais")


def with_poster(page: Page) -> None:
    """The poster once it is made."""
    address = page.url
    page.get_by_role("button", name="Produire : Affiche A4").click()
    page.get_by_text("Télécharger").first.wait_for(timeout=60_000)
    page.goto(address)


PUBLICATION_PICTURES = [
    Picture("mystere-tests", "rq", f"{CALLS}/tests"),
    Picture("mystere-invite", "rq", f"{CALLS}/tests", with_guest, viewport=PHONE),
    Picture("mystere-grille", "rq", f"{CALLS}/tests", with_grid),
    Picture("mystere-delais", "rq", f"{MAILBOXES}/resultats", with_delays),
    Picture("affiches", "rq", f"{CLOSED}/publications/", with_poster),
    Picture("contradictions", "rq", "/bilans/contradictions/?site=demo&annee=2022"),
]
