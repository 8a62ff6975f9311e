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
    page.goto("/formation/suivi/?site=13-aix")
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
    for address in ("/formation/suivi/", "/formation/suivi/agents-et-themes/"):
        auditor.goto(address)
        expect(auditor.locator("main")).to_contain_text("O. P.")
        expect(auditor.locator("main")).not_to_contain_text("PICARD")
        check_page(auditor)


def test_the_referent_reads_who_is_out_of_date_on_the_audit_day_the_forecast_and_the_balance(page_as):
    page = page_as("rq")
    page.goto("/formation/suivi/?site=13-aix")
    page.get_by_label(re.compile("jour de l’audit")).fill("2031-01-15")
    page.get_by_label(re.compile("^Statut")).select_option("En retard")
    press(page, "Filtrer")
    expect(page.locator("main")).to_contain_text("Le 15/01/2031 :")
    expect(page.locator("main")).to_contain_text("BLANC Nathalie")
    check_page(page)
    page.get_by_role("link", name="Agents et thèmes").click()
    expect(page.get_by_role("columnheader", name="Accueil physique")).to_have_count(2)
    check_page(page)
    page.get_by_role("link", name="Prévision").click()
    expect(page.locator("main")).to_contain_text("Places à réserver")
    check_page(page)
    page.get_by_role("link", name="Bilan de l’année").click()
    expect(page.locator("main")).to_contain_text("Agents concernés, CDD compris")
    check_page(page)
    page.goto("/formation/tutorat/modeles/")
    page.get_by_role("link", name="Écrire un modèle").first.click()
    expect(page.get_by_label("Préambule")).to_have_value(re.compile("collègue expérimenté"))
    check_page(page)


def test_each_one_signs_on_the_tablet_and_one_act_gives_presences_certificates_and_the_table(page_as):
    page = page_as("formation")
    page.goto("/formation/catalogue/")
    page.get_by_role("link", name="Accueillir un public en difficulté").click()
    page.get_by_role("link", name="Prévoir une session").click()
    page.get_by_label("Du", exact=True).fill("2026-01-20")
    page.locator("label", has_text="Accueil téléphonique").click()
    press(page, "Prévoir")
    page.get_by_role("link", name="20/01/2026").click()
    page.get_by_role("link", name="Inscrire des agents").click()
    for name in ("NICOLAS Éva", "MOULIN Pascal"):
        page.locator("label", has_text=name).click()
    press(page, "Inscrire")
    page.get_by_role("link", name="Émarger sur une tablette").click()
    page.get_by_role("button", name=re.compile("NICOLAS Éva")).click()
    expect(page.locator("main")).to_contain_text("Ont signé : 1")
    check_page(page)
    page.get_by_role("link", name="Clore la feuille").click()
    press(page, "Enregistrer les présences")
    expect(page.locator("main")).to_contain_text("Absent : 1")
    with page.expect_download() as download:
        page.get_by_role("link", name="Attestations des présents (PDF)").click()
    assert download.value.suggested_filename == "attestations-de-presence.pdf"
    check_page(page)
    page.goto("/formation/suivi/bilan/?site=38&annee=2022")
    for words in (re.compile(r"Total\s*88\s*59"), re.compile(r"Total\s*40"), re.compile(r"Total\s*21")):
        expect(page.locator("tfoot tr").filter(has_text=words)).to_have_count(1)
    check_page(page)
