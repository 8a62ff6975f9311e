"""The annual report in the browser: read by the direction, written by the référent, by two people at once."""

import re

import pikepdf
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page

PATIENCE_MS = 60_000


def open_report(page: Page, year: int) -> None:
    page.goto("/bilans/")
    page.get_by_role("link", name=f"Bilan qualité {year}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Bilan qualité {year}")


def write(page: Page, text: str) -> None:
    """Replace the text of the chapter as a person does, by keyboard."""
    expect(page.get_by_role("button", name="Gras")).to_be_visible()  # the editor has taken the place of the field
    editor = page.get_by_role("textbox", name="Texte")
    editor.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_the_direction_asks_for_the_bilan_then_downloads_it_in_one_click(page_as, tmp_path):
    page = page_as("direction")
    check_page(page)
    page.get_by_role("button", name=re.compile("Produire le PDF : Bilan qualité 2020")).click()
    expect(page.get_by_text("Le travail est terminé")).to_be_visible(timeout=PATIENCE_MS)
    check_page(page)
    page.goto("/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Télécharger le Bilan qualité 2020")).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "bilan-qualite-2020-13-aix.pdf"
    with pikepdf.open(file) as document:
        assert document.Root.MarkInfo.Marked


def test_the_referent_writes_a_chapter_sees_it_as_printed_and_produces_the_pdf(page_as):
    page = page_as("rq")
    open_report(page, 2022)
    check_page(page)
    page.get_by_role("link", name="Services Publics +").click()
    check_page(page)
    write(page, "Deux lettres d'information : bravo !")
    save(page)
    expect(page.get_by_text("Le chapitre est enregistré.")).to_be_visible()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Deux lettres d’information\u00a0: bravo\u202f!")).to_be_visible()
    assert page.frames[1].evaluate("window.cspViolations") == []
    page.get_by_role("link", name="Retour au bilan").click()
    page.get_by_role("button", name="Produire le bilan (PDF)").click()
    expect(page.get_by_text("Le travail est terminé")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="Voir le résultat").click()
    expect(page.get_by_role("link", name=re.compile("Télécharger le bilan"))).to_be_visible()
    check_page(page)


def test_the_toolbar_is_one_stop_of_the_keyboard_and_its_arrows_go_round(page_as):
    page = page_as("rq")
    open_report(page, 2022)
    page.get_by_role("link", name="Services Publics +").click()
    page.get_by_label("Titre").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Gras")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italique")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Texte")).to_be_focused()
    page.keyboard.press("Control+B")
    page.keyboard.type("en gras")
    expect(page.get_by_role("button", name="Gras")).to_have_attribute("aria-pressed", "true")
    save(page)
    expect(page.frame_locator("iframe").locator("b, strong")).to_have_text("en gras")


