"""The main job in the browser: a grid in, the month entered by keyboard, the dashboard, the story of a figure."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page

pytestmark = pytest.mark.journey
AIX = Path(__file__).parents[1] / "data" / "aix_2020_tableau_de_bord.xlsx"
READING_MS = 30_000


@pytest.fixture
def other_grid(tmp_path) -> Path:
    """A grid as another préfecture would send it, with a new row and a wrong cell."""
    book = openpyxl.Workbook()
    book.active.title = "Suivi 2018"
    book.active.append(["Préfecture – suivi qualité 2018"])
    book.active.append(["Indicateur", "Cible", "janvier", "févr.", "03/2018", "avr"])
    book.active.append(["Taux d'appels aboutis", "90 %", "98,7 %", "0,985", "9870 %", "s.o."])
    book.active.append(["Nombre de tablettes prêtées", "", 4, 5, "néant", 6])
    file = tmp_path / "autre.xlsx"
    book.save(file)
    return file


def upload(page: Page, file: Path, year: int) -> None:
    page.goto(f"/indicateurs/importer/13-aix/{year}/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire", exact=True).click()
    page.wait_for_url("**/indicateurs/imports/*/", timeout=READING_MS)


def test_the_referent_imports_the_real_grid_again_and_nothing_changes(page_as):
    page = page_as("rq")
    upload(page, AIX, 2020)
    expect(page.get_by_text("Rien ne change").first).to_be_visible()
    check_page(page)


def test_the_referent_imports_another_grid_records_it_and_undoes_it(page_as, other_grid):
    page = page_as("rq")
    upload(page, other_grid, 2018)
    expect(page.get_by_role("heading", name="1 erreur dans le fichier")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Laisser de côté les lignes en erreur").click()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", name="Ce que cet import a changé")).to_be_visible()
    check_page(page)
    page.locator("main .qp-toolbar a.fr-btn").first.click()
    expect(page.get_by_role("link", name="Nombre de tablettes prêtées")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.locator("#messages")).to_contain_text("tout est revenu comme avant")
    page.goto("/indicateurs/grille/13-aix/2018/")
    expect(page.get_by_text("Nombre de tablettes prêtées")).to_have_count(0)


def test_a_head_of_service_enters_the_month_by_keyboard_on_a_phone(page_as):
    page = page_as("chef", viewport=PHONE)
    page.goto("/indicateurs/saisie/")
    check_page(page)
    cells = page.locator("form[data-entry]")
    cell = cells.filter(has=page.locator("input[name=numerator]")).first
    status = cell.locator(".qp-cell__status")
    cell.locator("input[name=numerator]").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("43")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("44")
    page.keyboard.press("Enter")
    expect(status).to_contain_text(re.compile(r"Enregistré à \d\d:\d\d : 97,7"))
    expect(cell.locator("output")).to_contain_text("97,7")
    cell.locator("input[name=numerator]").fill("46")
    cell.locator("input[name=denominator]").press("Enter")
    expect(status).to_contain_text("dépasse le dénominateur")
    expect(cell.locator("[data-outcome=question]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell.get_by_role("button", name="Oui, c’est exact")).to_be_visible()
    check_page(page)
    cell.get_by_role("link", name="Corriger").click()
    page.keyboard.type("42")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("95,5")


def test_two_tabs_that_save_the_same_figure_choose_between_both(page_as):
    first, second = page_as("chef"), page_as("chef")
    for page in (first, second):
        page.goto("/indicateurs/saisie/")
    cell, other = (page.locator("form[data-entry]:has(input[name=numerator])").first for page in (first, second))
    cell.locator("input[name=numerator]").fill("40")
    cell.locator("input[name=denominator]").fill("44")
    cell.locator("input[name=denominator]").press("Enter")
    expect(cell.locator(".qp-cell__status")).to_contain_text("Enregistré")
    other.locator("input[name=numerator]").fill("41")
    other.locator("input[name=denominator]").fill("44")
    other.locator("input[name=denominator]").press("Enter")
    expect(other.locator(".qp-cell__status")).to_contain_text("Quelqu’un a saisi cette valeur entre-temps")
    expect(other.locator(".qp-cell__status")).to_contain_text("90")
    check_page(second)
    other.get_by_role("button", name="Garder ma saisie").click()
    expect(other.locator(".qp-cell__status")).to_contain_text("93")


def test_the_referent_computes_an_edition_and_the_direction_reads_it(page_as):
    page = page_as("rq")
    page.goto("/indicateurs/tableau-de-bord/13-aix/2020/11/")
    page.get_by_role("button", name="Calculer une édition").click()
    expect(page.get_by_text("Terminé").first).to_be_visible(timeout=READING_MS)
    direction = page_as("direction")
    direction.goto("/indicateurs/tableau-de-bord/13-aix/2020/11/")
    check_page(direction)
    direction.get_by_role("link", name="Édition 1", exact=True).click()
    expect(direction.get_by_text("Édition intacte")).to_be_visible()
    check_page(direction)


def test_every_figure_says_why(page_as):
    page = page_as("auditeur")
    page.goto("/indicateurs/grille/13-aix/2020/")
    page.get_by_role("link", name="Taux d’appels aboutis SVI").click()
    expect(page.get_by_role("heading", name="Pourquoi ce chiffre ?")).to_be_visible()
    expect(page.get_by_text(re.compile(r"97,2\s% sans août"))).to_be_visible()
    check_page(page)


def test_the_referent_follows_the_months(page_as):
    page = page_as("rq")
    page.goto("/indicateurs/mois/")
    check_page(page)
    page.locator("main table a").first.click()
    check_page(page)
