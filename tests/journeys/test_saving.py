"""Nothing typed is lost: entry and grid under latency, without network, after the end of the session."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.saving import end_session, eventually, rows, sign_in_again, slow_posts
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


def figures(site: Site, assignment: int, year: int, month: int) -> list[tuple]:
    return rows(
        site,
        "SELECT v.numerator, v.denominator FROM indicators_value v JOIN indicators_assignment a"
        " ON a.indicator_id = v.indicator_id AND a.unit_id = v.unit_id WHERE a.id = ? AND v.year = ? AND v.month = ?",
        assignment, year, month,
    )  # fmt: skip


def pairs(page: Page):
    return page.locator("form[data-entry]").filter(has=page.locator("input[name=denominator]"))


def place(form) -> tuple[int, int, int]:
    *_, year, month, assignment, _ = form.get_attribute("action").split("/")
    return int(assignment), int(year), int(month)


def usual(form) -> tuple[str, str]:
    """What the cell holds, a little changed."""
    numerator, denominator = (
        form.locator(f"input[name={name}]").input_value() for name in ("numerator", "denominator")
    )
    return str(int(numerator or 60) - 1), denominator or "66"


def test_keys_typed_under_latency_land_where_they_were_typed(site, page_as):
    page = page_as("chef")
    page.goto("/indicateurs/saisie/")
    form = pairs(page).first
    numerator, denominator = usual(form)
    slow_posts(page)
    form.locator("input[name=numerator]").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(numerator, delay=80)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type(denominator, delay=80)
    page.keyboard.press("Enter")
    page.keyboard.type("8", delay=80)
    assert form.locator("input[name=denominator]").input_value() == denominator
    eventually(page, lambda: figures(site, *place(form)), [(int(numerator), int(denominator))])


def test_values_typed_without_network_are_sent_once_it_is_back(site, page_as):
    page = page_as("chef")
    page.goto("/indicateurs/saisie/")
    form = pairs(page).first
    numerator, denominator = usual(form)
    page.context.set_offline(True)
    form.locator("input[name=numerator]").fill(numerator)
    form.locator("input[name=denominator]").fill(denominator)
    page.keyboard.press("Enter")
    expect(page.locator(".qp-saving")).to_contain_text("1 valeur en attente d’envoi depuis")
    page.context.set_offline(False)
    eventually(page, lambda: figures(site, *place(form)), [(int(numerator), int(denominator))])
    expect(page.locator(".qp-saving")).to_contain_text("Ce qui attendait est envoyé")


def test_a_session_that_ended_is_taken_up_again_over_the_page(site, page_as):
    page = page_as("chef")
    page.goto("/indicateurs/saisie/")
    form = pairs(page).first
    numerator, denominator = usual(form)
    end_session(page)
    form.locator("input[name=numerator]").fill(numerator)
    form.locator("input[name=denominator]").fill(denominator)
    page.keyboard.press("Enter")
    sign_in_again(page, "chef")
    eventually(page, lambda: figures(site, *place(form)), [(int(numerator), int(denominator))])


def test_a_reload_without_network_keeps_what_waits(site, page_as):
    page = page_as("chef")
    page.goto("/indicateurs/saisie/")
    form = pairs(page).first
    numerator, denominator = usual(form)
    page.route("**/indicateurs/saisie/*/*/*/", lambda route: route.abort())
    form.locator("input[name=numerator]").fill(numerator)
    form.locator("input[name=denominator]").fill(denominator)
    page.keyboard.press("Enter")
    expect(page.locator(".qp-saving")).to_contain_text("1 valeur en attente d’envoi")
    page.reload()
    expect(form.locator("input[name=numerator]")).to_have_value(numerator)
    expect(page.locator(".qp-saving").get_by_role("button", name="Envoyer maintenant")).to_be_visible()
    page.unroute_all()
    page.evaluate("document.querySelector('.qp-saving button')?.click()")  # unless it left by itself meanwhile
    eventually(page, lambda: figures(site, *place(form)), [(int(numerator), int(denominator))])


def test_half_a_pair_survives_back(site, page_as):
    page = page_as("chef")
    page.goto("/indicateurs/saisie/")
    form = pairs(page).first
    form.locator("input[name=numerator]").fill("47")
    page.goto("/")
    page.go_back()
    expect(pairs(page).first.locator("input[name=numerator]")).to_have_value("47")


def test_paper_forms_typed_without_network_are_sent_once(site, page_as):
    page = page_as("accueil")
    page.goto("/enquetes/campagnes/satisfaction-aix-2026/saisie")
    before = rows(site, "SELECT count(*) FROM surveys_response")[0][0]
    page.context.set_offline(True)
    for _ in range(2):
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(page.locator(".qp-saving")).to_contain_text("2 formulaires en attente d’envoi depuis")
    page.keyboard.press("2")
    page.context.set_offline(False)
    eventually(page, lambda: rows(site, "SELECT count(*) FROM surveys_response")[0][0], before + 2)
    page.reload()
    expect(page.locator("[data-news]")).to_contain_text("Le formulaire commencé est revenu")


@pytest.mark.parametrize("trouble", ["offline", "session"])
def test_a_chapter_is_saved_after_all(site, page_as, trouble):
    page = page_as("rq")
    page.goto("/bilans/")
    page.get_by_role("row", name=re.compile("2020.*Aix|Aix.*2020")).get_by_role("link").first.click()
    page.locator("main a[href*='/bilans/chapitres/']").first.click()
    page.locator("[contenteditable]").click()
    page.keyboard.type(f"Phrase {trouble} ")
    if trouble == "offline":
        page.context.set_offline(True)
    else:
        end_session(page)
    page.get_by_role("button", name="Enregistrer").click()
    if trouble == "offline":
        expect(page.locator(".qp-saving")).to_contain_text("1 formulaire en attente d’envoi")
        page.context.set_offline(False)
    else:
        sign_in_again(page, "rq")
    eventually(
        page, lambda: len(rows(site, "SELECT 1 FROM reports_chapter WHERE text LIKE ?", f"%Phrase {trouble}%")), 1
    )
    expect(page.locator("#messages")).to_contain_text("Le chapitre est enregistré.")
