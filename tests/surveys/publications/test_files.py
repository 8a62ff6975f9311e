"""The files themselves: one page, tagged, with the same words in text; decks with titles and text alternatives."""

import io
import shutil
import subprocess
from datetime import date

import pikepdf
import pytest
from odfdo import Document
from pptx import Presentation

from core.pages import decks
from core.pages.decks.paging import even
from surveys.enums import PublicationKind
from surveys.publications import content_of, posters, slides
from surveys.publications.years import compared
from surveys.services import campaigns

TODAY = date(2022, 3, 10)
SIZES = {PublicationKind.POSTER_A3: (842, 1191), PublicationKind.POSTER_A4: (595, 842)}  # points


def text_of(data: bytes) -> str:
    """The words of a PDF as a reader extracts them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def sizes_of_rows(data: bytes) -> list[list[float]]:
    """The sizes in points of what each sheet writes in the heads of rows and their figures, as it is drawn."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [list(_drawn(page, _marked(document, page))) for page in document.pages]


def _marked(document: pikepdf.Pdf, page) -> set[int]:
    """The numbers of what belongs to the body of a table on that page."""
    found, waiting = set(), [(document.Root.StructTreeRoot, False)]
    while waiting:
        element, is_body = waiting.pop()
        is_body = is_body or element.get("/S") == pikepdf.Name.TBody
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                waiting.append((kid, is_body))
            elif is_body and element.Pg.objgen == page.obj.objgen:
                found.add(int(kid))
    return found


def _drawn(page, marked: set[int]):
    scales, scale, line, font, inside = [], 1.0, 1.0, 0.0, [False]
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                scales.append(scale)
            case "Q":
                scale = scales.pop()
            case "cm":
                scale *= abs(float(operands[3]))
            case "Tm":
                line = abs(float(operands[3]))
            case "Tf":
                font = float(operands[1])
            case "BDC" | "BMC":
                told = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
                inside.append(inside[-1] or int(told.get("/MCID", -1)) in marked)
            case "EMC":
                inside.pop()
            case "Tj" | "TJ" if inside[-1]:
                yield round(scale * line * font, 1)


@pytest.mark.parametrize(("kind", "least"), [(PublicationKind.POSTER_A3, 24), (PublicationKind.POSTER_A4, 24 / 2**0.5)])
def test_criteria_are_read_from_two_metres_on_a_second_sheet_rather_than_smaller(campaign, action, kind, least):
    data, pages = posters.poster_pdf(content_of(campaign), kind, today=TODAY)
    sheets = sizes_of_rows(data)
    assert (pages, len(sheets), all(sheets)) == (2, 2, True)
    withheld = 0.8  # « trop peu de réponses » stands where a figure would
    assert min(size for sheet in sheets for size in sheet) >= least * withheld
    assert sum(size < least for sheet in sheets for size in sheet) == 1


def test_every_bar_of_a_poster_says_its_figure(calls):
    data, _ = posters.poster_pdf(content_of(calls), PublicationKind.POSTER_A4, today=TODAY)
    with pikepdf.open(io.BytesIO(data)) as document:
        told = [str(one.get("/Alt", "")) for one in document.objects if _is_figure(one)]
    assert len(told) > 5
    assert all(told)


def _is_figure(one) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.Figure


def test_few_criteria_hold_on_one_sheet(calls):
    data, pages = posters.poster_pdf(content_of(calls), PublicationKind.POSTER_A3, today=TODAY)
    assert pages == 1
    assert min(sizes_of_rows(data)[0]) >= 24


@pytest.mark.parametrize("kind", SIZES)
def test_a_poster_is_tagged_pages_of_its_size(campaign, action, kind):
    data, _ = posters.poster_pdf(content_of(campaign), kind, today=TODAY)

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
        "trop peu de réponses",
        "Former les agents à l’accueil",
        "https://qualite.example/enquetes/resultats/clu-2022/",
        "Affiche mise à jour le 10/03/2022",
    ):
        assert words in flat


def test_a_poster_with_much_to_say_still_holds_on_two_sheets(campaign, action):
    content = content_of(campaign)
    many = content.__class__(**{
        **vars(content), "actions": content.actions * 20,
        "feedbacks": (("Plus de sièges dans la salle d’attente", "Douze sièges installés en mars"),) * 9,
    })  # fmt: skip
    assert posters.poster_pdf(many, PublicationKind.POSTER_A4, today=TODAY)[1] == 2


