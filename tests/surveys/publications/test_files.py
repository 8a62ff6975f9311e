"""The files themselves: one page, tagged, with the same words in text; decks with titles and text alternatives."""

import io
import shutil
import subprocess
from datetime import date

import pikepdf
import pytest
from odfdo import Document
from pptx import Presentation

from surveys.enums import PublicationKind
from surveys.publications import content_of, posters, slides

TODAY = date(2022, 3, 10)
SIZES = {PublicationKind.POSTER_A3: (842, 1191), PublicationKind.POSTER_A4: (595, 842)}  # points


def text_of(data: bytes) -> str:
    """The words of a PDF as a reader extracts them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize("kind", SIZES)
def test_a_poster_is_one_tagged_page_of_its_size(campaign, action, kind):
    data, pages = posters.poster_pdf(content_of(campaign), kind, today=TODAY)

    assert pages == 1
    with pikepdf.open(io.BytesIO(data)) as document:
        box = document.pages[0].mediabox
        assert (round(box[2]), round(box[3])) == SIZES[kind]
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "fr"


def test_a_poster_says_results_actions_address_and_day(campaign, action, settings):
    settings.SITE_URL = "https://qualite.example"
    data, _ = posters.poster_pdf(content_of(campaign), PublicationKind.POSTER_A4, today=TODAY)
    text = text_of(data)
    flat = " ".join(text.split())

    for words in (
        "76,4 %",
        "86,3 %",
        "non significatif",
        "Former les agents à l’accueil",
        "https://qualite.example/enquetes/resultats/clu-2022/",
        "Affiche mise à jour le 10/03/2022",
    ):
        assert words in flat


def test_a_poster_with_much_to_say_still_holds_on_one_page(campaign, action):
    content = content_of(campaign)
    many = content.__class__(**{
        **vars(content), "actions": content.actions * 20,
        "feedbacks": (("Plus de sièges dans la salle d’attente", "Douze sièges installés en mars"),) * 9,
    })  # fmt: skip
    assert posters.poster_pdf(many, PublicationKind.POSTER_A4, today=TODAY)[1] == 1


def test_the_deck_says_the_same_in_both_formats(campaign, action):
    outline = slides.outline(content_of(campaign), today=TODAY)
    titles = [slide.title for slide in outline]
    assert titles == [
        "Enquête de satisfaction 2021", "La campagne", "Résultat par critère", "Les chiffres (1/2)",
        "Les chiffres (2/2)", "Le plan d’actions qui suit",
    ]  # fmt: skip

    deck = Presentation(io.BytesIO(slides.pptx(outline)))
    assert [page.shapes.title.text_frame.text for page in deck.slides] == titles

    pages = Document(io.BytesIO(slides.odp(outline))).body.get_draw_pages()
    assert [page.name.split(". ", 1)[1] for page in pages] == titles


def test_the_chart_of_the_deck_is_told_in_words(campaign):
    outline = slides.outline(content_of(campaign), today=TODAY)
    deck = Presentation(io.BytesIO(slides.pptx(outline)))
    chart = next(shape for page in deck.slides for shape in page.shapes if shape.has_chart)
    words = chart._element.nvGraphicFramePr.cNvPr.get("descr")

    assert words.startswith("La courtoisie des agents en contact avec le public\xa0: 86,3\u202f%")
    assert next(iter(chart.chart.plots[0].series[0].values)) == 0.8627


def test_a_cell_that_looks_like_a_formula_is_text(campaign, action):
    action.text = "=HYPERLINK(1)"
    action.save()
    deck = Presentation(io.BytesIO(slides.pptx(slides.outline(content_of(campaign), today=TODAY))))
    cells = [
        cell.text
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
    ]
    assert "=HYPERLINK(1)" in cells
