"""A partner tests a service without network: grid taken away, filled in, sent back, absorbed; and by the guest link."""

import json

from playwright.sync_api import Page

from tests.journeys.checks import check_page

CAMPAIGN = "appels-mystere-en-cours"


def guest_address(rq: Page) -> str:
    """The link that the référent sends to the guest, read on the page of the tests."""
    rq.goto(f"/enquetes/campagnes/{CAMPAIGN}/tests")
    return rq.locator("code.qp-address").first.inner_text()


def test_a_grid_filled_in_without_network_is_absorbed_once(page_as, site, new_page, tmp_path):
    rq = page_as("rq")
    guest = new_page(site.url)
    guest.goto(guest_address(rq))
    check_page(guest)
    with guest.expect_download() as download:
        guest.get_by_role("link", name="Emporter la grille hors ligne").click()
    download.value.save_as(tmp_path / "grille.html")

    offline = new_page(site.url)
    offline.context.set_offline(True)
    offline.goto((tmp_path / "grille.html").as_uri())
    offline.get_by_label("Test prévu").select_option(index=1)
    offline.get_by_label("Enquêteur").fill("Préfecture du Vaucluse")
    identification = offline.locator("[data-question=q-identification]")
    assert not identification.is_visible()
    offline.locator("input[name=q-appel-transfere][value=oui]").check()
    identification.locator("input[value=no]").check()
    offline.locator("input[name=q-courtoisie][value=yes]").check()
    offline.get_by_role("button", name="Noter ce test").click()
    offline.reload()
    assert offline.locator("[data-kit-count]").inner_text() == "1"
    with offline.expect_download() as saved:
        offline.get_by_role("button", name="Enregistrer le fichier à renvoyer").click()
    saved.value.save_as(tmp_path / "tests.json")
    assert offline.problems == []
    assert [list(test["answers"]) for test in json.loads((tmp_path / "tests.json").read_text())["tests"]] == [
        ["courtoisie", "appel-transfere", "identification"]
    ]

    for words in ("1 test repris.", "0 test repris, 1 déjà connu."):
        rq.goto(f"/enquetes/campagnes/{CAMPAIGN}/tests")
        rq.get_by_role("link", name="Reprendre une grille hors ligne").click()
        rq.get_by_label("Fichier renvoyé").set_input_files(tmp_path / "tests.json")
        rq.get_by_role("button", name="Reprendre les tests").click()
        rq.get_by_text(words).wait_for()


def test_a_guest_notes_a_test_by_keyboard(page_as, site, new_page):
    guest = new_page(site.url)
    guest.goto(guest_address(page_as("rq")))
    guest.locator(".qp-public-tests a").first.click()
    check_page(guest)
    assert guest.get_by_label("Enquêteur").input_value() == "Préfecture du Vaucluse"
    guest.locator("input[name=q-courtoisie][value=yes]").focus()
    guest.keyboard.press("Space")
    guest.get_by_role("button", name="Enregistrer le test").focus()
    guest.keyboard.press("Enter")
    guest.get_by_text("Le test est enregistré.").wait_for()
    check_page(guest)


def test_the_tested_service_sees_no_trace_of_the_campaign(page_as):
    head = page_as("chef")
    assert head.goto(f"/enquetes/campagnes/{CAMPAIGN}").status == 404
    head.goto("/enquetes/campagnes/")
    assert head.get_by_text("Appels mystère d’automne").count() == 0
