"""HTML to an ODT that Writer retouches: headings, lists, tables with their heads, pictures with their text."""

import base64
import re
from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO
from typing import Any

HEADING = re.compile(r"^h([1-6])$")
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "section",
        "svg",
        "table",
        "ul",
    )
)
LEFT_OUT = {"colgroup", "head", "link", "nav", "script", "style", "template", "title"}
STYLED = {"b": "fort", "strong": "fort", "em": "italique", "i": "italique"}
SAFE_ADDRESS = re.compile(r"^(https?|mailto):", re.IGNORECASE)
PICTURE = re.compile(r"^data:image/(png|jpeg|svg\+xml);base64,(.+)$", re.DOTALL)
WIDTH_CM, PIXELS_PER_CM = 17.0, 38.0  # an A4 page less its margins; a CSS pixel is 1/96 inch
LEAST_SIGNS, MOST_SIGNS = 8, 40  # of a column, for its width
MANY_COLUMNS = 9  # beyond, the letters are small
Picture = tuple[str, bytes]  # name in the archive, content


def render_odt(html: str, *, title: str) -> bytes:
    """The ODT of an HTML document in French; the contents, made by the reader's own program, are left out."""
    from lxml import html as parser
    from odfdo import Document, Element, Style

    document = Document("text")
    document.body.clear()
    _add_styles(document, Style)
    writer = _Writer(lambda name, width: document.insert_style(_column(Style, name, width), automatic=True))
    for block in writer.blocks(parser.document_fromstring(html)):
        document.body.append(Element.from_tag(block))
    for name, content in writer.pictures:
        document.container.set_part(name, content)
        document.manifest.add_full_path(name, "image/svg+xml" if name.endswith("svg") else f"image/{name[-3:]}")
    document.meta.title, document.meta.language = title, "fr-FR"
    document.meta.generator = "qualepref"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _add_styles(document: Any, make: Any) -> None:
    document.insert_style(make("text", name="fort", area="text", bold=True), automatic=True)
    document.insert_style(make("text", name="italique", area="text", italic=True), automatic=True)
    document.insert_style(make("paragraph", name="titre-de-case", area="text", bold=True), automatic=True)
    cell = make("table-cell", name="case", area="table-cell", border="0.5pt solid #929292", padding="0.1cm")
    document.insert_style(cell, automatic=True)
    for name, is_bold in (("petit", False), ("petit-titre", True)):
        document.insert_style(make("paragraph", name=name, area="text", size="6.5pt", bold=is_bold), automatic=True)
    for level in document.styles.get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")  # the headings bear their own numbers
        level.set_attribute("style:num-suffix", "")
    for style in document.styles.get_styles("paragraph"):
        if style.tag == "style:default-style":
            style.set_properties({"fo:language": "fr", "fo:country": "FR"}, area="text")


def _column(make: Any, name: str, width: float) -> Any:
    return make("table-column", name=name, area="table-column", width=f"{width:.2f}cm")


