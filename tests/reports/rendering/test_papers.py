"""The plaquette and the posters: what they say is what the bilan says, on the pages they have."""

import io
import re

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from core.base.typography import typeset
from indicators.services import values
from indicators.services.values import EntryCell, Figure
from reports.rendering.formats import as_html, as_odt, as_pdf
from reports.rendering.papers import PAPERS
from reports.rendering.whole import report_html
from reports.services import annual_reports
from tests.indicators.factories import AssignmentFactory, IndicatorFactory

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """The words of a page, its narrow spaces plain."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u202f", " ").split())


@pytest.fixture
def foreword(report):
    chapter = report.chapters.get(section="foreword")
    return annual_reports.write_chapter(chapter, title="Le mot du sous-préfet", text="<p>Merci à tous.</p>", by=None)


def test_the_first_page_has_the_key_figures_and_the_word_of_the_prefet_and_numbers_neither(report, foreword):
    cover, rest = report_html(report).split('<nav class="contents">')
    assert "1 sur 2 cible atteinte 2 indicateurs suivis" in words(cover)
    assert "Le mot du sous-préfet Merci à tous." in words(cover)
    assert "mot du" not in rest
    assert '<span class="chapter-number">1.</span> Les actions engagées' in rest


def test_the_plaquette_says_in_two_pages_what_each_chapter_says(report, foreword):
    pdf, length = as_pdf(report, PAPERS["plaquette"])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 2
        assert document.Root.MarkInfo.Marked
    assert length == "2 pages"

    told = words(PAPERS["plaquette"].html(report))
    for sentence in (
        "1 sur 2 cible atteinte",
        "Merci à tous.",
        "2 indicateurs suivis en 2020, dont 2 mesurés au moins un mois. 1 cible atteinte sur 2.",
        "Cible manquée : Taux d’appels aboutis SVI : 83,3 % pour une cible ≥ 90 %.",
    ):
        assert sentence in told
    assert sentence in words(as_html(report, PAPERS["plaquette"])[0].decode())
    assert as_odt(report, PAPERS["plaquette"])[0].startswith(b"PK")


def test_what_is_too_long_is_set_in_smaller_letters(report):
    chapter = report.chapters.get(section="foreword")
    text = "<p>" + "Un accueil qui progresse. " * 100 + "</p>"
    annual_reports.write_chapter(chapter, title=chapter.title, text=text, by=None)
    assert as_pdf(report, PAPERS["plaquette"])[1] == "2 pages"


def test_the_transparence_poster_tells_its_last_quarter_and_what_is_not_known(report):
    assignment = AssignmentFactory(
        indicator=IndicatorFactory(code="delai-permis", measure="days"), unit__parent=report.site
    )
    for month, days in ((3, 12), (6, 17)):
        cell = EntryCell(assignment.indicator, assignment.unit_id, assignment.site_id, 2020, month)
        values.enter(cell, Figure(value=days), by=None, confirmed=True)
    told = words(PAPERS["transparence"].html(report))
    assert "2e trimestre 2020" in told
    assert "17 jours délai moyen de délivrance des permis de conduire" in told
    assert "non communiqué délai moyen de délivrance des titres de séjour" in told
    assert told.count("non communiqué") == 5
    assert as_pdf(report, PAPERS["transparence"])[1] == "1 page"


def test_without_a_closed_survey_there_are_no_results_to_post(report, tmp_path):
    sentence = typeset(f"Aucune enquête de satisfaction close en 2020 : {report.site}.")
    with pytest.raises(CommandError, match="Aucune enquête de satisfaction close en 2020") as refusal:
        call_command("render_report", unit=report.site.code, year=2020, output=tmp_path / "r.pdf", document="resultats")
    assert typeset(str(refusal.value)) == sentence
    assert list(tmp_path.iterdir()) == []
