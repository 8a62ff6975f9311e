"""`manage.py render_report`: the PDF whole, or one French sentence, exit code 1 and nothing written."""

import io

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from core.pages.pdf import MissingLibraryError
from reports.models import AnnualReport
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db


def run(site_code: str, output, year: int = 2020) -> str:
    out = io.StringIO()
    call_command("render_report", unit=site_code, year=year, output=output, stdout=out)
    return out.getvalue()


def test_a_year_without_data_gives_a_report_that_says_so(tmp_path):
    """Decided: the request is legitimate (a site that begins), and a page that says « aucun » hides nothing."""
    site = SousPrefectureFactory()
    output = tmp_path / "bilan.pdf"
    assert run(site.code, output) == f"{output} : 3 pages.\n"
    with pikepdf.open(output) as document:
        assert len(document.pages) == 3
    assert [one for one in tmp_path.iterdir() if one.is_file()] == [output]


@pytest.mark.parametrize(
    ("unit", "year", "name", "sentence"),
    [
        ("nulle-part", 2020, "b.pdf", "Aucun site n’a le code « nulle-part »."),
        ("service", 2020, "b.pdf", "Aucun site n’a le code « service »."),
        ("site", 1700, "b.pdf", "L’année va de 2005 à 2100."),
        ("site", 2020, "absent/b.pdf", "n’existe pas."),
        ("site", 2020, ".", "est un dossier"),
        ("site", 2020, "b.docx", "« b.docx » : un document s’écrit en .pdf, .html, .odt"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_and_nothing_is_written(tmp_path, unit, year, name, sentence):
    ServiceFactory(code="service", parent=SousPrefectureFactory(code="site"))
    with pytest.raises(CommandError, match=sentence):
        run(unit, tmp_path / name, year)
    assert list(tmp_path.iterdir()) == []
    assert not AnnualReport.objects.exists()


def test_without_the_layout_libraries_the_sentence_says_which_to_install(tmp_path, monkeypatch):
    def fail(*args):
        raise MissingLibraryError

    monkeypatch.setattr("reports.rendering.parts.render", fail)
    with pytest.raises(CommandError, match="libpango"):
        run(SousPrefectureFactory().code, tmp_path / "b.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_former_file_stays_whole_when_the_disk_refuses(tmp_path, monkeypatch):
    output = tmp_path / "b.pdf"
    output.write_bytes(b"avant")
    monkeypatch.setattr("reports.rendering.parts.render", lambda context: (b"apres", 1))

    def full(self, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run(SousPrefectureFactory().code, output)
    assert output.read_bytes() == b"avant"
