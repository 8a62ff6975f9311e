"""The same figures in PDF, HTML and ODT; what Writer opens is whole."""

import io
import re
from pathlib import Path

import pytest
from odfdo import Document

from reports.rendering.formats import as_html, as_odt, as_pdf, format_for

pytestmark = pytest.mark.django_db


def words(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def odt_of(report) -> Document:
    return Document(io.BytesIO(as_odt(report)[0]))


def test_each_extension_has_its_rendering():
    assert [format_for(Path(f"bilan{suffix}")) for suffix in (".pdf", ".HTML", ".odt")] == [as_pdf, as_html, as_odt]


def test_the_page_stands_alone(report):
    page, _size = as_html(report)
    assert page.count(b"<style>") == 1
    fetched = rb'src="(?!data:)[^"]*|<link[^>]*>|<a (?!class="to-rows")[^>]*href="(?!#)[^"]*'
    assert re.findall(fetched, page) == []


def test_the_open_document_has_the_headings_and_tables_of_the_page(report):
    page, odt = as_html(report)[0].decode(), odt_of(report)
    headings = [
        words(re.sub(r"<[^>]+>", "", one)).strip() for one in re.findall(r"<h[1-6].*?</h[1-6]>", page, re.DOTALL)
    ]
    found = [words(header.text_recursive).strip() for header in odt.body.get_headers()]
    assert found == [one for one in headings if one != "Sommaire"]
    assert len(odt.body.get_tables()) == page.count("<table") > 0
    heads = [table.get_elements("table:table-header-rows") for table in odt.body.get_tables()]
    assert all(heads)


def test_every_picture_of_the_open_document_has_its_text(report):
    odt = odt_of(report)
    frames = odt.body.get_frames()
    assert len(frames) > 0
    assert [frame for frame in frames if not frame.svg_title] == []
    names = {frame.get_images()[0].url for frame in frames}
    assert names <= set(odt.container.parts)


def test_every_rate_of_the_page_stands_in_the_open_document(report):
    page, text = words(as_html(report)[0].decode()), words(odt_of(report).get_formatted_text())
    rates = set(re.findall(r"\d+(?:,\d+)? %", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)))
    assert "95 %" in rates
    assert sorted(rate for rate in rates if rate not in text) == []
