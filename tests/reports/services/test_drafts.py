"""Last year's words: taken where there are none, not printed before they are edited or confirmed."""

import pytest
from django.urls import reverse

from core.base.errors import UserError
from organisations.enums import Role
from reports.models import FigureNote
from reports.rendering.states import states_of
from reports.rendering.whole import report_html
from reports.services import annual_reports, drafts
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
ACTIONS, SIGNS = "Les actions engagées", "L’accueil et la signalétique"
FORMATION = "La formation des agents et le tutorat mis en place"


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


@pytest.fixture
def report(site):
    """This year's, after a year whose actions and signs were written."""
    last = annual_reports.open_report(site=site, year=2021, by=None)
    for title in (ACTIONS, SIGNS):
        write(last, title, f"<p>En 2021 : {title}</p>")
    this = annual_reports.open_report(site=site, year=2022, by=None)
    write(this, SIGNS, "<p>De 2022.</p>")
    return this


def chapter_of(report, title):
    return report.chapters.get(title=title)


def write(report, title, text):
    return annual_reports.write_chapter(chapter_of(report, title), title=title, text=text, by=None)


def test_what_is_not_written_is_taken_and_what_is_stays(report):
    assert [chapter.title for chapter in drafts.take_last_year(report, by=None)] == [ACTIONS]
    taken, kept = chapter_of(report, ACTIONS), chapter_of(report, SIGNS)
    assert (taken.text, taken.taken_from) == (f"<p>En 2021 : {ACTIONS}</p>", 2021)
    assert (kept.text, kept.taken_from) == ("<p>De 2022.</p>", None)
    assert taken.history.first().history_change_reason == "Textes repris du bilan 2021"
    with pytest.raises(UserError, match="rien à reprendre de 2021"):
        drafts.take_last_year(report, by=None)


def test_a_draft_is_neither_printed_nor_complete_until_it_is_edited(report):
    drafts.take_last_year(report, by=None)
    assert "En 2021" not in report_html(report)
    assert next(one.code for one in states_of(report) if one.chapter.title == ACTIONS) == "incomplete"
    write(report, ACTIONS, f"<p>En 2021 : {ACTIONS}</p>")
    assert "En 2021" not in report_html(report)
    write(report, ACTIONS, "<p>En 2022, autre chose.</p>")
    assert "En 2022, autre chose" in report_html(report)
    assert chapter_of(report, ACTIONS).taken_from is None


def test_a_confirmed_draft_is_printed_as_it_is(report):
    drafts.take_last_year(report, by=None)
    confirmed = drafts.confirm(chapter_of(report, ACTIONS), by=None)
    assert "En 2021" in report_html(report)
    assert confirmed.history.first().history_change_reason == "Texte de 2021 confirmé"


def test_a_draft_that_nobody_confirmed_is_not_taken_the_year_after(report, site):
    drafts.take_last_year(report, by=None)
    following = annual_reports.open_report(site=site, year=2023, by=None)
    assert [chapter.title for chapter in drafts.to_take(following)] == [SIGNS]


def test_the_comments_of_figures_are_taken_too_and_printed_once_saved(client, site):
    last, this = (annual_reports.open_report(site=site, year=year, by=None) for year in (2021, 2022))
    told = {"figure": "les-plans", "label": "Les plans"}
    for title, text in (("Le plan d’actions", "<p>Deux plans.</p>"), (FORMATION, "<p>Formés.</p>")):
        annual_reports.comment(chapter_of(last, title), **told, text=text, by=None)
    annual_reports.comment(chapter_of(this, FORMATION), **told, text="<p>De 2022.</p>", by=None)
    assert [(one.text, one.taken_from) for one in drafts.take_last_year(this, by=None)] == [
        ("<p>Deux plans.</p>", 2021)
    ]
    note = FigureNote.objects.get(chapter__report=this, taken_from=2021)
    assert (note.own_text, note.history.first().history_change_reason) == ("", "Textes repris du bilan 2021")
    following = annual_reports.open_report(site=site, year=2023, by=None)
    assert [one.text for one in drafts.to_take(following)] == ["<p>De 2022.</p>"]
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    page = reverse("reports:chapter-figure", args=[note.chapter_id, note.figure])
    assert "Ce commentaire est celui du bilan 2021." in client.get(page).text
    assert "Repris de 2021" in client.get(reverse("reports:chapter", args=[note.chapter_id])).text
    saved = annual_reports.comment(note.chapter, **told, text=note.text, by=None)
    assert (saved.own_text, saved.taken_from) == ("<p>Deux plans.</p>", None)
    assert "Ce commentaire est celui" not in client.get(page).text


def test_in_one_gesture_on_the_page_then_confirmed_in_the_chapter(client, report, site):
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    page = reverse("reports:report", args=[report.pk])
    assert "Reprendre les textes de 2021 comme brouillon (1)" in client.get(page).text
    done = client.post(reverse("reports:report-take-last", args=[report.pk]), follow=True).text
    assert "1 texte repris de 2021 : il ne s’imprime qu’une fois modifié ou confirmé." in done
    assert "Texte repris de 2021, à modifier ou à confirmer" in done
    assert "Reprendre les textes" not in done
    chapter = chapter_of(report, ACTIONS)
    address = reverse("reports:chapter", args=[chapter.pk])
    assert "Confirmer ce texte pour 2022" in client.get(address).text
    assert client.post(reverse("reports:chapter-confirm", args=[chapter.pk])).url == address
    assert "Confirmer ce texte" not in client.get(address).text
