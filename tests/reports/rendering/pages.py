"""The pages of a bilan as they are drawn: what is left white at their end, what leaves their margins, lonely titles."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

DOTS_PER_INCH, MM = 36, 36 / 25.4
PALE = 200  # of 255: what is drawn is darker; so is the band of a table head
MOST_WHITE = 0.25  # of the height of a page
LEAST_UNDER_A_TITLE = 14  # millimetres: two lines of text
POINT = 25.4 / 72


@dataclass(frozen=True)
class Margins:
    """Of a page as `report.css` lays it, in millimetres: what is drawn outside is its head and its foot."""

    top: int
    side: int
    bottom: int


PORTRAIT, LANDSCAPE = Margins(26, 20, 22), Margins(20, 12, 15)


def flaws(content: bytes) -> list[str]:
    """What a reader would see wrong in the pages of a bilan; its cover has no margins, and is looked at by people."""
    chapters, titles = _titles(content)
    drawn = _drawn(content)
    found = []
    for place, image in enumerate(drawn[1:], start=1):
        margins = PORTRAIT if image.width < image.height else LANDSCAPE
        told = _page_flaws(image, margins, titles.get(place, ()), may_end=place + 1 in chapters | {len(drawn)})
        found += [f"page {place + 1}: {one}" for one in told]
    return found


def _page_flaws(image: Image.Image, margins: Margins, titles: Sequence[float], *, may_end: bool) -> Iterator[str]:
    top, bottom = round(margins.top * MM), round(image.height - margins.bottom * MM)
    dark = image.point(lambda shade: 255 if shade < PALE else 0).crop((0, top, image.width, bottom))
    left, _first, right, last = dark.getbbox() or (image.width, 0, 0, 0)
    white = (bottom - top - last) / image.height
    if white > MOST_WHITE and not may_end:
        yield f"{white:.0%} white at its end"
    if left < round((margins.side - 1) * MM) or right > round(image.width - (margins.side - 1) * MM):
        yield "something is drawn in its margins"
    for place in titles:
        if bottom - place * MM < LEAST_UNDER_A_TITLE * MM:
            yield f"a title ends it, {place:.0f} mm from its top"


def _titles(content: bytes) -> tuple[set[int], dict[int, list[float]]]:
    """The pages that a chapter begins, from 0; on each page, how far from its top its titles are, in millimetres."""
    begins, places = set(), {}
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        rank = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        for chapter in outline.root:
            for one in (chapter, *chapter.children):
                page, down = rank[one.destination[0].objgen], _down(one.destination)
                places.setdefault(page, []).append(down)
                if one is chapter and down <= PORTRAIT.top + 2:
                    begins.add(page)
    return begins, places


def _down(destination) -> float:
    return (float(destination[0].MediaBox[3]) - float(destination[3])) * POINT


def _drawn(content: bytes) -> list[Image.Image]:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        asked = ["pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-", f"{folder}/page"]
        subprocess.run(asked, input=content, capture_output=True, check=True)
        return [Image.open(io.BytesIO(path.read_bytes())) for path in sorted(Path(folder).iterdir())]