def test_the_deck_says_the_same_in_both_formats(campaign, action):
    outline = slides.outline(content_of(campaign), today=TODAY)
    titles = [slide.title for slide in outline]
    assert titles == [
        "Enquête de satisfaction 2021", "L’essentiel", "Résultat par critère (1/2)", "Résultat par critère (2/2)",
        "Les chiffres (1/2)", "Les chiffres (2/2)", "Points forts, points à améliorer", "Le plan d’actions qui suit",
    ]  # fmt: skip

    deck = Presentation(io.BytesIO(decks.pptx(outline)))
    assert [page.shapes.title.text_frame.text for page in deck.slides] == titles

    pages = Document(io.BytesIO(decks.odp(outline))).body.get_draw_pages()
    assert [page.name.split(". ", 1)[1] for page in pages] == titles


def test_the_deck_shows_each_criterion_beside_that_of_the_survey_before(campaign):
    content = content_of(campaign)
    assert compared(campaign, content) == []
    after = campaigns.create(
        title="Enquête 2022", kind=campaign.kind, questionnaire=campaign.questionnaire, site=campaign.site,
        starts_on=date(2022, 1, 3), ends_on=date(2022, 2, 4), by=None, code="suite",
    )  # fmt: skip
    first, *_others = years = compared(after, content)
    figures = "86,3\u202f% (51 réponses)"
    assert first.head == ("Critère", "N-1 (03/12/2021)", "N (04/02/2022)")
    assert first.rows[0] == ("La courtoisie des agents en contact avec le public", figures, figures)
    titles = [slide.title for slide in slides.outline(content, today=TODAY, years=years)]
    assert titles.index(first.title) == titles.index("Points forts, points à améliorer") + 1


def test_the_chart_of_the_deck_is_told_in_words(campaign):
    outline = slides.outline(content_of(campaign), today=TODAY)
    deck = Presentation(io.BytesIO(decks.pptx(outline)))
    chart = next(shape for page in deck.slides for shape in page.shapes if shape.has_chart)
    words = chart._element.nvGraphicFramePr.cNvPr.get("descr")

    assert words.startswith(
        "La courtoisie des agents en contact avec le public\xa0: 86,3\u202f% (51 réponses, 74 à 93\u202f%)"
    )
    series = chart.chart.plots[0].series[0]
    assert next(iter(series.values)) == 44 / 51
    assert series.points[0].data_label.text_frame.text == "86,3\u202f%"
    bars = [[float(point.text) for point in series._element.findall(f"{{*}}errBars/{{*}}{side}//{{*}}v")]
            for side in ("plus", "minus")]  # fmt: skip
    assert (bars[0][0], bars[1][0], len(bars[0])) == (0.0691, 0.12, 7)


def test_every_slide_has_notes_and_says_its_day_and_number(campaign, action):
    outline = slides.outline(content_of(campaign), today=TODAY)
    assert all(slide.notes for slide in outline)
    assert outline[1].foot == "Préfecture de démonstration – mis à jour le 10/03/2022 – 2/8"

    deck = Presentation(io.BytesIO(decks.pptx(outline)))
    spoken = [page.notes_slide.notes_text_frame.text for page in deck.slides]
    assert spoken[1] == (
        "52 formulaires du 06/08/2021 au 03/12/2021. Tous critères réunis\xa0: 76,4\u202f% de réponses satisfaites ou "
        "très satisfaites (entre 63,3\u202f% et 85,9\u202f%)."
    )
    pages = Document(io.BytesIO(decks.odp(outline))).body.get_draw_pages()
    assert [page.get_element("presentation:notes//text:p").text_recursive for page in pages] == spoken


def test_every_picture_and_chart_has_a_text_alternative(campaign):
    outline = slides.outline(content_of(campaign), today=TODAY)
    pages = Document(io.BytesIO(decks.odp(outline))).body.get_draw_pages()
    pictures = [frame for page in pages for frame in page.get_elements("descendant::draw:frame[draw:image]")]
    told = [picture.get_element("svg:desc").text_recursive for picture in pictures]
    assert [len(words.split("\u202f; ")) for words in told] == [7, 7]
    deck = Presentation(io.BytesIO(decks.pptx(outline)))
    charts = [shape for page in deck.slides for shape in page.shapes if shape.has_chart]
    assert [chart._element.nvGraphicFramePr.cNvPr.get("descr") for chart in charts] == told


def test_the_slides_of_a_table_are_even():
    assert [len(chunk) for _, chunk in even("Titre", list(range(9)), 8)] == [4, 5]
    assert even("Titre", [], 8) == []


def test_a_cell_that_looks_like_a_formula_is_text(campaign, action):
    action.text = "=HYPERLINK(1)"
    action.save()
    deck = Presentation(io.BytesIO(decks.pptx(slides.outline(content_of(campaign), today=TODAY))))
    cells = [
        cell.text
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table
        for cell in shape.table.iter_cells()
    ]
    assert "=HYPERLINK(1)" in cells
