"""What is measured on the pages of a bilan finds what it should."""

from core.pages.pdf import render_pdf
from tests.reports.rendering.pages import flaws

TEXT = "<p>Des mots qui remplissent la ligne, et la suivante.</p>"


def pages(*chapters: str) -> list[str]:
    """The flaws of a document whose cover is followed by these chapters, each on its own page."""
    body = "".join(f'<section class="chapter" style="break-before: page">{one}</section>' for one in chapters)
    return flaws(render_pdf(f'<html lang="fr"><title>t</title><body><h1>t</h1>{body}</body></html>')[0])


def chapter(inside: str) -> str:
    return f'<h2 style="margin-top: 0">Un chapitre</h2>{inside}'


def test_pages_that_are_filled_and_ends_of_chapters_have_none():
    assert pages(chapter(TEXT * 60), chapter(TEXT), chapter(TEXT)) == []


def test_a_page_left_white_before_the_end_of_its_chapter_is_found():
    assert pages(chapter(f'{TEXT * 15}<div style="break-before: page">{TEXT * 35}</div>')) == [
        "page 2: 38% white at its end"
    ]


def test_a_title_at_the_end_of_a_page_is_found():
    lonely = f'{TEXT * 26}<h3 style="break-after: page">Seul</h3>{TEXT}'
    assert pages(chapter(lonely)) == ["page 2: a title ends it, 262 mm from its top"]


def test_what_leaves_the_margins_is_found():
    wide = (
        '<table style="width: 108%"><caption>Trop large</caption><tr><th>a</th><td class="number">b</td></tr></table>'
    )
    assert pages(chapter(wide)) == ["page 2: something is drawn in its margins"]