class _Writer:
    """Turns the nodes of a page into the XML of a text document; keeps the pictures met.

    `column` keeps the style of a column: its name and its width in centimetres.
    """

    def __init__(self, column: Callable[[str, float], object]) -> None:
        self.column = column
        self.pictures: list[Picture] = []
        self.tables = 0

    def items(self, node: Any) -> str:
        """The items of a list; nothing for an empty one."""
        items = "".join(f"<text:list-item>{''.join(self.blocks(item))}</text:list-item>" for item in node)
        return f"<text:list>{items}</text:list>" if len(node) else ""

    def blocks(self, node: Any) -> Iterator[str]:
        """The blocks of a node, one XML element each."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in LEFT_OUT:
            return
        if heading := HEADING.match(tag):
            yield f'<text:h text:outline-level="{heading[1]}">{self.inline(node)}</text:h>'
        elif tag in {"ul", "ol"}:
            yield self.items(node)
        elif tag == "table":
            yield from self.table(node)
        elif tag == "svg":
            yield f"<text:p>{self.svg(node)}</text:p>"
        elif _holds_blocks(node):
            yield from self.mixed(node)
        elif words := self.inline(node):
            yield f"<text:p>{words}</text:p>"

    def mixed(self, node: Any) -> Iterator[str]:
        """A node that holds blocks, and perhaps words between them."""
        loose = _words(node.text)
        for child in node:
            if isinstance(child.tag, str) and _is_block(child):
                if loose.strip():
                    yield f"<text:p>{loose.strip()}</text:p>"
                loose = _words(child.tail)
                yield from self.blocks(child)
            else:
                loose += self.one(child) + _words(child.tail)
        if loose.strip():
            yield f"<text:p>{loose.strip()}</text:p>"

    def inline(self, node: Any) -> str:
        """The words of a node with their emphasis, links and breaks."""
        parts = [_words(node.text), *(self.one(child) + _words(child.tail) for child in node)]
        return re.sub(r" {2,}", " ", "".join(parts)).strip()

    def one(self, node: Any) -> str:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in LEFT_OUT:
            return ""
        if made := {"br": _line_break, "img": self.image, "svg": self.svg}.get(tag):
            return made(node)
        words = self.inline(node)
        if tag in STYLED and words:
            return f'<text:span text:style-name="{STYLED[tag]}">{words}</text:span>'
        if tag == "a" and SAFE_ADDRESS.match(address := node.get("href", "")):
            return f'<text:a xlink:type="simple" xlink:href="{escape(address)}">{words}</text:a>'
        return words

    def table(self, node: Any) -> Iterator[str]:
        """The caption above, then the rows; those of `thead` are repeated at the top of each page."""
        for caption in node.findall("caption"):
            if words := self.inline(caption):
                yield f'<text:p text:style-name="titre-de-case">{words}</text:p>'
        head, rows, width = [], [], 0
        covered: dict[int, int] = {}  # column → rows still covered from above
        for row in node.iter("tr"):
            xml, columns = self.row(row, covered)
            width = max(width, columns)
            (head if row.getparent().tag == "thead" else rows).append(xml)
        if not width:
            return
        self.tables += 1
        top = f"<table:table-header-rows>{''.join(head)}</table:table-header-rows>" if head else ""
        columns = "".join(self.columns(node, width))
        xml = f'<table:table table:name="Tableau {self.tables}">{columns}{top}{"".join(rows)}</table:table>'
        if width > MANY_COLUMNS:
            xml = xml.replace("<text:p>", '<text:p text:style-name="petit">').replace(
                '"titre-de-case"', '"petit-titre"'
            )
        yield xml

    def columns(self, node: Any, width: int) -> Iterator[str]:
        """Columns as wide as what they hold asks for, within reason."""
        longest = [LEAST_SIGNS] * width
        for row in node.iter("tr"):
            cells = row.xpath("./th|./td")
            if len(cells) == width:
                signs = [min(len(" ".join(cell.text_content().split())), MOST_SIGNS) for cell in cells]
                longest = list(map(max, longest, signs))
        for rank, signs in enumerate(longest):
            name = f"colonne-{self.tables}-{rank}"
            self.column(name, WIDTH_CM * signs / sum(longest))
            yield f'<table:table-column table:style-name="{name}"/>'

    def row(self, node: Any, covered: dict[int, int]) -> tuple[str, int]:
        cells, column = [], 0
        for cell in node.xpath("./th|./td"):
            column = self._skip(cells, covered, column)
            across, down = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
            spans = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
            inside = "".join(self.mixed(cell)) or "<text:p/>"
            if cell.tag == "th":
                inside = inside.replace("<text:p>", '<text:p text:style-name="titre-de-case">')
            cells.append(f'<table:table-cell table:style-name="case"{spans}>{inside}</table:table-cell>')
            cells += ["<table:covered-table-cell/>"] * (across - 1)
            if down > 1:
                covered.update(dict.fromkeys(range(column, column + across), down - 1))
            column += across
        column = self._skip(cells, covered, column)
        return f"<table:table-row>{''.join(cells)}</table:table-row>", column

    @staticmethod
    def _skip(cells: list[str], covered: dict[int, int], column: int) -> int:
        while covered.get(column):
            cells.append("<table:covered-table-cell/>")
            covered[column] -= 1
            column += 1
        return column

    def svg(self, node: Any) -> str:
        """A chart as a picture; its title, or the name it bears, stands for it."""
        from lxml import etree

        named = node.xpath(".//*[local-name()='title']")
        text = node.get("aria-label") or (named[0].text if named else "")
        numbers = [float(number) for number in node.get("viewbox", node.get("viewBox", "0 0 640 240")).split()]
        node.set("xmlns", "http://www.w3.org/2000/svg")
        content = etree.tostring(node, with_tail=False).replace(b"viewbox=", b"viewBox=")
        return self.frame("svg", content, text, numbers[2], numbers[3])

    def image(self, node: Any) -> str:
        found = PICTURE.match(node.get("src", ""))
        if not found:
            return _words(node.get("alt"))
        kind = {"png": "png", "jpeg": "jpg", "svg+xml": "svg"}[found[1]]
        size = [float(node.get(name, fallback)) for name, fallback in (("width", 480), ("height", 270))]
        return self.frame(kind, base64.b64decode(found[2]), node.get("alt", ""), *size)

    def frame(self, kind: str, content: bytes, text: str, width: float, height: float) -> str:
        name = f"Pictures/{len(self.pictures) + 1}.{kind}"
        self.pictures.append((name, content))
        across = min(WIDTH_CM, width / PIXELS_PER_CM)
        size = f'svg:width="{across:.2f}cm" svg:height="{across * height / width:.2f}cm"'
        shown = f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        return (
            f'<draw:frame draw:name="Figure {len(self.pictures)}" text:anchor-type="as-char" {size}>{shown}'
            f"<svg:title>{escape(text or '')}</svg:title></draw:frame>"
        )


def _line_break(node: Any) -> str:
    return "<text:line-break/>"


def _is_block(node: Any) -> bool:
    return node.tag in BLOCKS or bool(HEADING.match(node.tag))


def _words(text: str | None) -> str:
    """Words of a page: blanks are one, the narrow spaces of French stay."""
    return escape(re.sub(r"[ \t\r\n]+", " ", text or ""))


def _holds_blocks(node: Any) -> bool:
    return any(isinstance(child.tag, str) and _is_block(child) for child in node)
