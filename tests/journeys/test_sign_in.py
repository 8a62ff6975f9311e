"""Signing in and out, as each role does it."""

from playwright.sync_api import Page, expect

from tests.journeys.checks import check_page


def test_a_visitor_is_led_to_the_sign_in_page_which_shows_the_demonstration_accounts(visitor: Page):
    visitor.goto("/")
    assert "/compte/connexion" in visitor.url
    expect(visitor.get_by_text("rq@demo.invalid")).to_be_visible()
    check_page(visitor)


def test_a_wrong_password_is_refused_with_a_sentence(visitor: Page):
    visitor.goto("/compte/connexion")
    visitor.get_by_label("Adresse électronique").fill("rq@demo.invalid")
    visitor.get_by_label("Mot de passe", exact=True).fill("pas celui-là du tout")
    visitor.get_by_role("button", name="Se connecter").click()
    expect(visitor.get_by_role("alert").first).to_be_visible()
    check_page(visitor)


def test_signing_out_ends_the_session(page_as):
    page = page_as("direction")
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.goto("/")
    assert "/compte/connexion" in page.url


def test_the_page_works_by_keyboard_alone(visitor: Page):
    visitor.goto("/compte/connexion")
    visitor.get_by_label("Adresse électronique").focus()
    visitor.keyboard.type("auditeur@demo.invalid")
    visitor.keyboard.press("Tab")
    visitor.keyboard.type("demonstration-2026")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(lambda url: "/compte/" not in url)
