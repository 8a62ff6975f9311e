"""A complaint in the browser: sent by a citizen without script, registered at the desk, answered, made a finding."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page

pytestmark = pytest.mark.journey
FORM = "/reclamations/ecrire/13-aix"
ASKED, SAID = "Deux heures d’attente, une seule chaise.", "On m’a mal renseigné au guichet 3."
REFERENCE = re.compile(r"R\d\d-\w{8}")
FOUND = "L’attente au guichet dépasse une heure le lundi"


def reference_in(page: Page, selector: str = "main") -> str:
    expect(page.locator(selector)).to_contain_text(REFERENCE)
    return REFERENCE.search(page.locator(selector).inner_text())[0]


def open_case(page: Page, reference: str) -> None:
    page.goto(f"/reclamations/dossiers/{reference}")


def do(page: Page, verb: str, button: str, **fields: str) -> None:
    """A verb of the case: its link, its fields by the beginning of their label, its button."""
    page.get_by_role("link", name=verb, exact=True).click()
    for label, value in fields.items():
        page.get_by_role("textbox", name=re.compile(f"^{label.replace('_', ' ')}")).fill(value)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_citizen_writes_without_script_and_follows_in_english(site, new_page):
    page = new_page(site.url, java_script_enabled=False, viewport=PHONE)
    page.goto(FORM)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_role("textbox", name=re.compile("^Votre message")).fill(ASKED)
    page.get_by_label("Adresse électronique").fill("camille@exemple.invalid")
    page.get_by_role("button", name="Envoyer").click()
    reference = reference_in(page)
    assert page.context.cookies() == []

    with_script = new_page(site.url)
    for address in (f"{FORM}?langue=en", f"{FORM}?langue=facile", page.url, "/reclamations/suivre?langue=en"):
        with_script.goto(address)
        check_page(with_script)
    with_script.get_by_label(re.compile("Reference")).fill(reference)
    with_script.get_by_label(re.compile("mail", re.IGNORECASE)).fill("camille@exemple.invalid")
    with_script.locator("main form button").click()
    expect(with_script.locator("main")).to_contain_text(reference)
    expect(with_script.locator("main")).not_to_contain_text("chaise")
    check_page(with_script)


def test_the_desk_registers_the_service_answers_the_referent_closes_and_opens_a_finding(page_as):
    desk, rq = page_as("accueil", viewport=PHONE), page_as("rq")

    desk.get_by_role("link", name="Enregistrer une réclamation").click()
    desk.get_by_label("Canal").select_option("Courriel")
    desk.get_by_label("Thème").select_option("Attente à l’accueil")
    desk.get_by_label("Ce qui est dit").fill(SAID)
    desk.get_by_label("Nom (facultatif)").fill("Alix Moreau")
    desk.get_by_role("textbox", name="Courriel (facultatif)").fill("alix@exemple.invalid")
    desk.get_by_role("button", name="Enregistrer").click()
    reference = reference_in(desk, "#messages")
    check_page(desk)
    desk.goto("/reclamations/oral")
    desk.get_by_role("button", name="Signalétique").click()
    expect(desk.locator("main")).to_contain_text("Compté : Signalétique")
    check_page(desk)
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Courtoisie").click()
    expect(desk.locator(".qp-saving")).to_contain_text("1 trait en attente d’envoi depuis")
    desk.context.set_offline(False)
    expect(desk.locator("main")).to_contain_text("Compté : Courtoisie", timeout=20_000)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("2 traits aujourd’hui")

    open_case(rq, reference)
    do(rq, "Accuser réception", "Enregistrer l’accusé")
    rq.get_by_role("link", name="Transmettre", exact=True).click()
    rq.get_by_label("Au service").select_option(label="Bureau du courrier et des courriels")
    rq.get_by_role("button", name="Transmettre").click()
    expect(rq.locator("dl")).to_contain_text("à Bureau du courrier et des courriels")

    head = page_as("chef")
    open_case(head, reference)
    head.get_by_role("button", name="Lire le message").click()
    expect(head.locator("main")).to_contain_text(SAID)
    check_page(head)
    do(head, "Répondre", "Enregistrer la réponse", Texte="Bonjour, le guichet 3 renseigne désormais mieux.")
    expect(head.locator("main")).to_contain_text("dans le délai")

    open_case(rq, reference)
    do(rq, "Relier au plan d’actions", "Relier", Nouveau_constat=FOUND)
    expect(rq.get_by_role("link", name=FOUND)).to_be_visible()
    rq.get_by_role("link", name="Clore", exact=True).click()
    rq.get_by_label("Issue").select_option("Fondée")
    rq.get_by_label("Ce qui en est appris").fill("Ouvrir deux guichets le lundi")
    rq.get_by_role("button", name="Clore", exact=True).click()
    expect(rq.locator("dl")).to_contain_text("Fondée")
    rq.get_by_role("link", name=FOUND).click()
    expect(rq.locator("main")).to_contain_text(reference)
    check_page(rq)
    rq.goto("/reclamations/bilan?site=13-aix")
    expect(rq.locator("main")).to_contain_text("Nos délais sont-ils tenus")
    check_page(rq)
