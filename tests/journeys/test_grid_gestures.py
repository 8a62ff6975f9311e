"""The grid edited in the grid: what each gesture costs in clicks, keys and page loads is printed."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page
from tests.journeys.cost import Cost

pytestmark = pytest.mark.journey
GRID = "/indicateurs/grille/13-aix/2020/?mode=saisie"
LAST_MONTH = date.today().replace(day=1) - timedelta(1)  # what the demonstration has still to enter
RUNNING = f"/indicateurs/grille/13-aix/{LAST_MONTH.year}/?mode=saisie"
EMPTY = f"tr[data-row]:not([data-split]) td[data-edit][id$='-{LAST_MONTH.month}'].qp-grid__cell--missing"
COPY = "text => navigator.clipboard.writeText(text)"
RECTIFICATION = "Raison de la rectification"


def news(page: Page):
    return page.locator("#grille-nouvelles")


def row(page: Page, label: str):
    return page.locator("tr[data-row]").filter(has=page.get_by_role("link", name=label, exact=True))


def month(page: Page, label: str, number: int):
    return row(page, label).locator(f"td[id$='-{number}']")


def answer_asked(page: Page, cost: Cost | None = None) -> None:
    """Say why closed months are corrected, where it is asked, and save."""
    asked = page.locator("#a-confirmer form")
    if asked.get_by_label(RECTIFICATION).count():
        asked.get_by_label(RECTIFICATION).fill("Relevé retrouvé")
    button = asked.get_by_role("button", name="Enregistrer", exact=True)
    cost.click(button) if cost else button.click()


def test_figures_typed_in_the_grid_are_saved_and_taken_back_by_keyboard(page_as):
    page = page_as("rq")
    page.goto(GRID)
    label = "Nombre d’usagers reçus au PN"
    cell = month(page, label, 2)
    before = cell.text_content()
    check_page(page)
    cell.focus()
    page.wait_for_load_state("load")
    cost = Cost(page)
    cost.type("41")
    cost.press("Tab")
    expect(month(page, label, 3)).to_be_focused()
    expect(page.locator("#a-confirmer")).to_contain_text("février : mois clos")
    check_page(page)
    answer_asked(page)
    expect(news(page)).to_contain_text("février : 41.")
    expect(cell).to_contain_text("41")
    clicks, keys, loads = cost.tell("Un chiffre tapé dans la grille")
    assert (clicks, keys, loads) == (0, 3, 0)
    month(page, label, 3).focus()
    cost = Cost(page)
    cost.press("Control+z")
    expect(news(page)).to_contain_text("C’est annulé : 1 valeur comme avant.")
    expect(cell).to_have_text(before)
    assert cost.tell("Annuler le dernier geste dans la grille") == (0, 1, 0)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('td[data-edit]')")


def test_a_block_of_a_spreadsheet_is_one_paste_and_one_confirmation(page_as):
    page = page_as("rq")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/indicateurs/grille/13/2025/?mode=saisie")
    rows = page.locator("tr[data-row]:not([data-split])")
    first = rows.first.locator("td[id$='-1']")
    lines = ["\t".join("grève" if (line, number) == (3, 4) else "12" for number in range(1, 13)) for line in range(20)]
    page.evaluate(COPY, "\n".join(lines))
    first.focus()
    page.wait_for_load_state("load")
    cost = Cost(page)
    cost.press("Control+v")
    asked = page.locator("#a-confirmer form")
    expect(asked).to_contain_text("À confirmer avant d’enregistrer")
    expect(asked).to_contain_text("grève")
    check_page(page)
    asked.get_by_label("grève").select_option("closed")
    answer_asked(page, cost)
    expect(news(page)).to_contain_text("valeurs enregistrées")
    assert cost.tell("Un bloc de 12 mois × 20 indicateurs collé") == (1, 1, 0)
    expect(first).to_contain_text("12")
    page.reload()
    expect(first).to_contain_text("12")


def test_what_is_pasted_beyond_the_grid_is_counted(page_as):
    page = page_as("rq")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/indicateurs/grille/13/2025/?mode=saisie")
    last = page.locator("tr[data-row]:not([data-split]) td[data-edit][id$='-12']").last
    page.evaluate(COPY, "12\t13\t14")
    last.focus()
    page.wait_for_load_state("load")
    page.keyboard.press("Control+v")
    expect(news(page)).to_contain_text("2 cases collées n’ont pas de place ici : rien n’en est enregistré.")


def test_an_entry_refused_is_taken_up_again_or_given_up(page_as):
    page = page_as("rq")
    page.goto(RUNNING)
    cell = month(page, "Taux d’appels aboutis", 10)
    before = cell.text_content()
    cell.focus()
    page.wait_for_load_state("load")
    page.keyboard.type("9870 %")
    page.keyboard.press("Enter")
    bar = page.get_by_role("region", name="Envois")
    expect(cell).to_have_attribute("aria-invalid", "true")
    bar.get_by_role("button", name="Reprendre").click()
    expect(cell.get_by_role("textbox")).to_have_value("9870 %")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 422
    expect(bar.get_by_role("button", name="Reprendre")).to_be_visible()
    check_page(page)
    bar.get_by_role("button", name="Abandonner").click()
    expect(bar).to_be_hidden()
    expect(cell).to_have_text(before)
    assert cell.get_attribute("aria-invalid") is None


def let_go(page: Page, held: list) -> None:
    """Answer the request that is held, once the browser has sent it."""
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(50)
    held.pop().continue_()


def test_an_answer_that_comes_late_neither_closes_the_cell_nor_undoes_another_gesture(page_as):
    page = page_as("rq")
    page.goto(RUNNING)
    cells = page.locator(EMPTY)
    cell = page.locator(f"#{cells.first.get_attribute('id')}")
    cell.focus()
    page.wait_for_load_state("load")
    held = []

    def hold(route) -> None:
        held.append(route)

    page.route("**/cases/", hold, times=2)
    page.keyboard.type("s.o.")
    page.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-busy", "true")
    cell.focus()
    page.keyboard.press("F2")
    page.keyboard.type("41")
    expect(cell.get_by_role("textbox")).to_have_value("41")
    let_go(page, held)
    expect(news(page)).to_contain_text("Sans objet")
    expect(cell.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_contain_text("s.o.")
    expect(cell).to_be_focused()
    page.keyboard.type("-")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+z")
    expect(news(page)).to_contain_text("Annulation dès que le dernier geste est enregistré")
    let_go(page, held)
    expect(news(page)).to_contain_text("C’est annulé : 1 valeur comme avant.")
    expect(cell).to_contain_text("s.o.")


def test_the_panel_holds_counts_state_and_comment_and_covers_nothing(page_as):
    page = page_as("rq")
    page.goto(GRID)
    cell = month(page, "Taux d’appels aboutis", 1)
    cell.focus()
    page.keyboard.press("Shift+F2")
    panel = page.locator("#saisie form")
    expect(panel.locator("input[name=numerator]")).to_be_focused()
    box, table = page.locator("#colonne").bounding_box(), page.locator(".qp-grid").bounding_box()
    assert box["x"] >= table["x"] + table["width"]
    panel.get_by_label("Commentaire").fill("Standard en travaux")
    panel.get_by_label(RECTIFICATION).fill("Précision")
    panel.get_by_role("button", name="Rectifier").click()
    expect(panel.locator(".qp-cell__status")).to_contain_text("Enregistré")
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()


def test_a_cell_is_opened_by_touch_on_a_phone(page_as):
    page = page_as("rq", viewport=PHONE)
    page.goto(f"{GRID}&mois=2")
    cell = month(page, "Nombre d’usagers reçus au PN", 2)
    cell.click()
    cell.click()
    field = cell.get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill("42")
    page.keyboard.press("Enter")
    expect(page.locator("#a-confirmer")).to_contain_text("février : mois clos")
    check_page(page)


def test_what_is_typed_without_network_is_sent_once_it_is_back(page_as):
    page = page_as("rq")
    page.goto(RUNNING)
    cell = page.locator(EMPTY).first
    name = cell.get_attribute("id")
    page.context.set_offline(True)
    cell.focus()
    page.keyboard.type("s.o.")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{name}")).to_have_attribute("aria-busy", "true")
    page.context.set_offline(False)
    expect(news(page)).to_contain_text("Sans objet", timeout=30_000)
    expect(page.locator(f"#{name}")).to_contain_text("s.o.")


def test_the_site_and_the_year_are_chosen_in_the_header_and_kept(page_as):
    page = page_as("rq")
    page.goto("/indicateurs/grille/13-aix/2020/")
    page.wait_for_load_state("load")
    cost = Cost(page)
    cost.click(page.get_by_role("button", name="Site et année"))
    expect(page.get_by_role("link", name="Bouches-du-Rhône", exact=True)).to_be_visible()
    check_page(page)
    cost.click(page.get_by_role("link", name="Bouches-du-Rhône", exact=True))
    page.wait_for_url("**/grille/13/2020/")
    expect(page.get_by_role("button", name="Site et année")).to_contain_text("Bouches-du-Rhône · 2020")
    clicks, _, loads = cost.tell("Un autre site de la même page")
    assert (clicks, loads) == (2, 1)
    page.goto("/indicateurs/tableau-de-bord/")
    page.wait_for_url("**/tableau-de-bord/13/2020/*/")
    page.get_by_role("button", name="Site et année").click()
    page.get_by_role("link", name="Tous mes sites").click()
    expect(page.get_by_role("columnheader", name="Aix-en-Provence").first).to_be_visible()
    check_page(page)
