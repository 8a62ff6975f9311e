"""The words of the tutoring agreement: written by préfecture or site, kept as they were when an agreement is signed."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with
from tests.training.factories import AgentFactory, AgreementFactory, AgreementTemplateFactory
from training.models import AgreementTemplate, TutoringAgreement
from training.printing import agreement_html
from training.rules.agreement_words import SHIPPED
from training.services import templates, tutoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return PrefectureFactory(code="38", name="Préfecture de l’Isère")


@pytest.fixture
def agreement(site):
    return AgreementFactory(tutee=AgentFactory(unit=ServiceFactory(parent=site)))


def printed(agreement):
    """The text of the agreement, as it is printed."""
    html = agreement_html(TutoringAgreement.objects.get(pk=agreement.pk))
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_agreement_has_the_shipped_words_until_a_template_is_written_then_those_of_the_nearest_unit(
    site, agreement
):
    assert "Le tuteur transmet les compétences ci-dessous" in printed(agreement)
    AgreementTemplateFactory(unit=site, preamble="Ceux de l’Isère.", tutor="", ending="")
    assert ["Isère." in printed(agreement), "Le tuteur transmet" in printed(agreement)] == [True, False]
    below = SousPrefectureFactory(parent=site)
    AgreementTemplateFactory(unit=below, preamble="Ceux de Vienne.")
    other = AgreementFactory(tutee=AgentFactory(unit=ServiceFactory(parent=below)))
    assert ["Vienne." in printed(other), "Vienne." in printed(agreement)] == [True, False]


def test_an_agreement_keeps_the_words_it_was_signed_with_until_a_change_undoes_the_signatures(agreement, site):
    by = user_with(Role.TRAINING_MANAGER, site)
    template = templates.write(unit=site, by=by, preamble="Avant.")
    tutoring.sign(agreement, who="tutor", on=date(2023, 9, 16), by=by)
    templates.change(template, by=by, preamble="Après.")
    tutoring.sign(TutoringAgreement.objects.get(), who="tutee", on=date(2023, 9, 17), by=by)
    assert ["Avant." in printed(agreement), "Après." in printed(agreement)] == [True, False]

    tutoring.change(TutoringAgreement.objects.get(), ends_on=date(2024, 4, 30), by=by)
    assert ["Avant." in printed(agreement), "Après." in printed(agreement)] == [False, True]
    assert list(template.history.order_by("history_id").values_list("preamble", flat=True)) == ["Avant.", "Après."]


def test_an_agreement_signed_before_templates_or_elsewhere_is_not_given_words_nobody_signed(agreement, site):
    TutoringAgreement.objects.update(head_signed_on=date(2023, 9, 15))
    AgreementTemplateFactory(unit=site, preamble="Après coup.")
    assert "Après coup." not in printed(agreement)
    assert "font ensemble le bilan de ce qui a été transmis" in printed(agreement)


@pytest.mark.parametrize("role", [Role.TRAINING_MANAGER, Role.QUALITY_REFERENT])
def test_a_template_is_written_from_the_shipped_text_and_printed_in_both_files(client, site, agreement, role):
    client.force_login(user_with(role, site))
    form = client.get("/formation/tutorat/modeles/nouveau")
    assert form.context["form"].initial == SHIPPED.as_json()
    empty = client.post("/formation/tutorat/modeles/nouveau", {"unit": site.pk, "preamble": " "})
    assert "Écrivez au moins une partie" in empty.text
    told = {"unit": site.pk, "preamble": "Un & <b>deux</b>\n\nTrois", "ending": "Bilan à trois."}
    assert client.post("/formation/tutorat/modeles/nouveau", told).status_code == 302

    page = client.get(f"/formation/tutorat/modeles/{AgreementTemplate.objects.get().pk}").text
    assert "Un &amp; &lt;b&gt;deux&lt;/b&gt;" in page
    odt = client.get(f"/formation/tutorat/{agreement.pk}/convention.odt").content
    text = zipfile.ZipFile(BytesIO(odt)).read("content.xml").decode()
    assert ["Un &amp; &lt;b&gt;deux&lt;/b&gt;" in text, "Trois" in text, "Bilan à trois." in text] == [True] * 3
    assert client.get(f"/formation/tutorat/{agreement.pk}/convention.pdf").content[:4] == b"%PDF"


def test_a_template_is_changed_and_removed_with_a_reason(client, site, agreement):
    template = AgreementTemplateFactory(unit=site)
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    address = f"/formation/tutorat/modeles/{template.pk}"
    assert client.post(f"{address}/modifier", {"tutee": "note ses questions."}).status_code == 302
    assert "note ses questions." in printed(agreement)
    client.post(f"{address}/supprimer", {"reason": "Retour au texte livré"})
    assert AgreementTemplate.objects.count() == 0
    assert "Le tuteur transmet" in printed(agreement)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, site))
    assert client.get("/formation/tutorat/modeles/nouveau").status_code == 403
