"""The PDF of the annual report: tagged, bookmarked as its contents, in French printing."""

import io
import itertools
import re

import pikepdf
import pytest
import time_machine

from indicators.models import Indicator
from reports.rendering.report import file_name, printed_chapter
from reports.rendering.whole import report_html
from reports.services import annual_reports
from tests.organisations.factories import SousPrefectureFactory
from tests.reports.factories import ChapterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(rendered):
    content, pages = rendered
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == pages
        yield document


def elements(pdf) -> list:
    """Every element of the structure tree, in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            walk(node.get("/K", pikepdf.Array()))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def test_the_pdf_declares_what_pdf_ua_asks(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "fr"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert {page.Tabs for page in pdf.pages if "/Annots" in page} <= {pikepdf.Name.S}
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Bilan qualité 2020 – Sous-préfecture de Test"


def test_headings_begin_at_one_and_never_skip_a_level(pdf):
    levels = [int(str(e.S)[2:]) for e in elements(pdf) if re.fullmatch(r"/H\d", str(e.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert set(levels) == {1, 2, 3, 4}


def test_every_figure_has_a_text_that_stands_for_it(pdf):
    figures = [e for e in elements(pdf) if pikepdf.Name.Figure == e.S]
    told = [str(e.get("/Alt", "")).split(". ") for e in figures]
    assert [words[1].split(" (")[0] for words in told] == ["6 valeurs, de 95 %", "6 valeurs, de 10 %"]
    assert [words[0] for words in told] == [
        "Taux d’appels aboutis en 2020",
        "Taux d’appels aboutis SVI en 2020",
    ]


def test_every_cell_of_a_table_names_its_row_and_its_column(pdf):
    tags = elements(pdf)
    heads = {str(e.ID) for e in tags if e.S == pikepdf.Name.TH}
    cells = [e for e in tags if e.S == pikepdf.Name.TD]
    assert len(cells) == 2 * 5 + 2 * 15
    assert {len(e.A.Headers) for e in cells} == {2}
    assert {str(h) for e in cells for h in e.A.Headers} <= heads


def test_all_that_is_drawn_is_tagged_or_an_artifact(pdf):
    for page in pdf.pages:
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            assert operator not in {"Tj", "TJ"} or depth > 0


def test_the_bookmarks_are_the_contents(pdf, report):
    with pdf.open_outline() as outline:
        bookmarks = [(item.title, [child.title for child in item.children]) for item in outline.root]
    contents = report_html(report).split('<nav class="contents">')[1].split("</nav>")[0]
    words = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in re.findall(r"<a .*?</a>", contents)]
    assert [" ".join(title.split()) for chapter, below in bookmarks for title in (chapter, *below)] == words
    assert bookmarks[0] == ("1. Les actions engagées", ["Les audits", "Suite"])
    assert [title for title, _ in bookmarks] == [
        "1. Les actions engagées",
        "2. Les indicateurs de la démarche qualité",
        "3. Annexe\u00a0: tableau de bord des douze mois",
    ]


def test_the_annex_lies_on_its_side_on_one_page(pdf):
    wide = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert wide == [False] * (len(wide) - 1) + [True]


def test_what_people_wrote_is_printed_with_french_spaces(report):
    html = report_html(report)
    assert "L’audit a eu lieu\u00a0: «\u202fpoint fort\u202f»\u202f!" in html


def test_met_and_missed_are_said_in_words_and_signs(report):
    html = report_html(report).replace("\u202f", " ").replace("\u00a0", " ")
    assert "2 indicateurs suivis en 2020, dont 2 mesurés au moins un mois. 1 cible atteinte sur 2." in html
    assert "Taux d’appels aboutis SVI : 83,3 % pour une cible ≥ 90 %." in html
    assert "✓ atteinte" in html
    assert "✗ manquée" in html
    assert "juin (10 %) s’écarte des autres mois ; sans ce mois, la lecture serait de 98 %." in html
    assert "travaux dans le hall" in html


def test_what_holds_for_several_indicators_is_noted_once_under_their_table(report):
    Indicator.objects.update(family=Indicator.objects.first().family)
    html = report_html(report)
    assert html.count("les effectifs de certains mois manquent") == 1
    assert html.count("\u202f*") == 2


def test_a_demonstration_says_so_on_its_cover_and_the_real_one_bears_the_mark_of_the_state(report, settings):
    settings.SITE_BRAND = "République|Française"
    settings.DEMO = True
    demo = report_html(report)
    settings.DEMO = False
    real = report_html(report)
    assert ("Démonstration" in demo, "République" in demo) == (True, False)
    assert ("Démonstration" in real, "République<br>Française" in real) == (False, True)


def test_a_year_without_data_says_it_and_prints_no_empty_chapter():
    report = annual_reports.open_report(site=SousPrefectureFactory(name="Site vide"), year=2020, by=None)
    html = report_html(report).replace("\u00a0", " ")
    assert re.findall(r"<h2 id.*?</span> (.*?)</h2>", html) == ["Les indicateurs de la démarche qualité"]
    assert "Aucun indicateur n’est suivi en 2020 : Site vide." in html


def test_a_chapter_left_out_is_not_printed_and_the_numbers_follow(report):
    first = report.chapters.get(title="Les actions engagées")
    annual_reports.include(first, included=False, by=None)
    html = report_html(report)
    assert "L’audit a eu lieu" not in html
    assert '<span class="chapter-number">1.</span> Les indicateurs de la démarche qualité' in html


def test_a_chapter_whose_app_is_gone_prints_its_text_alone():
    chapter = ChapterFactory(section="disparue", text="<p>t</p>")
    assert printed_chapter(chapter).body == "<p>t</p>"


def test_the_file_is_named_after_the_year_and_the_site(report):
    assert file_name(report) == f"bilan-qualite-2020-{report.site.code}.pdf"


@pytest.mark.parametrize(("day", "words"), [("2020-11-29", "Provisoire"), ("2021-01-04", "Édité le 4 janvier 2021")])
def test_a_year_under_way_is_said_to_be_provisional(report, day, words):
    with time_machine.travel(f"{day} 10:00", tick=False):
        cover = report_html(report).split('<nav class="contents">')[0]
    assert ("Provisoire" in cover, words in cover) == (words == "Provisoire", True)
