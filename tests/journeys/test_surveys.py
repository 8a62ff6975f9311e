"""A survey in the browser: on a phone, without script, by keyboard, on the tablet whose network drops, from paper."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import survey_site
from tests.journeys.checks import PHONE, check_page

pytestmark = pytest.mark.journey
TABLET = {"width": 1024, "height": 768}
SENDING_MS = 30_000
MOST_OF_A_STEP, LONGEST_SCROLL = 5, 720  # questions, pixels
ALL_SENT = "Toutes les réponses sont envoyées."


@pytest.fixture(scope="module")
def surveys(site) -> dict[str, str]:
    return survey_site.opened(site)


@pytest.fixture
def forms_of(site):
    """`forms_of(code)`: the forms received by a campaign."""
    return lambda code: survey_site.received(site, code)


@pytest.fixture
def tablet(site, surveys, new_page):
    """The tablet at its start, its pages kept."""
    page = new_page(site.url, viewport=TABLET, has_touch=True)
    page.goto(f"/enquetes/borne/{surveys['short-tablet']}/")
    expect(page.locator("body")).to_have_attribute("data-offline-ready", "")
    return page


def new_forms(forms_of, code: str, already: list[dict]) -> list[dict]:
    return forms_of(code)[len(already) :]


@pytest.mark.parametrize("language", ["fr", "fr-easy", "en"])
def test_the_questionnaire_is_sound_in_each_language(site, surveys, new_page, language):
    page = new_page(site.url)
    page.goto(f"/enquetes/r/{surveys['web']}/?langue={language}")
    check_page(page)
    expect(page.locator("html")).to_have_attribute("lang", language.split("-")[0])
    page.goto(f"/enquetes/r/inconnu/?langue={language}")
    assert page.problems == ["console: Failed to load resource: the server responded with a status of 404 (Not Found)"]
    page.problems.clear()
    check_page(page)


def test_somebody_answers_on_a_phone_and_sends_twice(site, surveys, new_page, forms_of):
    already = forms_of("journal-long")
    page = new_page(site.url, viewport=PHONE, has_touch=True)
    page.goto(f"/enquetes/r/{surveys['web']}/")
    courtesy = page.get_by_role("group", name="La courtoisie").get_by_label("Très satisfait")
    turn_to(page, courtesy)
    courtesy.tap()
    transfer = page.get_by_role("group", name="Le transfert d’appels")
    called = page.get_by_label("Oui, et mon appel a été transféré")
    turn_to(page, called)
    expect(transfer).to_be_hidden()
    called.tap()
    transfer.get_by_label("Peu satisfait").tap()
    check_page(page)
    turn_to(page, page.get_by_role("textbox"))
    page.get_by_role("textbox").fill("Des <b>sièges</b> dans le hall")
    check_page(page)
    turn_to(page, page.get_by_role("button", name="Envoyer mes réponses"))
    page.get_by_role("button", name="Envoyer mes réponses").dblclick()
    expect(page.get_by_role("heading", name="Merci de votre avis")).to_be_visible()
    page.get_by_role("link", name="Donner un autre avis").tap()
    expect(page.locator("textarea")).to_have_value("")
    (form,) = new_forms(forms_of, "journal-long", already)
    assert form["answers"] == {
        "courtoisie": "very_satisfied",
        "telephone": "transfere",
        "transfert": "dissatisfied",
        "suggestions": "Des <b>sièges</b> dans le hall",
    }
    assert page.context.cookies() == []


def turn_to(page: Page, wanted) -> None:
    """« Suivant » until a field or a button is there."""
    while not wanted.is_visible():
        page.get_by_role("button", name="Suivant").click()


def test_a_long_questionnaire_comes_in_short_steps_and_is_one_form(site, surveys, new_page):
    page = new_page(site.url, viewport=PHONE)
    page.goto(f"/enquetes/r/{surveys['web']}/")
    questions, step = page.locator("[data-question]"), page.locator("[data-stepper] h2")
    met = 0
    for number in range(1, questions.count() + 1):
        shown = questions.locator("visible=true").count()
        met += shown
        assert 1 <= shown <= MOST_OF_A_STEP
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= LONGEST_SCROLL
        expect(step).to_have_text(re.compile(rf"Étape {number} sur \d"))
        if page.get_by_role("button", name="Envoyer mes réponses").is_visible():
            break
        if number == 1:  # Enter in a field goes on
            questions.first.get_by_role("radio").first.press("Enter")
        else:
            page.get_by_role("button", name="Suivant").click()
        expect(step).to_be_focused()
    assert met == page.locator("[data-question]:not([disabled])").count()
    page.get_by_role("button", name="Précédent").click()
    expect(step).to_have_text(re.compile(rf"Étape {number - 1} sur"))


def test_without_script_conditions_are_words_and_answers_are_received(site, surveys, new_page, forms_of):
    already = forms_of("journal-court")
    page = new_page(site.url, java_script_enabled=False, viewport=PHONE)
    page.goto(f"/enquetes/r/{surveys['short']}/?langue=en")
    expect(page.get_by_text("Answer only if you chose “Yes” in question 2.")).to_be_visible()
    page.get_by_role("group", name="Did you call?").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="The transfer").get_by_label("Satisfied", exact=True).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("link", name="“You are”: please choose an answer.")).to_be_visible()
    page.get_by_label("A professional").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you for your opinion")).to_be_visible()
    (form,) = new_forms(forms_of, "journal-court", already)
    assert (form["answers"], form["language"], form["channel"]) == ({"profil": "pro", "appel": "no"}, "en", "qr")


def test_a_form_is_filled_in_by_keyboard_alone_and_a_slip_is_told_where_it_is(site, surveys, new_page, forms_of):
    already = forms_of("journal-court")
    page = new_page(site.url)
    page.goto(f"/enquetes/r/{surveys['short']}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au questionnaire")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "q-appel", "Space")
    tab_to(page, "q-transfert", "ArrowDown")
    tab_to(page, "q-motifs", "Space")
    tab_to(page, "q-suggestions", "")
    page.keyboard.type("Bravo")
    tab_to(page, "", "Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    check_page(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "q-profil", "Space")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Merci de votre avis")).to_be_visible()
    (form,) = new_forms(forms_of, "journal-court", already)
    assert form["answers"] == {
        "profil": "usager", "appel": "yes", "transfert": "satisfied", "motifs": ["titre"], "suggestions": "Bravo",
    }  # fmt: skip


def tab_to(page: Page, name: str, key: str) -> None:
    """Go by Tab to the field of that name (the button: no name), then press the key."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a') ? '-' : document.activeElement.name ?? '-'") == name:
            break
    else:
        raise AssertionError(f"Tab does not reach {name!r}")
    if key:
        page.keyboard.press(key)


