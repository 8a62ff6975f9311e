"""Every PDF of the reports, walked; and chapters that hold what people throw at them."""

import pytest

from indicators.models import Snapshot
from indicators.printing import dashboard
from indicators.services import dashboards
from reports.rendering import parts
from reports.rendering.papers import PAPERS
from reports.rendering.report import context_of
from reports.services import annual_reports, images
from tests.core.pages.pdf_structure import faults
from tests.organisations.factories import UserFactory
from tests.reports.conftest import YEAR
from tests.reports.services.test_images import png, sent

pytestmark = pytest.mark.django_db


def test_the_bilan_and_its_draft_are_whole_for_a_screen_reader(rendered, report):
    assert faults(rendered[0]) == []
    draft, _pages = parts.render(context_of(report), note=parts.DRAFT)
    assert faults(draft) == []


@pytest.mark.parametrize("document", ["plaquette", "transparence"])
def test_the_papers_are_whole_for_a_screen_reader(report, document):
    assert faults(PAPERS[document].pdf(report)[0]) == []


def test_the_dashboard_of_a_month_is_whole_for_a_screen_reader(report):
    dashboards.seal(site=report.site, year=YEAR, month=6, by=None)
    assert faults(dashboard.pdf_of(Snapshot.objects.select_related("site").get())) == []


def test_a_chapter_holds_a_table_of_500_rows_a_word_of_200_letters_and_an_image(report):
    rows = "".join(f"<tr><td>Ligne {number}</td><td>{number}</td></tr>" for number in range(500))
    chapter = report.chapters.get(title="Services Publics +")
    text = f"<p>{'m' * 200}</p><table><tr><td>Nom</td><td>Nombre</td></tr>{rows}</table><script>x()</script>"
    text += '<img src="file:///etc/passwd" alt="x"><img src="http://127.0.0.1/x.png" alt="y">'
    annual_reports.write_chapter(chapter, title=chapter.title, text=text, by=None)
    images.illustrate(chapter, file=sent(png()), alternative="Le hall", by=UserFactory())
    content, pages = parts.render(context_of(report))
    assert pages > 12
    assert faults(content) == []
