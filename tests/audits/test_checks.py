"""What contradicts itself in labels, audits and files."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from audits import checks
from audits.enums import AuditKind
from tests.audits.factories import (
    CONTENT,
    AuditFactory,
    DocumentCheckFactory,
    DocumentFactory,
    EvidenceFactory,
    LabelFactory,
)

pytestmark = pytest.mark.django_db


def test_a_follow_up_planned_after_its_due_day(site, referential):
    label = LabelFactory(
        site=site, referential=referential, follow_up_planned_text="T4 2021",
        follow_up_planned_latest=date(2021, 12, 31),
    )  # fmt: skip
    (found,) = checks.follow_up_planned_late(site, 2021)
    assert (found.about, found.level, found.url) == ("Qual-e-Pref", "warning", f"/audits/labels/{label.pk}")
    assert [list(checks.follow_up_planned_late(site, year)) for year in (2019, 2024)] == [[], []]


def test_a_follow_up_before_its_label_is_an_error(site, referential):
    LabelFactory(site=site, referential=referential)
    AuditFactory(site=site, kind=AuditKind.INTERNAL, starts_on=date(2019, 10, 10))
    AuditFactory(site=site, kind=AuditKind.FOLLOW_UP, starts_on=date(2019, 11, 10))
    assert [(one.about, one.level) for one in checks.audits_before_label(site, 2019)] == [
        ("Audit de suivi du 10/11/2019", "error")
    ]


def test_a_file_gone_or_altered_is_an_error_even_at_the_same_size(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    _kept, gone, longer, changed = (EvidenceFactory(document__site=site) for _ in range(4))
    gone.file.storage.delete(gone.file.name)
    longer.file.storage.delete(longer.file.name)
    longer.file.storage.save(longer.file.name, ContentFile(CONTENT + b"!"))
    changed.file.storage.delete(changed.file.name)
    changed.file.storage.save(changed.file.name, ContentFile(CONTENT[::-1]))
    altered = "le fichier « fiche.pdf » a été altéré : son empreinte n’est plus celle du jour où il a été reçu"
    assert [one.message for one in checks.files_gone(site, 2026)] == [
        f"« {gone.document} » : le fichier « fiche.pdf » a disparu du disque.",
        f"« {longer.document} » : {altered}.",
        f"« {changed.document} » : {altered}.",
    ]


def test_a_link_found_dead_is_told_until_somebody_finds_it_again(site):
    page = DocumentFactory(site=site, title="Accueil du site", link="https://www.example.invalid/")
    poster = DocumentFactory(site=site, title="Charte")
    DocumentCheckFactory(document=page, checked_on=date(2025, 1, 15), outcome="up_to_date")
    for document in (page, poster, DocumentFactory(site=site, title="Ancienne", withdrawn_on=date(2026, 2, 1))):
        DocumentCheckFactory(document=document, checked_on=date(2026, 1, 15), outcome="gone")
    assert [one.message for one in checks.links_gone(site, 2026)] == [
        "« Accueil du site » : l’adresse https://www.example.invalid/ était introuvable le 15/01/2026.",
        "« Charte » : le document était introuvable le 15/01/2026.",
    ]
    DocumentCheckFactory(document=page, checked_on=date(2026, 3, 1), outcome="up_to_date")
    assert [one.about for one in checks.links_gone(site, 2026)] == ["Charte"]
    assert list(checks.links_gone(site, 2025)) == []
