"""The annual report as a PDF, asked for in the browser, rendered by the worker: embedded, then Celery with Redis."""

import re
from pathlib import Path

import pikepdf
from playwright.sync_api import Page, expect

from tests.journeys.checks import check_page
from tests.journeys.conftest import sign_in

RENDERING_MS = 60_000


def test_the_referent_renders_the_report_and_the_direction_downloads_it(page_as, tmp_path):
    referent = page_as("rq")
    render_report(referent)
    check_page(referent)
    direction = page_as("direction")
    open_report(direction)
    pdf = download(direction, tmp_path)
    check_pdf(pdf)


def test_the_report_is_rendered_by_a_celery_worker_on_postgresql(site_on_celery, new_page, tmp_path):
    page = sign_in(new_page(site_on_celery.url), "rq")
    render_report(page)
    open_report(page)
    check_pdf(download(page, tmp_path))


def open_report(page: Page) -> None:
    page.goto("/bilans/")
    page.get_by_role("row", name=re.compile("2020.*Aix|Aix.*2020")).get_by_role("link").first.click()


def render_report(page: Page) -> None:
    """Ask for the PDF and watch the job to its end, without reloading the page."""
    open_report(page)
    page.get_by_role("button", name=re.compile("^Produire")).first.click()
    expect(page.get_by_text("Le travail est terminé")).to_be_visible(timeout=RENDERING_MS)


def download(page: Page, directory: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Télécharger le bilan")).click()
    target = directory / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def check_pdf(path: Path) -> None:
    """Tagged, titled, in French, with bookmarks, and long enough to hold the chapters and the annex."""
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        assert len(pdf.open_outline().root) > 3
        assert len(pdf.pages) > 4
