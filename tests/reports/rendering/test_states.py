"""« Mon année » says of each chapter what printing does of it."""

import re

import pytest
from django.urls import reverse

from organisations.enums import Role
from reports.rendering.states import states_of, summary
from reports.rendering.whole import report_html
from reports.services import annual_reports
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db


def test_a_chapter_said_complete_is_printed_and_no_other(report):
    annual_reports.include(report.chapters.get(section="indicators-grid"), included=False, by=None)
    states = states_of(report)
    complete = [state.chapter.title for state in states if state.code == "complete"]
    assert (
        re.findall(r"<h2 id.*?</span> (.*?)</h2>", report_html(report))
        == complete
        == [
            "Les actions engagées",
            "Les indicateurs de la démarche qualité",
        ]
    )
    found = {state.chapter.section or state.chapter.title: state.code for state in states}
    assert (found["foreword"], found["L’accueil et la signalétique"], found["training"], found["indicators-grid"]) == (
        "incomplete",
        "incomplete",
        "nothing",
        "left_out",
    )
    assert [state.chapter.section for state in states if state.lacks_words] == ["indicators"]


def test_the_summary_counts_what_is_left(report):
    assert summary(states_of(report)) == "3 chapitres sur 16 seront imprimés ; 2 sont à écrire, 11 n’ont aucune donnée."


def test_the_page_leads_to_what_is_missing_whoever_writes_the_report(report, client):
    client.force_login(user_with(Role.QUALITY_REFERENT, report.site))
    page = client.get(reverse("reports:report", args=[report.pk])).text
    assert "Les chiffres seuls, sans commentaire." in page
    assert f'À saisir : <a href="{reverse("training:follow-up")}">Suivi des formations</a>' in page

    client.force_login(user_with(Role.MANAGEMENT, report.site))
    page = client.get(reverse("reports:report", args=[report.pk])).text
    assert "Rien à imprimer" in page
    assert "À saisir" not in page
