"""The chapters of the bilan: the true state at the end of the year, the audits, the register."""

from datetime import date

import pytest
import time_machine

from audits import chapters
from tests.audits.factories import AuditFactory, AuditRowFactory, DocumentFactory, LabelFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2020, "Qual-e-Pref : obtenu le 11/02/2020 ; valable jusqu’au 11/02/2023 ; audit de suivi dû le 11/08/2021, "
               "prévu : T4 2021."),
        (2021, "Qual-e-Pref : obtenu le 11/02/2020 ; valable jusqu’au 11/02/2023 ; audit de suivi en retard, dû le "
               "11/08/2021."),
        (2023, "Qual-e-Pref : obtenu le 11/02/2020 ; expiré depuis le 11/02/2023."),
        (2019, "Qual-e-Pref : en préparation."),
    ],
)  # fmt: skip
def test_a_label_is_told_as_it_stood_at_the_end_of_the_year(site, referential, year, sentence):
    LabelFactory(site=site, referential=referential, follow_up_planned_text="T4 2021")
    assert chapters.labels_and_audits(site, year)["sentences"] == [sentence]


def test_the_audits_of_the_year_say_what_they_found(site):
    audit = AuditFactory(site=site, stated_none=["weakness"])
    AuditRowFactory(audit=audit, requirement="", comment="Affichage", result="improvement")
    told = chapters.labels_and_audits(site, 2020)
    assert [(str(one), summary) for one, summary in told["audits"]] == [
        ("Audit interne du 14/01/2020", "points sensibles : aucun, 1 piste de progrès")
    ]
    assert chapters.labels_and_audits(site, 2021)["is_empty"]


@time_machine.travel("2026-11-29 10:00")
def test_the_register_is_counted_and_internal_communication_has_its_own(site):
    DocumentFactory(site=site, title="Lettre", kind="newsletter", checked_on=date(2026, 3, 1), period_months=12)
    DocumentFactory(site=site, title="Charte", kind="poster", checked_on=date(2024, 3, 1), period_months=12)
    told = chapters.documents(site, 2026)
    assert told["sentence"] == "2 documents au registre, 1 vérifié en 2026, 1 en retard de vérification."
    assert [row.document.title for row in chapters.internal_communication(site, 2026)["rows"]] == ["Lettre"]
    assert [row.checked_on for row in chapters.documents(site, 2025)["rows"]] == [None, date(2024, 3, 1)]
    assert chapters.documents(site.parent, 2026)["is_empty"]
