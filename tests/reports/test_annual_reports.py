"""Writing an annual report: chapters, their text, their order."""

import pytest

from core.errors import Conflict, UserError
from reports.models import Chapter
from reports.rules.texts import clean_text
from reports.services import annual_reports
from tests.factories import SousPrefectureFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return annual_reports.open_report(site=SousPrefectureFactory(), year=2020, by=None)


def test_a_report_opens_once_with_the_usual_chapters_and_those_the_apps_register(report):
    again = annual_reports.open_report(site=report.site, year=2020, by=None)
    assert again == report
    assert [chapter.title for chapter in report.chapters.all()] == [
        "Les actions engagées",
        "L’accueil et la signalétique",
        "La formation et le tutorat",
        "Les suggestions et réclamations",
        "Les indicateurs de la démarche qualité",
        "La communication interne",
        "Services Publics +",
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


def test_the_second_writer_is_told_and_nothing_is_lost(report):
    chapter = report.chapters.first()
    annual_reports.write_chapter(chapter, title="A", text="<p>un</p>", by=None, version=1)
    with pytest.raises(Conflict) as conflict:
        annual_reports.write_chapter(chapter, title="A", text="<p>deux</p>", by=None, version=1)
    assert conflict.value.current.text == "<p>un</p>"
    assert conflict.value.submitted["text"] == "<p>deux</p>"


def test_a_chapter_without_a_title_is_refused(report):
    with pytest.raises(UserError, match="Donnez un titre"):
        annual_reports.write_chapter(report.chapters.first(), title=" ", text="", by=None)


def test_a_new_chapter_comes_before_the_annexes(report):
    annual_reports.add_chapter(report, title="Le mot du préfet", by=None)
    assert [c.title for c in report.chapters.all()][-2:] == [
        "Le mot du préfet",
        "Annexe : tableau de bord des douze mois",
    ]


def test_chapters_change_places_and_stop_at_the_ends(report):
    first, second = report.chapters.all()[:2]
    annual_reports.move(first, up=True, by=None)
    assert report.chapters.first() == first
    annual_reports.move(first, up=False, by=None)
    assert [c.pk for c in report.chapters.all()[:2]] == [second.pk, first.pk]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p> </p>", ""),
        ("<p>&nbsp;</p>", ""),
        ('<a href="javascript:x()">l</a>', '<a rel="noopener noreferrer">l</a>'),
        ('<img src="file:///etc/passwd">texte', "texte"),
        ('<p style="color:red">t</p>', "<p>t</p>"),
        ("<h1>t</h1>", "t"),
        ("<h3>t</h3>", "<h3>t</h3>"),
    ],
)
def test_rich_text_keeps_only_what_a_chapter_may_hold(html, expected):
    assert clean_text(html) == expected
