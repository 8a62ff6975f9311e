"""Committees and audits in the browser: a whole CLU, the day of an auditor, the label of a poster on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import PHONE, check_page
from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey
JOB_MS = 60_000
PERSON, ASKED = "Mme Odile Perrin", "Afficher les délais de réponse dans le hall"
ANSWER_TOKEN = (
    "from clu.models import Attendance; "
    "print(Attendance.objects.filter(person='{}', meeting__held_on='{}').get().token, end='')"
)
LABEL_TOKEN = (
    "from audits.models import Document; print(Document.objects.get(title='Charte des usagers').token, end='')"
)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def said(page: Page, words: str) -> None:
    expect(page.locator("#messages")).to_contain_text(words)


def test_a_clu_goes_from_its_convocation_to_its_validated_minutes(page_as, site, new_page):
    rq, today = page_as("rq"), date.today()
    rq.goto("/instances/")
    rq.get_by_role("row", name=re.compile("Aix-en-Provence")).get_by_role("link", name="CLU", exact=True).click()
    check_page(rq)
    rq.get_by_role("link", name="Planifier une réunion").click()
    rq.get_by_label("Le", exact=True).fill(today.isoformat())
    rq.get_by_label(re.compile("^Heure")).fill("14:00")
    press(rq, "Planifier")
    said(rq, "La réunion est planifiée")
    check_page(rq)
    meeting = rq.url
    rq.get_by_role("link", name="Convoquer").click()
    press(rq, "Envoyer la convocation")
    expect(rq.get_by_role("listitem").filter(has_text=PERSON)).to_be_visible()

    member = new_page(site.url, viewport=PHONE)
    member.goto(f"/instances/reponse/{site.manage('shell', '-v0', '-c', ANSWER_TOKEN.format(PERSON, today))}")
    press(member, "Je serai présent(e)")
    expect(member.locator("main")).to_contain_text("Vous avez répondu")
    check_page(member)

    rq.get_by_role("link", name="Saisir les présences").click()
    check_page(rq)
    rq.get_by_role("group", name=re.compile(PERSON)).locator("label", has_text="Présent").click()
    press(rq, "Enregistrer")
    expect(rq.locator("main")).to_contain_text("1 présent")
    rq.get_by_label("Nature").select_option("Demande")
    rq.get_by_label("Texte").fill(ASKED)
    press(rq, "Noter")
    said(rq, "C’est noté")
    press(rq, f"Mettre au plan : {ASKED[:39]}…")
    said(rq, "La demande est au plan « CLU du ")

    rq.goto(f"{meeting.rstrip('/')}/compte-rendu")
    press(rq, "Rédiger d’après les notes")
    expect(rq.locator(".qp-minutes--draft")).to_contain_text(ASKED)
    check_page(rq)
    rq.get_by_role("link", name="Valider", exact=True).click()
    press(rq, "Valider")
    expect(rq.get_by_role("heading", name=re.compile("Compte rendu validé le"))).to_be_visible()
    check_page(rq)


def test_an_auditor_reads_the_audit_the_rehearsal_and_takes_the_binder(page_as):
    rq = page_as("rq")
    rq.goto("/audits/classeurs/nouveau")
    rq.get_by_label("Site").select_option("Sous-préfecture d’Aix-en-Provence (démonstration)")
    press(rq, "Faire le classeur")
    expect(rq.get_by_role("link", name="Télécharger").first).to_be_visible(timeout=JOB_MS)

    auditor = page_as("auditeur")
    auditor.goto("/audits/")
    check_page(auditor)
    auditor.get_by_role("link", name="Audit externe").click()
    expect(auditor.locator("main")).to_contain_text("Points sensibles : aucun, 4 pistes de progrès")
    expect(auditor.get_by_role("link", name="Modifier")).to_have_count(0)
    check_page(auditor)
    auditor.goto("/audits/repetition?site=13-aix")
    auditor.get_by_role("link", name="Tirer 10 actions au sort").click()
    expect(auditor.locator("main")).to_contain_text("au rouge")
    check_page(auditor)
    auditor.goto("/audits/classeurs/")
    check_page(auditor)
    with auditor.expect_download() as download:
        auditor.locator("tbody a").first.click()
    assert download.value.suggested_filename.endswith(".zip")


def test_the_label_of_a_poster_opens_on_the_phone_of_an_agent(site, new_page):
    phone = new_page(site.url, viewport=PHONE, has_touch=True)
    address = f"/audits/d/{site.manage('shell', '-v0', '-c', LABEL_TOKEN)}"
    phone.goto(address)
    expect(phone).to_have_url(re.compile("/compte/connexion"))
    sign_in(phone, "accueil")
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Charte des usagers")
    check_page(phone)
    phone.get_by_role("button", name="Vu, à jour").tap()
    said(phone, "vu et à jour aujourd’hui")
    expect(phone.get_by_role("button", name="Vu, à jour")).to_have_count(0)
    check_page(phone)
