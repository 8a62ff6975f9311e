"""Pictures of the demonstration for the README and the guide: `make screenshots`."""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.checks import DESKTOP
from tests.journeys.conftest import CHROMIUM, FLAGS, PATIENCE_MS, sign_in
from tests.journeys.guide_pictures import PICTURES, Picture
from tests.journeys.plan_pictures import PLAN_PICTURES
from tests.journeys.publication_pictures import PUBLICATION_PICTURES
from tests.journeys.site import embedded_site, prepare
from tests.journeys.survey_pictures import SURVEY_PICTURES

COLOURS = 128  # enough for flat pages, and a third of the size


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="qualepref-pictures-") as name, sync_playwright() as playwright:
        prepared = prepare(Path(name) / "prepared")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with embedded_site(prepared, Path(name) / "site") as site:
            for picture in (*PICTURES, *PLAN_PICTURES, *SURVEY_PICTURES, *PUBLICATION_PICTURES):
                take(picture, browser, site.url, target)
        browser.close()


def take(picture: Picture, browser: Browser, url: str, target: Path) -> None:
    """One picture, of the window and not of the whole page, in few colours so that it stays light."""
    context = browser.new_context(base_url=url, viewport=picture.viewport or DESKTOP, locale="fr-FR")
    context.set_default_timeout(PATIENCE_MS)
    page = sign_in(context.new_page(), picture.login)
    picture.take(page, target)
    context.close()
    file = target / f"{picture.name}.png"
    with Image.open(file) as image:
        light = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    light.save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
