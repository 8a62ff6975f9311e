"""Any object reached from any page by keyboard: Ctrl-K, a few letters, Enter; without script, by the page of search."""

from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, axe_violations, check_page


def field_of(page: Page):
    return page.get_by_role("combobox", name="Rechercher une action")


def test_an_engagement_is_reached_by_keyboard_alone(page_as):
    page = page_as("rq")
    expect(field_of(page)).to_be_visible()  # the script is there
    page.keyboard.press("Control+k")
    expect(field_of(page)).to_be_focused()
    page.keyboard.type("e3")
    expect(page.get_by_role("option").first).to_contain_text("E3 –")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(field_of(page)).to_have_attribute("aria-activedescendant", "recherche-1")
    assert axe_violations(page) == []  # with the list open, which another size of window closes
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/referentiels/engagements/*/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("E3")


def test_enter_before_any_proposal_leads_to_the_page_of_search(page_as):
    page = page_as("rq")
    expect(field_of(page)).to_be_visible()  # the script is there
    page.keyboard.press("Control+k")
    page.keyboard.type("cloré")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche?q=*")
    expect(page.get_by_role("link", name="Clore un mois")).to_be_visible()
    check_page(page)


def test_on_a_phone_the_field_opens_from_its_button(page_as):
    page = page_as("rq", viewport=PHONE)
    page.get_by_role("button", name="Rechercher").first.click()
    expect(field_of(page)).to_be_focused()
    page.keyboard.type("registre")
    expect(page.get_by_role("option").first).to_be_visible()
    check_page(page)


def test_without_script_the_field_is_a_form(page_as):
    page = page_as("rq", java_script_enabled=False)
    page.get_by_label("Rechercher une action").fill("e3")
    page.get_by_label("Rechercher une action").press("Enter")
    expect(page.get_by_role("heading", name="Engagements")).to_be_visible()
