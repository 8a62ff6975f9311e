"""Where the figures of a bilan lead, read in each of its formats."""

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf
from lxml import html as parser
from odfdo import Document

LEFT = ("h2", "h3", "h4", "svg")  # a title says no figure; the label of a chart is its own
ASIDE = {"table-note", "source", "comment", "note", "lead", "figure-note"}  # rules, sources, words of people
Led = set[tuple[str, str]]


def led_to(files: Mapping[str, bytes], house: str) -> dict[str, Led]:
    """(words, address of the rows) of each figure of the page and of the open document; of the PDF, the addresses."""
    return {
        ".html": set(_of_page(files[".html"], house)),
        ".odt": set(_of_open_document(files[".odt"], house)),
        ".pdf": {("", address) for address in _of_pdf(files[".pdf"], house)},
    }


def without_rows(body: str) -> list[str]:
    """The words of a computed part that say a figure, of which nothing says where the rows are; items list the rows."""
    root = parser.fragment_fromstring(body, create_parent="div")
    return [
        _words(one)
        for one in root.iter("p", "td", "caption")
        if re.search(r"\d", _words(one)) and not any(_is_told(two) for two in (one, *one.iterancestors()))
    ]


def _is_told(element) -> bool:
    return "data-rows" in element.attrib or element.tag in LEFT or element.get("class") in ASIDE


def _of_page(content: bytes, house: str) -> Iterator[tuple[str, str]]:
    for one in parser.document_fromstring(content).iterfind(".//a[@class='to-rows']"):
        yield _words(one) if one.find("svg") is None else "", one.get("href").removeprefix(house)


def _of_open_document(content: bytes, house: str) -> Iterator[tuple[str, str]]:
    for one in Document(io.BytesIO(content)).body.get_elements("//text:a"):
        address = one.get_attribute("xlink:href")
        if address.startswith(house):
            frame = one.get_elements("draw:frame")
            yield "" if frame else " ".join(one.inner_text.split()), address.removeprefix(house)


def _of_pdf(content: bytes, house: str) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for link in page.get("/Annots", ()):
                address = str(link.get("/A", {}).get("/URI", ""))
                if address.startswith(house):
                    assert str(link.Contents), address
                    yield address.removeprefix(house)


def _words(element) -> str:
    return " ".join(element.text_content().split())
