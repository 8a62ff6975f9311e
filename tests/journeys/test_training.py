"""Training in the browser: agents enrolled, presences and certificates, a tutoring agreement with precise skills."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page

pytestmark = pytest.mark.journey
LATE, ENROLLED = "FONTAINE Marc", "GUERIN Lucie"
VAGUE, PRECISE = (
    "Accueil des usagers",
    "Orienter un appel vers le bon bureau, enregistrer un rappel, dire un délai d’attente",
)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_training_manager_enrols_marks_presences_and_hands_certificates(page_as):
    page = page_as("formation")
    check_page(page)
    page.goto("/formation/suivi/?unite=13-aix")
    check_page(page)

    page.goto("/formation/sessions/")
    page.get_by_role("link", name="Prévoir une session").click()
    page.get_by_role("link", name="Accueillir un public en difficulté").click()
    page.get_by_role("link", name="Prévoir une session").click()
    page.get_by_label("Du", exact=True).fill("2026-01-15")
    page.get_by_label(re.compile("Places")).fill("2")
    page.locator("label", has_text="Accueil physique").click()
    press(page, "Prévoir")
    page.get_by_role("link", name="15/01/2026").click()
    page.get_by_role("link", name="Inscrire des agents").click()
    first = page.get_by_role("checkbox").first
    expect(page.get_by_label(re.compile(LATE))).to_have_id(first.get_attribute("id"))
    check_page(page)
    page.locator("label", has_text=LATE).click()
    page.get_by_label(re.compile("Un autre agent")).select_option("PICARD Olivier, Bureau du courrier et des courriels")
    press(page, "Inscrire")
    page.get_by_role("link", name="Saisir les présences").click()
    page.locator("label", has_text=LATE).click()
    press(page, "Enregistrer les présences")
    expect(page.locator("main")).to_contain_text("Présent : 1")
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Établir")).click()
    assert download.value.suggested_filename == "attestation-de-presence.pdf"
    page.get_by_role("link", name=LATE, exact=True).click()
    expect(page.locator("main")).to_contain_text("15/01/2030")
    check_page(page)


def test_a_head_tutors_an_agent_with_precise_skills_and_an_auditor_reads_initials(page_as):
    head = page_as("chef", viewport=PHONE)
    head.get_by_text("moins pressées").click()
    head.get_by_role("link", name=re.compile("Désigner un tuteur.*PICARD Olivier")).click()
    expect(head.get_by_label("Tutoré").locator("option:checked")).to_contain_text("PICARD Olivier")
    head.get_by_label("Tuteur").select_option("MOULIN Pascal, Standard et communication")
    head.get_by_label("Du", exact=True).fill("2026-12-01")
    head.get_by_label("Au", exact=True).fill("2027-04-30")
    skills = head.get_by_role("textbox", name=re.compile("Compétences"))
    skills.fill(VAGUE)
    press(head, "Établir")
    expect(head.locator("main")).to_contain_text("trop vagues")
    expect(skills).to_have_value(VAGUE)
    check_page(head)
    skills.fill(PRECISE)
    press(head, "Établir")
    expect(head.get_by_role("heading", level=1)).to_contain_text("Tutorat de PICARD Olivier par MOULIN Pascal")
    head.get_by_role("link", name="Enregistrer une signature").click()
    head.get_by_label("Le", exact=True).fill("2026-11-30")
    press(head, "Enregistrer")
    expect(head.locator("dl")).to_contain_text("30/11/2026")
    check_page(head)

    auditor = page_as("auditeur")
    for address in ("/formation/suivi/", "/formation/agents-et-themes/"):
        auditor.goto(address)
        expect(auditor.locator("main")).to_contain_text("O. P.")
        expect(auditor.locator("main")).not_to_contain_text("PICARD")
        check_page(auditor)
