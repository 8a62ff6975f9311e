"""The référent takes over real action plans in the browser: decides, records, undoes; pastes the text of slides."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page

pytestmark = pytest.mark.journey
DATA = Path(__file__).parents[1] / "data"
READING_MS = 30_000


@pytest.fixture
def own_plan(tmp_path) -> Path:
    """A plan with a name, a status and a deadline that nobody knows."""
    book = openpyxl.Workbook()
    for row in (
        ["Plan d’actions suite au COPIL du 15/09/2025"],
        ["Constat", "Action", "Responsable", "Échéance", "Réalisation"],
        ["Téléphone saturé", "Renforcer le standard", "Cellule d’appui", "fin 2027", "Presque"],
        ["", "Publier les horaires", "STD", "au printemps 2027", "En cours"],
    ):
        book.active.append(row)
    file = tmp_path / "copil.xlsx"
    book.save(file)
    return file


def read_document(page: Page) -> None:
    page.locator("main form").get_by_role("button", name="Lire").click()
    page.wait_for_url("**/plans/imports/*/", timeout=READING_MS)


def test_the_referent_decides_what_unknown_words_mean_records_and_undoes(page_as, own_plan):
    page = page_as("rq")
    page.goto("/plans/importer/13-aix/")
    check_page(page)
    page.locator("input[type=file]").set_input_files(own_plan)
    read_document(page)
    expect(page.get_by_role("heading", name="À décider avant d’enregistrer")).to_be_visible()
    expect(page.get_by_text("15 cellules : 14 lues, 1 à décider")).to_be_visible()
    check_page(page)
    page.get_by_label("Que veut dire « Presque » ?").select_option("Réalisée")
    page.get_by_role("button", name="Répondre et relire").click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("2 actions créées").first).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.locator("#messages")).to_contain_text("tout est revenu comme avant")


def test_the_text_of_slides_is_pasted_on_a_phone_and_left(page_as):
    page = page_as("rq", viewport=PHONE)
    page.goto("/plans/importer/13-aix/")
    page.get_by_label("Cellules ou texte copiés").fill((DATA / "plan_actions_2019.txt").read_text())
    read_document(page)
    expect(page.get_by_text("22 actions à créer").first).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Abandonner cet import").click()
    expect(page.locator("#messages")).to_contain_text("rien n’a été enregistré")
