"""The daily life of a plan: recorded by the référent, changed in bulk, written by two people, reported from a phone."""

import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page

pytestmark = pytest.mark.journey
READING_MS = 30_000
TITLE = "Plan d’actions suite au COPIL du 22/09/2025"
ANSWER, REGISTER = "Publier les délais de réponse", "Tenir le registre des appels"


@pytest.fixture
def document(tmp_path):
    """Two actions of the mail office, which the head of the demonstration answers for, and of the référent."""
    book = openpyxl.Workbook()
    for row in (
        [TITLE],
        ["Constat", "Action", "Responsable", "Échéance", "Réalisation"],
        ["Délais inconnus du public", ANSWER, "BC / RQ", "fin 2027", ""],
        ["Appels non comptés", REGISTER, "BC", "T4 2027", ""],
    ):
        book.active.append(row)
    file = tmp_path / "copil-septembre.xlsx"
    book.save(file)
    return file


def open_action(page: Page, title: str) -> None:
    page.goto("/plans/actions/?q=22/09/2025")
    page.get_by_role("link", name=title).click()


def choose(page: Page, status: str) -> None:
    page.locator("label").filter(has_text=re.compile(rf"^\s*{status}\s*$")).click()


def test_a_plan_lives_from_its_document_to_the_phone_of_the_head(page_as, document):
    rq, deputy, head = page_as("rq"), page_as("suppleant"), page_as("chef", viewport=PHONE)

    rq.goto("/plans/importer/13-aix/")
    rq.locator("input[type=file]").set_input_files(document)
    rq.locator("main form").get_by_role("button", name="Lire").click()
    rq.wait_for_url("**/plans/imports/*/", timeout=READING_MS)
    rq.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(rq.get_by_text("2 actions créées").first).to_be_visible()

    rq.goto("/plans/actions/?q=22/09/2025")
    rq.get_by_role("link", name="Cocher toute la page").click()
    rq.get_by_label("Pour les actions cochées").select_option("Changer l’échéance")
    rq.get_by_role("button", name="Continuer").click()
    rq.get_by_label("Nouvelle échéance").fill("1er semestre 2028")
    rq.get_by_label("Raison").fill("Décision du comité")
    rq.get_by_role("button", name="Enregistrer pour toutes").click()
    expect(rq.locator("tbody")).to_contain_text("1er semestre 2028")

    open_action(rq, ANSWER)
    expect(rq.get_by_role("listitem").filter(has_text="Décision du comité")).to_contain_text("fin 2027")
    open_action(deputy, ANSWER)
    for page in (rq, deputy):
        page.get_by_text("Autres gestes").click()
        page.get_by_role("link", name="Modifier", exact=True).click()
    for page, words in ((deputy, "Moins d’appels au standard"), (rq, "Moins de courriers de relance")):
        page.get_by_label("Effet attendu").fill(words)
        page.get_by_role("button", name="Enregistrer").click()
    expect(rq.get_by_role("heading", name="Deux versions")).to_be_visible()
    check_page(rq)
    rq.get_by_text("La version enregistrée : Moins d’appels au standard").click()
    rq.get_by_role("button", name="Enregistrer mes choix").click()
    expect(rq.locator("dl")).to_contain_text("Moins d’appels au standard")

    head.goto("/plans/mes-actions/")
    card = head.locator("article", has_text=ANSWER)
    card.get_by_role("link", name="Faire le point").click()
    rq.get_by_role("link", name="Faire le point").click()
    choose(rq, "En cours")
    rq.get_by_role("button", name="Enregistrer").click()
    expect(rq.locator("#messages")).to_contain_text("L’action est en cours")
    head.get_by_label("Ce qui a été fait").fill("Modèle de page prêt")
    head.get_by_role("button", name="Enregistrer").click()
    expect(head.get_by_role("alert")).to_contain_text("Claire Fabre a enregistré")
    expect(head.get_by_label("Ce qui a été fait")).to_have_value("Modèle de page prêt")
    check_page(head)
    choose(head, "En cours")
    head.get_by_role("button", name="Enregistrer").click()
    expect(head.locator("#messages")).to_contain_text("C’est noté")

    card.get_by_role("link", name="Faire le point").click()
    choose(head, "Réalisée")
    check_page(head)
    head.get_by_role("button", name="Enregistrer").click()
    expect(head.locator("#messages")).to_contain_text("L’action est réalisée")
    open_action(rq, ANSWER)
    expect(rq.locator(".qp-timeline")).to_contain_text("Modèle de page prêt")