@pytest.mark.parametrize("language", ["Français", "English"])
def test_the_screens_of_the_tablet_are_sound(tablet: Page, language):
    if language == "English":
        tablet.get_by_role("link", name="English").tap()
        expect(tablet.locator("[data-current]")).to_have_attribute("data-question", "q-profil")
        tablet.locator("[data-restart]").tap()
        tablet.wait_for_url(re.compile(r"/$"))
        tablet.get_by_role("link", name="English").tap()
        expect(tablet.locator("html")).to_have_attribute("lang", "en")
    else:
        check_page(tablet)
        tablet.get_by_role("link", name="Donner mon avis").tap()
    check_page(tablet)
    spoken = tablet.get_by_role("group", name="You are" if language == "English" else "Vous êtes")
    expect(spoken).to_be_focused()
    expect(spoken).to_have_accessible_description("Question 1 of 4" if language == "English" else "Question 1 sur 4")
    tablet.locator("[data-next]").tap()
    expect(tablet.get_by_role("alert")).to_be_visible()
    check_page(tablet)
    tablet.locator("[data-current] .qp-public-option").first.tap()
    expect(tablet.locator("[data-current]")).to_have_attribute("data-question", "q-appel")
    for question in ("q-appel", "q-motifs", "q-suggestions"):
        expect(tablet.locator("[data-current]")).to_have_attribute("data-question", question)
        check_page(tablet)
        tablet.locator("[data-next]").tap()
    expect(tablet.locator("#merci")).to_be_focused()
    check_page(tablet)


def answer(page: Page, profile: str = "Un usager") -> None:
    """One person at the tablet, from the start to the thanks."""
    page.get_by_role("link", name="Donner mon avis").tap()
    page.get_by_label(profile).tap()
    page.get_by_role("group", name="Avez-vous téléphoné ?").get_by_label("Oui").tap()
    page.get_by_role("group", name="Le transfert").get_by_label("Très satisfait").tap()
    expect(page.locator("[data-current]")).to_have_attribute("data-question", "q-motifs")
    page.get_by_label("Un titre").tap()
    page.get_by_role("button", name="Suivant").tap()
    page.get_by_role("button", name="Terminer").evaluate("(button) => { button.click(); button.click(); }")
    expect(page.get_by_role("heading", name="Merci de votre avis")).to_be_visible()
    page.get_by_role("button", name="Personne suivante").tap()


def answer_through_a_reload(page: Page) -> None:
    """One person whose screen is pulled down in the middle: the question is still there, with what was answered."""
    page.get_by_role("link", name="Donner mon avis").tap()
    page.get_by_label("Un usager").tap()
    page.get_by_role("group", name="Avez-vous téléphoné").get_by_label("Non", exact=True).tap()
    page.get_by_label("Un titre").tap()
    page.reload()
    expect(page.locator("[data-current]")).to_have_attribute("data-question", "q-motifs")
    expect(page.get_by_label("Un titre")).to_be_checked()
    page.get_by_role("button", name="Suivant").tap()
    page.get_by_role("textbox").fill("Merci")
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("Merci")
    page.get_by_role("button", name="Terminer").tap()
    page.get_by_role("button", name="Personne suivante").tap()
    page.reload()
    expect(page.get_by_role("link", name="Donner mon avis")).to_be_visible()


