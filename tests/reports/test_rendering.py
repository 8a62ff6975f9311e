"""The PDF of the annual report: tagged, bookmarked, numbered, and reading nothing but our own files."""

import io
from decimal import Decimal

import pikepdf
import pytest

from indicators.services import values
from indicators.services.values import Cell, Figure
from reports.rendering.pdf import render_pdf
from reports.rendering.report import render, report_html
from reports.services import annual_reports
from tests.factories import AssignmentFactory, IndicatorFactory, ServiceFactory, SousPrefectureFactory, TargetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    site = SousPrefectureFactory(name="Sous-préfecture de Test")
    indicator = IndicatorFactory(label="Taux d’appels aboutis", year_rule="mean")
    TargetFactory(indicator=indicator)
    assignment = AssignmentFactory(indicator=indicator, unit=ServiceFactory(parent=site))
    for month in range(1, 7):
        cell = Cell(indicator, assignment.unit_id, site.pk, 2020, month)
        values.enter(cell, Figure(value=Decimal("0.95")), by=None)
    cell = Cell(indicator, assignment.unit_id, site.pk, 2020, 7)
    values.enter(cell, Figure(state="closed", reason="travaux dans le hall"), by=None)
    report = annual_reports.open_report(site=site, year=2020, by=None)
    chapter = report.chapters.get(title="Les actions engagées")
    annual_reports.write_chapter(chapter, title=chapter.title, text="<p>Un texte écrit.</p>", by=None)
    return report


@pytest.fixture
def pdf(report):
    content, pages = render(report)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == pages
        yield document


def test_the_pdf_declares_what_pdf_ua_asks(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.Root.Lang) == "fr"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Bilan qualité 2020 – Sous-préfecture de Test"


def test_the_bookmarks_are_the_chapters_with_something_to_say(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == [
        "1. Les actions engagées",
        "2. Les indicateurs de la démarche qualité",
        "3. Annexe : tableau de bord des douze mois",
    ]


def test_the_annex_is_in_landscape(pdf):
    left, bottom, right, top = (float(v) for v in pdf.pages[-1].mediabox)
    assert right - left > top - bottom


def test_the_chapter_says_the_year_in_sentences_and_never_an_error(report):
    html = report_html(report).replace("\u202f", " ")
    assert "1 cible atteinte sur 1." in html
    assert "95 %" in html
    assert "travaux dans le hall" in html
    assert "DIV" not in html


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "http://localhost:9/x.png",
        "https://example.org/x.png",
        "http://[::1]:9/x.png",
        "ftp://127.0.0.1/x",
        "static:../settings.py",
        "static:print/../../qualepref/settings.py",
        "static:js/rich-text.js",
        "//example.org/x.png",
        "gopher://127.0.0.1",
        "FILE:///etc/passwd",
        "file:/etc/passwd",
        "http://0x7f000001/x.png",
        "http://2130706433/x.png",
        "static:%2e%2e/settings.py",
        "jar:file:///x!/y",
        "about:blank",
        "/etc/passwd",
        "x.png",
    ],
)
def test_the_renderer_follows_no_address(address, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError(f"a connection was attempted: {args}")

    monkeypatch.setattr("socket.socket.connect", refuse)
    html = f'<html lang="fr"><title>t</title><body><img src="{address}" alt="x"><p>texte</p></body></html>'
    content, pages = render_pdf(html)
    assert pages == 1
    with pikepdf.open(io.BytesIO(content)) as document:
        resources = document.pages[0].get("/Resources", {})
        assert not list(resources.get("/XObject", {}))
        assert not list(document.attachments)