WORD = """<html><head><style>p.MsoListParagraph {margin:0cm}</style></head><body>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>Une borne</p>
<p class=MsoNormal style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.&nbsp;</span>Un plan</p>
</body></html>"""
PASTE = """(editor, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_the_lists_of_word_are_pasted_as_lists(page_as):
    page = page_as("rq")
    open_report(page, 2022)
    page.get_by_role("link", name="Services Publics +").click()
    write(page, "Le hall :")
    editor = page.get_by_role("textbox", name="Texte")
    editor.evaluate(PASTE, WORD)
    expect(editor.locator("ul > li")).to_have_text("Une borne")
    expect(editor.locator("ol > li")).to_have_text("Un plan")
    assert page.evaluate("window.cspViolations") == []


def test_without_script_a_chapter_is_written_all_the_same(page_as):
    page = page_as("rq", java_script_enabled=False, viewport=PHONE)
    page.goto("/bilans/")
    page.get_by_role("link", name="Bilan qualité 2022").click()
    page.get_by_role("link", name="L’accueil et la signalétique").click()
    page.get_by_label("Texte").fill("<p>Sans script.</p>")
    save(page)
    expect(page.get_by_text("Le chapitre est enregistré.")).to_be_visible()
    assert page.get_by_label("Texte").input_value() == "<p>Sans script.</p>"


def test_two_people_write_the_same_chapter_and_the_second_chooses(page_as):
    first, second = page_as("rq"), page_as("suppleant")
    for page in (first, second):
        open_report(page, 2022)
        page.get_by_role("link", name="Perspectives").click()
    write(first, "Le texte de la première.")
    save(first)
    expect(first.get_by_text("Le chapitre est enregistré.")).to_be_visible()
    write(second, "Le texte du second.")
    save(second)
    expect(second.get_by_role("heading", level=1)).to_contain_text("Deux versions")
    expect(second.get_by_text("Le texte de la première.")).to_be_visible()
    check_page(second)
    second.get_by_label("Ma saisie : Le texte du second.").check()
    second.get_by_role("button", name="Enregistrer mes choix").click()
    expect(second.frame_locator("iframe").get_by_text("Le texte du second.")).to_be_visible()


def test_what_is_typed_on_one_device_comes_back_on_another_and_the_text_saved_stays(page_as):
    first, second = page_as("rq"), page_as("rq")
    open_report(first, 2020)
    first.get_by_role("link", name="Perspectives").click()
    write(first, "Un texte commencé ici.")
    expect(first.get_by_text("Brouillon gardé à")).to_be_visible()
    second.goto(first.url)
    expect(second.get_by_text("n’était pas enregistré")).to_be_visible()
    expect(second.get_by_role("textbox", name="Texte")).to_contain_text("Un texte commencé ici.")
    expect(second.frame_locator("iframe").get_by_text("Un texte commencé ici.")).to_have_count(0)
    check_page(second)
    second.get_by_role("button", name="Revenir à ce qui est enregistré").click()
    expect(second.get_by_role("textbox", name="Texte")).not_to_contain_text("Un texte commencé ici.")


def act(page: Page, label: str, confirm: str) -> None:
    page.get_by_role("link", name=label, exact=True).click()
    page.get_by_role("button", name=confirm, exact=True).click()


def produce(page: Page) -> None:
    """Ask for an edition of the bilan on whose page one is, and open the page of it."""
    page.get_by_role("button", name="Produire le bilan (PDF)").click()
    expect(page.get_by_text("Le travail est terminé")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="Voir le résultat").click()
    page.get_by_role("link", name="Relire, valider, sceller, publier").click()


def test_the_referent_seals_what_the_direction_validated_and_a_correction_says_what_it_changes(page_as, tmp_path):
    referent, direction = page_as("rq"), page_as("direction")
    referent.goto("/bilans/ouvrir/")
    referent.get_by_label("Année").fill("2019")
    referent.get_by_role("button", name="Ouvrir le bilan").click()
    expect(referent.get_by_role("heading", level=1)).to_contain_text("Bilan qualité 2019")
    report, drop = referent.url, referent.get_by_role("button", name=re.compile("^Ne pas imprimer"))
    for left in range(drop.count() - 1, 0, -1):
        drop.last.click()
        expect(drop).to_have_count(left)
    kept = referent.get_by_role("row").filter(has=referent.get_by_role("button", name=re.compile("^Ne pas imprimer")))
    kept.get_by_role("link").first.click()
    write(referent, "Un premier mot.")
    save(referent)
    expect(referent.frame_locator("iframe").get_by_text("Un premier mot.")).to_be_visible()
    referent.goto(report)
    produce(referent)
    check_page(referent)
    edition = referent.url
    direction.goto(edition)
    act(direction, "Valider cette édition", "Valider cette édition")
    expect(direction.get_by_text("L’édition est validée.")).to_be_visible()
    referent.goto(edition)
    act(referent, "Sceller", "Sceller cette édition")
    expect(referent.get_by_text("vérifiée à l’instant")).to_be_visible()
    referent.get_by_role("link", name="Publier", exact=True).click()
    referent.locator("label", has_text="Direction").click()
    referent.get_by_role("button", name="Publier").click()
    expect(referent.get_by_text("Le bilan est publié.")).to_be_visible()
    direction.goto("/bilans/publies/")
    direction.get_by_role("link", name=re.compile("Bilan qualité 2019")).click()
    expect(direction.get_by_text("Un premier mot.")).to_be_visible()
    with direction.expect_download() as download:
        direction.get_by_role("link", name=re.compile("^PDF")).click()
    download.value.save_as(tmp_path / "bilan.pdf")
    with pikepdf.open(tmp_path / "bilan.pdf") as document:
        assert document.Root.MarkInfo.Marked
    referent.goto(report)
    kept.get_by_role("link").first.click()
    write(referent, "Un mot corrigé.")
    save(referent)
    expect(referent.frame_locator("iframe").get_by_text("Un mot corrigé.")).to_be_visible()
    referent.goto(report)
    produce(referent)
    expect(referent.get_by_role("heading", name="Ce qui change depuis l’édition 1")).to_be_visible()
    expect(referent.locator("ins")).to_contain_text("Un mot corrigé.")
    check_page(referent)
