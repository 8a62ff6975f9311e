"""The gestures of a plan where they are looked at: what each costs in clicks, keys and page loads is printed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.checks import PHONE, check_page
from tests.journeys.cost import Cost

pytestmark = pytest.mark.journey


def piece(page: Page, name: str, text: str) -> Locator:
    """The link of the first piece of that name that says so."""
    return page.locator(f"[data-piece$='-{name}'] a[data-in-place]").filter(has_text=text).first


def news(page: Page) -> Locator:
    return page.locator(".qp-news")


@pytest.mark.parametrize("address", ["/plans/actions/?status=todo", "/plans/actions/par-statut/"])
def test_a_status_is_changed_in_two_clicks_and_taken_back_in_one(page_as, address):
    page = page_as("rq")
    page.goto(address)
    link = piece(page, "status", "À faire")
    key = link.locator("xpath=..").get_attribute("data-piece")
    cost = Cost(page)
    cost.click(link)
    check_page(page)
    cost.click(page.get_by_role("dialog").get_by_role("button", name="En cours"))
    expect(page.locator(f"[data-piece='{key}']")).to_contain_text("En cours")
    expect(news(page)).to_contain_text("L’action est en cours.")
    assert cost.tell(f"Statut d’une action ({address})") == (2, 0, 0)
    check_page(page)
    cost = Cost(page)
    cost.click(page.get_by_role("button", name="Annuler", exact=True))
    expect(page.locator(f"[data-piece='{key}']")).to_contain_text("À faire")
    expect(news(page)).to_contain_text("C’est annulé.")
    assert cost.tell("Annuler le dernier geste") == (1, 0, 0)


def test_a_card_goes_to_its_column_and_the_counts_follow(page_as):
    page = page_as("rq")
    page.goto("/plans/actions/par-statut/")
    before = int(page.locator("[data-count=ongoing]").inner_text())
    card = page.locator("[data-column=todo] [data-card]").first
    key = card.get_attribute("data-card")
    piece(card, "status", "À faire").click()
    page.get_by_role("dialog").get_by_role("button", name="En cours").click()
    expect(page.locator(f"[data-column=ongoing] [data-card='{key}']")).to_be_visible()
    expect(page.locator("[data-count=ongoing]")).to_have_text(str(before + 1))
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.locator(f"[data-column=todo] [data-card='{key}']")).to_be_visible()


def test_what_lacks_is_asked_in_place_then_a_deadline_is_moved_in_the_plan(page_as):
    page = page_as("rq")
    page.goto("/plans/actions/?status=todo")
    piece(page, "status", "À faire").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("summary", has_text="Abandonnée").click()
    dialog.locator("details[open]").get_by_role("button", name="Enregistrer").click()
    expect(dialog).to_contain_text("Indiquez la raison de l’abandon")
    check_page(page)
    page.keyboard.press("Escape")
    cost = Cost(page)
    link = page.locator("[data-piece$='-deadline'] a[data-in-place]").first
    key = link.locator("xpath=..").get_attribute("data-piece")
    cost.click(link)
    dialog.get_by_label("Nouvelle échéance").fill("")
    cost.type("fin 2028")
    expect(dialog).to_contain_text("Compris : du 01/10/2028 au 31/12/2028.")
    if dialog.get_by_label("Raison").count():
        cost.click(dialog.get_by_label("Raison"))
        cost.type("Marché infructueux")
    cost.click(dialog.get_by_role("button", name="Enregistrer"))
    expect(page.locator(f"[data-piece='{key}']")).to_contain_text("fin 2028")
    clicks, _, loads = cost.tell("Échéance d’une action, avec sa raison")
    assert (clicks, loads) == (3, 0)
    page.keyboard.press("Control+z")
    expect(news(page)).to_contain_text("C’est annulé.")


def test_an_action_changed_meanwhile_is_told_in_the_panel(page_as):
    rq, deputy = page_as("rq"), page_as("suppleant")
    for page in (rq, deputy):
        page.goto("/plans/actions/?status=todo")
    key = piece(rq, "status", "À faire").locator("xpath=..").get_attribute("data-piece")
    for page in (rq, deputy):
        page.locator(f"[data-piece='{key}'] a").click()
        page.get_by_role("dialog").locator("summary", has_text="Abandonnée").click()
        page.get_by_role("dialog").locator("details[open]").get_by_label("Raison").fill("Sans objet")
    for page, told in ((rq, rq.locator(f"[data-piece='{key}']")), (deputy, deputy.get_by_role("alert"))):
        page.get_by_role("dialog").locator("details[open]").get_by_role("button", name="Enregistrer").click()
        expect(told).to_contain_text("Aband")
    expect(deputy.get_by_role("alert")).to_contain_text("Claire Fabre a enregistré")
    check_page(deputy)
    rq.get_by_role("button", name="Annuler", exact=True).click()
    expect(news(rq)).to_contain_text("C’est annulé.")


def test_on_a_phone_the_panel_is_a_sheet_at_the_foot_and_without_script_the_link_is_a_page(page_as, browser):
    page = page_as("rq", viewport=PHONE)
    page.goto("/plans/actions/?status=todo")
    piece(page, "status", "À faire").click()
    box = page.get_by_role("dialog").bounding_box()
    assert (box["x"], round(box["y"] + box["height"])) == (0, PHONE["height"])
    check_page(page)
    plain = page_as("rq", java_script_enabled=False)
    plain.goto("/plans/actions/?status=todo")
    cost = Cost(plain)
    cost.click(piece(plain, "status", "À faire"))
    cost.click(plain.get_by_text("En cours", exact=True).last)
    cost.click(plain.get_by_role("button", name="Enregistrer"))
    expect(plain.locator("#messages")).to_contain_text("L’action est en cours")
    plain.wait_for_load_state("load")
    assert "status=todo" in plain.url
    assert cost.tell("Statut d’une action, sans script (par la page)") == (3, 0, 2)


def test_twenty_rows_of_a_plan_are_typed_in_the_page(page_as):
    page = page_as("rq")
    page.goto("/plans/nouveau/")
    page.get_by_label("Site", exact=True).select_option(index=1)
    page.get_by_label("Intitulé").fill("Plan écrit au clavier")
    page.get_by_label("Origine", exact=True).select_option("internal_audit")
    page.get_by_role("button", name="Ouvrir le plan").click()
    page.get_by_role("textbox", name="Constat").focus()
    page.wait_for_load_state("load")
    cost = Cost(page)
    text = 0
    for number in range(1, 26):  # 20 findings, 25 actions: each fifth row is one more action of the finding before
        told = ("" if number % 5 == 0 else f"Constat {number}", f"Action {number}", "BC", "fin 2027")
        for place, words in enumerate(told):
            cost.type(words)
            text += len(words)
            cost.press("Tab" if place < 3 else "Enter")
        expect(page.locator("[data-written] tr")).to_have_count(number)
    expect(page.locator("[data-written] tr[aria-busy]")).to_have_count(0, timeout=60_000)
    expect(page.locator("[data-written]")).to_contain_text("du 01/10/2027 au 31/12/2027")
    check_page(page)
    _, keys, loads = cost.tell("20 constats et 25 actions écrits au clavier")
    assert (keys - text, loads) == (25 * 4, 0)
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.locator("[data-written] tr")).to_have_count(24)
    page.reload()
    expect(page.locator(".qp-plan__finding")).to_have_count(20)
    expect(page.locator(".qp-band")).to_contain_text("24")


def test_a_row_refused_says_why_and_comes_back_under_the_hands(page_as):
    page = page_as("rq")
    page.goto("/plans/")
    page.locator("tbody a").first.click()
    page.get_by_role("textbox", name="Constat").fill("Attente longue au guichet")
    page.get_by_role("textbox", name="Échéance").fill("un de ces quatre")
    page.keyboard.press("Enter")
    expect(page.locator("[data-written]")).to_contain_text("n’est pas une échéance que nous comprenons")
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_role("textbox", name="Constat")).to_have_value("Attente longue au guichet")
    page.get_by_role("textbox", name="Échéance").fill("fin 2027")
    page.keyboard.press("Enter")
    expect(page.locator("[data-written] tr:not([aria-busy])")).to_contain_text("Attente longue au guichet")
    page.keyboard.press("Escape")
    check_page(page)
