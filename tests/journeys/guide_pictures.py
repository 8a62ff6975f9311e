"""Pictures of the guide (docs/guide): each names its account, its address and what is done before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.journeys.checks import PHONE
from tests.journeys.conftest import sign_in

YEAR = date.today().year
GRID = "/indicateurs/grille/13-aix"
DASHBOARD = f"/indicateurs/tableau-de-bord/13-aix/{YEAR - 1}/12/"
WRONG_GRID = """Tableau de bord qualité 2019
Indicateur;Objectif;2018;Janv;Févr;Mars;Avril;Mai;Juin;Juil;Août;Sept;Oct;Nov;Déc
Taux d'appels aboutis;≥ 90 %;96,8;97,1;96,4;98,2;s.o.;9870 %;97,3;97,9;fermé;98,1;98,3;97,7;98,4
Délai moyen de réponse aux courriers;< 10 j;7,1;6,2;7,4;5,8;7;grève;6,1;6,9;8,2;7,7;6,6;7,2;6,4
Nombre de visites sur le site départemental;;;1200;1350;1100;990;1010;1230;1100;870;1300;1280;1190;1020
"""


@dataclass(frozen=True)
class Picture:
    """`act` brings the page to what is to be seen, and returns what must stand at the top, if anything."""

    name: str
    login: str
    address: str
    act: Callable[[Page], Locator | None] | None = None
    viewport: dict[str, int] | None = None

    def take(self, page: Page, target: Path) -> None:
        page.goto(self.address)
        shown = self.act(page) if self.act else None
        if shown is not None:
            shown.evaluate("(element) => element.scrollIntoView({ block: 'start' })")
        page.wait_for_timeout(300)
        page.screenshot(path=target / f"{self.name}.png")


def cells(page: Page) -> Locator:
    return page.locator("form[data-entry]")


def with_question(page: Page) -> Locator:
    """A rate of 0 % after a usual month; nothing is saved."""
    cell = cells(page).first
    cell.locator("input[name=numerator]").fill("0")
    cell.locator("input[name=denominator]").fill("66")
    page.keyboard.press("Enter")
    cell.get_by_role("button", name="Oui, c’est exact").wait_for()
    return page.locator("h1")


def with_state(page: Page) -> Locator:
    """The first cell says why it has no figure."""
    cell = cells(page).first
    cell.get_by_text("Pas de valeur ?").first.click()
    cell.get_by_role("radio", name="Indisponible").check()
    cell.locator("input[name=reason]").fill("Panne de la messagerie")
    page.keyboard.press("Enter")
    cell.get_by_text("Enregistré à").wait_for()
    return page.locator("h1")


def with_conflict(page: Page) -> Locator:
    """The second cell is saved by the deputy, then by the head who had it open."""
    cell = cells(page).nth(1)
    colleague = page.context.browser.new_context(base_url=page.url)
    other = sign_in(colleague.new_page(), "suppleant")
    other.goto(cell.get_attribute("action"))
    _type(cells(other).first, "6,8")
    cells(other).first.get_by_text("Enregistré à").wait_for()
    colleague.close()
    _type(cell, "7,1")
    cell.get_by_role("button", name="Garder ma saisie").wait_for()
    return cell


def with_chase(page: Page) -> None:
    page.get_by_role("link", name="Relancer").first.click()


def with_report(page: Page) -> None:
    page.locator("main table tbody a").first.click()


def with_pdf(page: Page) -> None:
    """The report once its PDF is made."""
    with_report(page)
    address = page.url
    page.get_by_role("button", name="Produire le bilan").click()
    page.get_by_role("link", name="Télécharger").first.wait_for(timeout=60_000)
    page.goto(address)


def with_chapter(page: Page) -> None:
    with_report(page)
    page.get_by_role("link", name="Les actions engagées").first.click()


def with_preview(page: Page) -> None:
    """A grid with two wrong cells and an indicator unknown to the catalogue."""
    _send(page, "grille-2019.csv", WRONG_GRID.encode())


def with_refusal(page: Page) -> None:
    _send(page, "bilan-2019.xlsx", b"%PDF-1.7\n")


def _type(cell: Locator, figure: str) -> None:
    cell.locator("input[name=value]").fill(figure)
    cell.locator("input[name=value]").press("Enter")


def _send(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Lire", exact=True).click()
    page.wait_for_url("**/imports/*/")
    page.get_by_text("Déposer un autre fichier").first.wait_for()


PICTURES = [
    Picture("accueil-referent", "rq", "/"),
    Picture("suivi-des-mois", "rq", f"/indicateurs/mois/13-aix/{YEAR}/"),
    Picture("relancer", "rq", f"/indicateurs/mois/13-aix/{YEAR}/", with_chase),
    Picture("grille", "rq", f"{GRID}/{YEAR - 1}/"),
    Picture("indicateur", "rq", "/indicateurs/catalogue/taux-appels-aboutis/"),
    Picture("tableau-de-bord", "direction", DASHBOARD),
    Picture("edition", "rq", "/indicateurs/editions/2/"),
    Picture("bilan", "direction", "/bilans/", with_pdf),
    Picture("chapitre", "rq", "/bilans/", with_chapter),
    Picture("comptes", "rq", "/organisation/comptes/"),
    Picture("roles-et-droits", "admin", "/organisation/roles"),
    Picture(
        "delai", "accueil", f"/organisation/delai?zone=zone%3Ametropole&start={YEAR}-05-05&days=10"
    ),  # the same in the browser’s English
    Picture("accueil-direction", "direction", "/"),
    Picture("accueil-auditeur", "auditeur", "/"),
    Picture("pourquoi", "auditeur", "/indicateurs/pourquoi/taux-appels-aboutis-svi/13-aix/2020/"),
    Picture("ma-saisie", "chef", "/indicateurs/saisie/"),
    Picture("ma-saisie-telephone", "chef", "/indicateurs/saisie/", viewport=PHONE),
    Picture("ma-saisie-question", "chef", "/indicateurs/saisie/", with_question),
    Picture("ma-saisie-conflit", "chef", "/indicateurs/saisie/", with_conflict),
    Picture("ma-saisie-etat", "chef", "/indicateurs/saisie/", with_state),
    Picture("import-envoi", "rq", "/indicateurs/importer/13-aix/2019/"),
    Picture("import-apercu", "rq", "/indicateurs/importer/13-aix/2019/", with_preview),
    Picture("import-refus", "rq", "/indicateurs/importer/13-aix/2019/", with_refusal),
]
