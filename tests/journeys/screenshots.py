"""Pictures of the demonstration for the README: `make screenshots`."""

import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.checks import DESKTOP, PHONE
from tests.journeys.conftest import CHROMIUM, FLAGS, sign_in
from tests.journeys.site import embedded_site, prepare

LAST_YEAR = date.today().year - 1
PICTURES = [
    ("accueil", "rq", "/", DESKTOP),
    ("grille", "rq", f"/indicateurs/grille/13-aix/{LAST_YEAR}/", DESKTOP),
    ("tableau-de-bord", "direction", f"/indicateurs/tableau-de-bord/13-aix/{LAST_YEAR}/12/", DESKTOP),
    ("saisie", "chef", "/indicateurs/saisie/", DESKTOP),
    ("saisie-telephone", "chef", "/indicateurs/saisie/", PHONE),
    ("pourquoi", "auditeur", "/indicateurs/pourquoi/taux-appels-aboutis-svi/13-aix/2020/", DESKTOP),
]


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="qualepref-pictures-") as name, sync_playwright() as playwright:
        prepared = prepare(Path(name) / "prepared")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with embedded_site(prepared, Path(name) / "site") as site:
            for picture, login, address, viewport in PICTURES:
                context = browser.new_context(base_url=site.url, viewport=viewport, locale="fr-FR")
                page = sign_in(context.new_page(), login)
                page.goto(address)
                page.screenshot(path=target / f"{picture}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
