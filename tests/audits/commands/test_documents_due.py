"""`manage.py documents_due`: every document, its state and its next check."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from tests.audits.factories import DocumentFactory

pytestmark = pytest.mark.django_db


def run(**options):
    output = io.StringIO()
    call_command("documents_due", unit="aix", format="json", stdout=output, **options)
    return [(one["title"], one["status"], one["next_check_on"]) for one in json.loads(output.getvalue())]


def test_all_documents_are_listed_with_their_state(site):
    def document(title, **fields):
        DocumentFactory(site=site, title=title, **fields)

    document("Affiche", checked_on=date(2026, 5, 28), period_months=6)
    document("Charte", checked_on=date(2026, 5, 29), period_months=6)
    document("Guide", version_on=date(2026, 1, 28), period_months=12)
    document("Registre", version_on=date(2026, 1, 29), period_months=12)
    document("Lettre", is_on_change=True, checked_on=date(2020, 1, 1))
    document("Mémo", period_months=12)
    document("Retiré", withdrawn_on=date(2026, 1, 1))
    assert run(on="2026-11-29", within=60) == [
        ("Affiche", "overdue", "2026-11-28"),
        ("Charte", "due", "2026-11-29"),
        ("Guide", "due", "2027-01-28"),
        ("Registre", "up_to_date", "2027-01-29"),
        ("Lettre", "up_to_date", None),
        ("Mémo", "undated", None),
    ]


def test_a_register_without_documents(site):
    assert run(on="2026-11-29") == []
