"""Writing an annual report: chapters, their text, their order."""

import pytest

from core.base.errors import UserError
from core.jobs.results import ResultFile
from reports.models import Chapter
from reports.services import annual_reports
from tests.core.factories import DoneJobFactory
from tests.organisations.factories import SousPrefectureFactory, UserFactory
from tests.reports.factories import ChapterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return annual_reports.open_report(site=SousPrefectureFactory(), year=2020, by=None)


def test_a_report_opens_once_with_the_usual_chapters_and_those_the_apps_register(report):
    again = annual_reports.open_report(site=report.site, year=2020, by=None)
    assert again == report
    assert [chapter.title for chapter in report.chapters.all()] == [
        "Le mot du préfet",
        "Les actions engagées",
        "Le plan d’actions",
        "L’accueil et la signalétique",
        "La formation des agents et le tutorat mis en place",
        "Le bilan des suggestions et réclamations",
        "L’enquête de satisfaction",
        "L’enquête mystère",
        "Le comité local des usagers",
        "Le comité de pilotage",
        "Les indicateurs de la démarche qualité",
        "Les supports de communication interne",
        "Les documents et les affichages",
        "Services Publics +",
        "Les labels et les audits",
        "Annexe : tableau de bord des douze mois",
    ]


def test_a_chapter_keeps_its_author_and_loses_what_could_run(report):
    author = UserFactory()
    chapter = report.chapters.first()
    chapter = annual_reports.write_chapter(
        chapter, title=" Nos actions ", text='<p onclick="x()">Bien<script>x()</script> <b>fait</b></p>', by=author
    )
    assert (chapter.title, chapter.text) == ("Nos actions", "<p>Bien <b>fait</b></p>")
    assert Chapter.history.filter(id=chapter.pk).first().history_user == author


def test_a_text_too_long_is_refused_and_nothing_is_saved(report):
    chapter = report.chapters.first()
    with pytest.raises(UserError, match="trop long"):
        annual_reports.write_chapter(chapter, title="A", text="x" * 100_001, by=None)
    assert Chapter.objects.get(pk=chapter.pk).title == "Le mot du préfet"


@pytest.mark.parametrize("year", [0, 2004, 2101, 99_999])
def test_a_year_out_of_reason_is_refused(year):
    with pytest.raises(UserError, match="de 2005 à 2100"):
        annual_reports.open_report(site=SousPrefectureFactory(), year=year, by=None)


def test_a_chapter_without_a_title_is_refused(report):
    with pytest.raises(UserError, match="Donnez un titre"):
        annual_reports.write_chapter(report.chapters.first(), title=" ", text="", by=None)


def test_a_new_chapter_comes_before_the_annexes(report):
    annual_reports.add_chapter(report, title="Le mot du préfet", by=None)
    assert [c.title for c in report.chapters.all()][-4:] == [
        "Services Publics +",
        "Le mot du préfet",
        "Les labels et les audits",
        "Annexe : tableau de bord des douze mois",
    ]


def test_chapters_change_places_and_stop_at_the_ends(report):
    first, second = report.chapters.all()[:2]
    annual_reports.move(first, up=True, by=None)
    assert report.chapters.first() == first
    annual_reports.move(first, up=False, by=None)
    assert [c.pk for c in report.chapters.all()[:2]] == [second.pk, first.pk]
    assert Chapter.history.filter(history_type="~").count() == 2


def test_chapters_at_the_same_place_can_still_be_moved(report):
    one, other = (ChapterFactory(report=report, title=title, position=5) for title in ("Un", "Deux"))
    annual_reports.move(other, up=True, by=None)
    assert [c.title for c in report.chapters.all()[:2]] == ["Deux", "Un"]
    assert one.pk < other.pk


def test_a_chapter_left_out_keeps_its_text(report):
    chapter = annual_reports.write_chapter(report.chapters.first(), title="A", text="<p>t</p>", by=None)
    annual_reports.include(chapter, included=False, by=None)
    kept = Chapter.objects.get(pk=chapter.pk)
    assert (kept.is_included, kept.text) == (False, "<p>t</p>")


def test_asking_twice_for_an_edition_gives_the_same_work(report):
    first = annual_reports.request_edition(report, by=None)
    assert annual_reports.request_edition(report, by=None) == first


def test_editions_are_numbered_one_after_the_other(report):
    file = ResultFile("bilan.pdf", stem="un")
    numbers = [annual_reports.keep_edition(report, job=DoneJobFactory(), pages=9, file=file).number for _ in range(3)]
    assert numbers == [1, 2, 3]
