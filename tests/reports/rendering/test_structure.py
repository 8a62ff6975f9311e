"""Chapters that hold what people throw at them: a table of 500 rows, a word of 200 letters, images from elsewhere."""

import time

import pytest

from core.pages.pdf import render_pdf
from reports.rendering import parts
from reports.rendering.report import context_of
from reports.services import annual_reports, images
from tests.core.pages.pdf_structure import faults
from tests.organisations.factories import UserFactory
from tests.reports.rendering.pages import flaws
from tests.reports.services.test_images import png, sent

pytestmark = pytest.mark.django_db


def test_a_table_of_500_rows_takes_its_share_of_time_and_no_more():
    """Four times the rows take about four times the work: nothing is looked up again for each row."""

    def work(rows: int) -> float:
        lines = "".join(f'<tr><th scope="row">Ligne {one}</th><td>{one}</td></tr>' for one in range(rows))
        head = '<thead><tr><th scope="col">Nom</th><th scope="col">Nombre</th></tr></thead>'
        html = f'<html lang="fr"><title>t</title><h1>t</h1><table>{head}<tbody>{lines}</tbody></table></html>'
        start = time.process_time()
        render_pdf(html)
        return time.process_time() - start

    work(20)  # the renderer and its fonts, once
    assert min(work(500) for _ in range(2)) < 8 * min(work(125) for _ in range(2))


def test_a_chapter_holds_a_table_of_500_rows_a_word_of_200_letters_and_an_image(report):
    rows = "".join(f"<tr><td>Ligne {number}</td><td>{number}</td></tr>" for number in range(500))
    chapter = report.chapters.get(title="Services Publics +")
    long = "m" * 200
    text = f"<p>{long}</p><table><tr><td>Nom</td><td>Nombre</td></tr>{rows}<tr><td>{long}</td><td>1</td></tr></table>"
    text += "<script>fermez()</script>"
    text += '<img src="file:///etc/passwd" alt="x"><img src="http://127.0.0.1/x.png" alt="y">'
    annual_reports.write_chapter(chapter, title=chapter.title, text=text, by=None)
    images.illustrate(chapter, file=sent(png()), alternative="Le hall", by=UserFactory())
    context = context_of(report)
    written = next(one.body for one in context["chapters"] if one.chapter_id == chapter.pk)
    assert [told for told in ("fermez", "passwd", "127.0.0.1") if told in written] == []
    content, pages = parts.render(context)
    assert pages > 12
    assert faults(content) == []
    assert [one for one in flaws(content) if "margins" in one] == []