def test_the_tablet_keeps_answers_while_the_network_is_cut_and_sends_them_once(tablet, forms_of):
    already = forms_of("journal-court")
    state = tablet.locator("[data-kiosk-words]")
    answer(tablet, "Un professionnel")
    expect(state).to_have_text(ALL_SENT)
    tablet.context.set_offline(True)
    for number in range(3):
        answer(tablet)
        expect(state).to_contain_text(re.compile(rf"^{number + 1} réponses? en attente d’envoi"))
    assert len(new_forms(forms_of, "journal-court", already)) == 1
    tablet.reload()
    expect(tablet.get_by_role("link", name="Donner mon avis")).to_be_visible()
    expect(state).to_contain_text("3 réponses en attente d’envoi")
    answer_through_a_reload(tablet)
    tablet.get_by_role("link", name="English").tap()
    expect(tablet.get_by_role("group", name="You are")).to_be_visible()
    expect(state).to_contain_text("4 réponses en attente d’envoi")
    tablet.context.set_offline(False)
    expect(state).to_have_text(ALL_SENT, timeout=SENDING_MS)
    forms = new_forms(forms_of, "journal-court", already)
    assert [form["answers"]["profil"] for form in forms] == ["pro", "usager", "usager", "usager", "usager"]
    assert forms[-1]["answers"] == {"profil": "usager", "appel": "no", "motifs": ["titre"], "suggestions": "Merci"}
    assert {form["channel"] for form in forms} == {"tablet"}
    assert len({form["key"] for form in forms}) == 5


def test_an_answer_of_the_server_that_is_lost_does_not_double_the_form(tablet, forms_of):
    already = forms_of("journal-court")
    tablet.evaluate("delete Crypto.prototype.randomUUID")  # as on a site without TLS
    lost = []

    def lose(route):
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    tablet.context.route("**/enquetes/borne/**", lose)
    answer(tablet)
    expect(tablet.locator("[data-kiosk-words]")).to_have_text(ALL_SENT, timeout=SENDING_MS)
    assert lost == [200, 200]
    (form,) = new_forms(forms_of, "journal-court", already)
    assert UUID(form["key"]).version == 4


def test_a_tablet_left_alone_asks_then_returns_to_the_start(site, surveys, new_page, forms_of):
    already = forms_of("journal-court")
    page = new_page(site.url, viewport=TABLET, has_touch=True)
    page.clock.install()
    page.goto(f"/enquetes/borne/{surveys['short-tablet']}/")
    page.get_by_role("link", name="Donner mon avis").tap()
    page.get_by_label("Un usager").tap()
    page.clock.run_for(41_000)
    dialog = page.get_by_role("dialog", name="Êtes-vous encore là ?")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_description(re.compile("Touchez l’écran pour continuer"))
    check_page(page)
    page.touchscreen.tap(5, 5)  # anywhere, outside the dialog
    expect(dialog).to_be_hidden()
    page.clock.run_for(38_000)
    expect(dialog).to_be_hidden()
    page.clock.run_for(23_000)
    expect(page.get_by_role("link", name="Donner mon avis")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    page.get_by_role("link", name="Donner mon avis").tap()
    expect(page.get_by_label("Un usager")).not_to_be_checked()
    assert new_forms(forms_of, "journal-court", already) == []


def test_an_agent_types_ten_paper_forms_and_corrects_the_last(page_as, surveys, forms_of):
    page = page_as("rq")
    page.goto("/enquetes/campagnes/journal-papier/saisie")
    check_page(page)
    page.get_by_label("Numéro").fill("001")
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.type("211" + "1234" * 2 + "012" + "3" + "4")
        page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_have_text("10")
    expect(page.locator("[data-news]")).to_contain_text("Formulaire n° 010 enregistré.")
    forms = forms_of("journal-papier")
    assert [form["number"] for form in forms] == [f"{number:03}" for number in range(1, 11)]
    assert {form["channel"] for form in forms} == {"paper"}
    scale = ["very_satisfied", "satisfied", "dissatisfied", "very_dissatisfied"]
    criteria = [*scale, *scale, "na", *scale[:2]]
    assert [list(form["answers"].values()) for form in forms] == [
        ["dossier", "accueil-general", "oui", *criteria, "non", "very_dissatisfied"]
    ] * 10
    check_page(page)
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Corriger un formulaire")).to_be_visible()
    check_page(page)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Le formulaire est corrigé.")).to_be_visible()
    assert forms_of("journal-papier")[-1]["answers"]["motif"] == "information"


def test_a_refused_paper_form_is_taken_up_again(page_as, surveys, forms_of):
    page = page_as("suppleant")
    page.goto("/enquetes/campagnes/journal-papier/saisie")
    page.get_by_label("Numéro").fill("X1")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-news]")).to_contain_text("Formulaire n° X1 enregistré.")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator(".qp-saving")).to_contain_text("Le formulaire n° X1 est déjà saisi")
    check_page(page)
    page.get_by_role("button", name="Reprendre").click()
    page.get_by_label("Numéro").fill("X2")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-news]")).to_contain_text("Formulaire n° X2 enregistré.")
    assert [form["answers"] for form in forms_of("journal-papier") if form["number"].startswith("X")] == [
        {"motif": "information"}, {"motif": "dossier"},
    ]  # fmt: skip
