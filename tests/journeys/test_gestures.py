"""Gestures of the day that belong to no page in particular: what each costs is printed for docs/ergonomics.md."""

import sys

import pytest
from playwright.sync_api import expect

from tests.journeys.checks import PHONE, check_page
from tests.journeys.cost import Cost

pytestmark = pytest.mark.journey
TALLEST = 1_000


def test_any_object_is_reached_by_its_name_from_any_page(page_as):
    page = page_as("rq")
    expect(page.get_by_role("combobox", name="Rechercher une action")).to_be_visible()
    page.wait_for_load_state("load")
    cost = Cost(page)
    cost.press("Control+k")
    cost.type("e3")
    expect(page.get_by_role("option").first).to_contain_text("E3 –")
    cost.press("Enter")
    page.wait_for_url("**/referentiels/engagements/*/")
    page.wait_for_load_state("load")
    assert cost.tell("Un engagement depuis n’importe quelle page") == (0, 4, 1)


def test_the_file_of_an_engagement_is_one_page_for_the_auditor(page_as):
    page = page_as("auditeur")
    expect(page.get_by_role("combobox", name="Rechercher une action")).to_be_visible()
    page.wait_for_load_state("load")
    cost = Cost(page)
    cost.press("Control+k")
    cost.type("e3")
    expect(page.get_by_role("option").first).to_contain_text("E3 –")
    cost.press("Enter")
    page.wait_for_url("**/referentiels/engagements/*/")
    page.wait_for_load_state("load")
    for part in ("Preuves attendues", "Indicateurs", "Constats et actions"):
        expect(page.get_by_role("main")).to_contain_text(part)
    assert cost.tell("E3 pour l’auditeur")[2] == 1


def test_the_home_page_of_the_referent_fits_on_a_laptop(page_as):
    page = page_as("rq")
    height = page.evaluate("document.documentElement.scrollHeight")
    sys.stdout.write(f"\nAccueil du référent à 1280 : {height} pixels\n")
    assert height <= TALLEST


def test_the_month_of_a_head_of_service_is_one_page_on_a_phone(page_as):
    page = page_as("chef", viewport=PHONE)
    page.goto("/indicateurs/saisie/")
    page.wait_for_load_state("load")
    pairs = page.locator("form[data-entry]:not([data-entered]):has(input[name=numerator])")
    count = min(pairs.count(), 3)
    assert count > 0
    names = [pairs.nth(number).get_attribute("id") for number in range(count)]
    cost = Cost(page)
    text = 0
    for name in names:
        form = page.locator(f"#{name}")
        form.locator("input[name=numerator]").focus()
        for value, field in (("44", "numerator"), ("46", "denominator")):
            expect(form.locator(f"input[name={field}]")).to_be_focused()
            cost.type(value)
            text += len(value)
            cost.press("Enter")
    clicks, keys, loads = cost.tell(f"{2 * count} chiffres du mois sur un téléphone")
    assert (clicks, keys - text, loads) == (0, 2 * count, 0)
    check_page(page)
