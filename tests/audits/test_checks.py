"""What contradicts itself in labels, audits and files."""

from datetime import date

import pytest

from audits import checks
from audits.enums import AuditKind
from tests.audits.factories import AuditFactory, EvidenceFactory, LabelFactory

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


def test_a_file_gone_or_of_another_size_is_an_error(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept, gone, changed = (EvidenceFactory(document__site=site) for _ in range(3))
    gone.file.storage.delete(gone.file.name)
    with changed.file.open("ab") as content:
        content.write(b"!")
    found = list(checks.files_gone(site, 2026))
    assert [one.about for one in found] == [str(gone.document), str(changed.document)]
    assert str(kept.document) not in {one.about for one in found}
