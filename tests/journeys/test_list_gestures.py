"""A list narrowed where it is read: filters act at once, are chips, are kept; a change over all its pages."""

import pytest
from playwright.sync_api import expect

from tests.journeys.checks import PHONE, check_page
from tests.journeys.cost import Cost

pytestmark = pytest.mark.journey
ACTIONS = "/plans/actions/"


def test_filters_act_at_once_are_taken_off_by_a_chip_and_kept_when_one_comes_back(page_as):
    page = page_as("rq")
    page.goto(ACTIONS)
    page.wait_for_load_state("load")
    cost = Cost(page)
    page.get_by_label("Statut", exact=True).select_option("en-retard")
    cost.clicks += 1
    expect(page.get_by_role("link", name="Retirer le filtre Statut : En retard")).to_be_visible()
    clicks, keys, loads = cost.tell("Un filtre posé sur une liste")
    assert (clicks, keys, loads, "status=en-retard" in page.url) == (1, 0, 0, True)
    check_page(page)
    page.locator("#liste tbody a").first.click()
    page.wait_for_url("**/actions/*/")
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("link", name="Toutes les actions").click()
    page.wait_for_url("**status=en-retard**")
    cost = Cost(page)
    cost.click(page.get_by_role("link", name="Retirer le filtre Statut : En retard"))
    expect(page.locator("[data-chip]")).to_have_count(0)
    expect(page.get_by_label("Statut", exact=True)).to_have_value("")
    assert cost.tell("Un filtre retiré") == (1, 0, 0)


def test_the_site_chosen_in_the_header_is_that_of_the_lists_of_the_menu(page_as):
    page = page_as("rq")
    for place, start in (("Bouches-du-Rhône", ACTIONS), ("Aix-en-Provence", "/")):
        page.goto(start)
        page.locator("[aria-controls=menu-lieu]").click()
        page.locator("#menu-lieu").get_by_role("link", name=place, exact=True).click()
        expect(page.locator("[aria-controls=menu-lieu]")).to_contain_text(place)
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("link", name="Toutes les actions").click()
    page.wait_for_url("**/plans/actions/?site=*")
    expect(page.locator("[aria-controls=menu-lieu]")).to_contain_text("Aix-en-Provence")


def test_filters_are_kept_under_a_name(page_as):
    page = page_as("rq")
    page.goto(f"{ACTIONS}?status=en-retard")
    page.get_by_text("Garder ces filtres").click()
    page.get_by_label("Nom de ces filtres").fill("Nos retards")
    page.get_by_role("button", name="Garder", exact=True).click()
    page.goto(ACTIONS)
    page.get_by_text("Filtres gardés (1)").click()
    check_page(page)
    page.get_by_role("link", name="Nos retards", exact=True).click()
    expect(page.get_by_role("link", name="Retirer le filtre Statut : En retard")).to_be_visible()


def test_filters_are_folded_on_a_phone(page_as):
    page = page_as("rq", viewport=PHONE)
    page.goto(ACTIONS)
    expect(page.get_by_label("Statut", exact=True)).to_be_hidden()
    page.locator(".qp-filters__fold > summary").click()
    expect(page.get_by_label("Statut", exact=True)).to_be_visible()
    check_page(page)


def test_a_change_is_made_over_all_the_pages_of_a_filter(page_as):
    page = page_as("rq")
    page.goto(ACTIONS)
    page.wait_for_load_state("load")
    cost = Cost(page)
    box = page.get_by_label("toutes celles du filtre, sur toutes les pages")
    count = int(box.locator("xpath=..").inner_text().rsplit("(", 1)[1].rstrip(")").replace("\u202f", ""))
    cost.click(box)
    cost.click(page.get_by_role("button", name="Continuer"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} action")
    assert cost.tell(f"Toutes les pages d’un filtre choisies ({count} actions)")[0] == 2
    check_page(page)
