"""Pictures of the guide that show a satisfaction survey: its page, its ways in, its import, its results."""

from playwright.sync_api import Locator, Page

from tests.journeys.checks import PHONE
from tests.journeys.guide_pictures import YEAR, Picture

CAMPAIGNS = "/enquetes/campagnes"
OPEN, CLOSED = f"{CAMPAIGNS}/satisfaction-aix-{YEAR}", f"{CAMPAIGNS}/satisfaction-aix-{YEAR - 1}"
TABLET = {"width": 1024, "height": 768}
EXPORT = """id;lieu;Motif de la visite;Satisfaction : la disponibilité;Satisfaction : le délai d’attente;Météo du jour
1;Accueil général;Un rendez-vous;Très satisfait;Satisfait;soleil
2;Accueil général;Le retrait d’un document;Satisfait;Mouais;pluie
3;Accueil général;Un rendez-vous;Satisfait;Non concerné;soleil
"""


def with_questionnaire(page: Page) -> None:
    """The address of the web link, as somebody opens it."""
    page.goto(page.locator(".qp-point__address a").first.get_attribute("href"))


def with_tablet(page: Page) -> None:
    """The fourth question, of satisfaction."""
    page.goto(page.get_by_role("link", name="Lancer la tablette").first.get_attribute("href"))
    page.locator("[data-begin]").click()
    for _ in range(3):
        page.locator("[data-next]").click()
    page.mouse.move(0, 0)


def with_paper(page: Page) -> Locator:
    """A few answers typed."""
    page.keyboard.type("21112")
    return page.locator("h1")


def with_import(page: Page) -> Locator:
    """An export with a column and a label that nobody knows."""
    file = {"name": "export-sphinx.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire", exact=True).click()
    page.wait_for_url("**/imports/*/")
    page.get_by_text("Voici comment nous lisons").first.wait_for()
    return page.locator("h1")


SURVEY_PICTURES = [
    Picture("enquete-campagne", "rq", OPEN),
    Picture("enquete-telephone", "rq", OPEN, with_questionnaire, viewport=PHONE),
    Picture("enquete-tablette", "accueil", OPEN, with_tablet, viewport=TABLET),
    Picture("enquete-papier", "accueil", f"{OPEN}/saisie", with_paper),
    Picture("enquete-import", "rq", f"{OPEN}/importer", with_import),
    Picture("enquete-resultats", "rq", f"{CLOSED}/resultats"),
    Picture("enquete-commentaires", "rq", f"{CLOSED}/commentaires"),
]
