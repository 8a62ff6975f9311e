"""What a PDF read by a screen reader must have, found by walking it."""

import io
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any

import pikepdf

SHORT = 2  # pages, beyond which one needs bookmarks
SHOWN = {"Tj", "TJ", "'", '"', "Do", "sh"}


def faults(content: bytes, *, languages: Collection[str] = ("fr",)) -> list[str]:
    """What is wrong with a tagged PDF, in words; empty where nothing is. `languages`: those it may be in."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root
        found = [] if root.get("/MarkInfo", {}).get("/Marked") else ["not marked"]
        found += [] if str(root.get("/Lang", "")) in languages else ["no language"]
        found += [] if str(pdf.docinfo.get("/Title", "")) else ["no title"]
        found += [] if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") else ["title not shown"]
        found += ["no bookmark"] if len(pdf.pages) > SHORT and not root.get("/Outlines", {}).get("/Count") else []
        elements = list(_elements(root.StructTreeRoot.K))
        found += list(_tag_faults(elements))
        for number, page in enumerate(pdf.pages, start=1):
            found += [f"page {number}: {what}" for what in _page_faults(page)]
        return found


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from _elements(node.get("/K", pikepdf.Array()))


def _tag_faults(elements: list[Any]) -> Iterator[str]:
    heads = [str(one.ID) for one in elements if str(one.S) == "/TH" and "/ID" in one]
    if len(set(heads)) != len(heads):
        yield "two table heads of one name"
    for one in elements:
        kind = str(one.S)
        if kind == "/Figure" and not str(one.get("/Alt", "")):
            yield "a figure without words"
        if kind == "/TH" and not str(one.get("/A", {}).get("/Scope", "")):
            yield "a head without a scope"
        if kind == "/TD" and not all(str(name) in heads for name in one.get("/A", {}).get("/Headers", ())):
            yield "a cell whose head is nowhere"
    levels = [int(str(one.S)[2:]) for one in elements if str(one.S) in {f"/H{level}" for level in range(1, 7)}]
    if not levels or levels[0] != 1:
        yield "the first heading is not of level 1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of heading is skipped"


def _page_faults(page: Any) -> Iterator[str]:
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += name in {"BDC", "BMC"}
        depth -= name == "EMC"
        if name in SHOWN and not depth:
            yield f"{name} {operands} outside of any tag"
    for font in page.resources.get("/Font", {}).values():
        for inner in font.get("/DescendantFonts", [font]):
            described = inner.get("/FontDescriptor", {})
            if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"font {inner.get('/BaseFont')} is not embedded"
