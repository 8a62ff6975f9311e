"""`manage.py write_chapter`: what the page does, from a file."""

import io

import pytest
from django.core.management import CommandError, call_command

from reports.models import AnnualReport, Chapter
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db


def run(path, chapter: str, *, unit: str = "site") -> str:
    out = io.StringIO()
    call_command("write_chapter", unit=unit, year=2022, chapter=chapter, file=path, stdout=out)
    return out.getvalue()


@pytest.fixture
def text(tmp_path):
    SousPrefectureFactory(code="site")
    path = tmp_path / "texte.html"
    path.write_text("<p>Deux audits.</p><script>alert(1)</script><p style='x'>Fin</p>", "utf-8")
    return path


@pytest.mark.parametrize("name", ["actions", "Les actions engagées"])
def test_a_chapter_is_found_by_its_code_or_its_title_and_its_text_is_cleaned(text, name):
    assert "signes" in run(text, name)
    written = Chapter.objects.exclude(text="").get()
    assert (name in {written.section, written.title}, written.text) == (True, "<p>Deux audits.</p><p>Fin</p>")


def test_an_unknown_chapter_is_told_with_those_there_are(text):
    with pytest.raises(CommandError, match=r"Aucun chapitre « bilan ».*actions"):
        run(text, "bilan")


def test_a_file_that_is_no_text_writes_nothing(text):
    text.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="n’est pas un texte en UTF-8"):
        run(text, "actions")
    assert not AnnualReport.objects.exists()
