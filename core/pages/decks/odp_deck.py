"""A deck for Impress (16:9): text frames, tables, and the bars as a picture with its text alternative."""

from collections.abc import Iterator

from odfdo import Cell, Column, Document, DrawPage, Element, Frame, Paragraph, PresentationNotes, Row, Style, Table

from core.base.typography import typeset
from core.pages.decks.bars import WIDTH as PICTURE_WIDTH
from core.pages.decks.bars import bars_svg, height_of
from core.pages.decks.slide import Slide

WIDTH, HEIGHT, MARGIN = 28.0, 15.75, 1.5  # centimetres: the page of an empty ODP document
INNER, BODY_TOP, FOOT_TOP = WIDTH - 2 * MARGIN, 3.3, 14.6
BLUE, GREY, PALE = "#000091", "#3a3a3a", "#e3e3fd"
PARAGRAPHS = {
    "title": (29, "bold", BLUE),
    "long-title": (20, "bold", BLUE),
    "cover": (38, "bold", BLUE),
    "text": (19, "normal", GREY),
    "big": (46, "bold", BLUE),
    "words": (17, "normal", GREY),
    "margin": (14, "normal", GREY),
    "head": (15, "bold", BLUE),
    "cell": (15, "normal", GREY),
    "foot": (11, "normal", GREY),
}


class OdpDeck:
    """Writes slides one after the other."""

    def __init__(self):
        self.deck = Document("presentation")
        self.deck.body.clear()
        for name, (size, weight, color) in PARAGRAPHS.items():
            self._paragraph_style(name, size, weight, color)
        self._frame_style()
        self._make_wide()
        self._cell_style("head-cell", PALE)
        self._cell_style("plain-cell", "#ffffff")
        self.pictures = 0

    def cover(self, slide: Slide) -> None:
        self.deck.meta.title = typeset(slide.title)
        self.deck.meta.language = "fr-FR"
        page = self._page(slide)
        page.append(self._band(left=0, top=0, width=1, height=HEIGHT))
        page.append(self._frame([slide.title], "cover", top=3.6, height=3.4, left=2.5, presentation_class="title"))
        page.append(self._frame(slide.bullets, "text", top=7.6, height=4, left=2.5))
        page.append(_notes(slide))

    def add(self, slide: Slide) -> None:
        page = self._page(slide)
        style = "long-title" if slide.is_long else "title"
        page.append(self._frame([slide.title], style, top=0.8, height=1.7, presentation_class="title"))
        page.append(self._band(left=MARGIN, top=2.6, width=3.3, height=0.1))
        for frame in self._figures(slide):
            page.append(frame)
        if slide.bullets:
            top = 8 if slide.figures else BODY_TOP
            page.append(self._frame([f"• {text}" for text in slide.bullets], "text", top=top, height=FOOT_TOP - top))
        if slide.rows:
            page.append(self._table(slide))
        if slide.bars:
            page.append(self._picture(slide))
        page.append(self._frame([slide.foot], "foot", top=FOOT_TOP, height=0.7))
        page.append(_notes(slide))

    def save(self, target) -> None:
        self.deck.save(target)

    def _page(self, slide: Slide) -> DrawPage:
        number = len(self.deck.body.get_draw_pages()) + 1
        page = DrawPage(f"page{number}", name=f"{number}. {typeset(slide.title)}")
        self.deck.body.append(page)
        return page

    def _frame(
        self, texts, style: str, *, top: float, height: float, left: float = MARGIN, width: float = 0, **options
    ) -> Frame:
        paragraphs = [Paragraph(typeset(text), style=style) for text in texts]
        size = (f"{width or WIDTH - left - MARGIN}cm", f"{height}cm")
        return Frame.text_frame(paragraphs, size=size, position=(f"{left}cm", f"{top}cm"), style="bare", **options)

    def _figures(self, slide: Slide) -> Iterator[Frame]:
        width = INNER / max(len(slide.figures), 1)
        for rank, (figure, words, margin) in enumerate(slide.figures):
            place = {"left": MARGIN + rank * width, "width": width - 0.4}
            yield self._frame([figure], "big", top=3.3, height=2, **place)
            yield self._frame([words], "words", top=5.3, height=1.4, **place)
            if margin:
                yield self._frame([margin], "margin", top=6.7, height=0.8, **place)

    def _band(self, *, left: float, top: float, width: float, height: float) -> Element:
        """A mark of colour, which says nothing."""
        return Element.from_tag(
            f'<draw:rect draw:style-name="band" svg:x="{left}cm" svg:y="{top}cm" svg:width="{width}cm" '
            f'svg:height="{height}cm"/>'
        )

    def _table(self, slide: Slide) -> Frame:
        shares = slide.shares
        table = Table("Table")
        for share in shares:
            table.append(Column(style=self._column_style(share, sum(shares))))
        for number, cells in enumerate([slide.head, *slide.rows]):
            row = Row()
            for text in cells:
                cell = Cell(style="plain-cell" if number else "head-cell")
                cell.append(Paragraph(typeset(text), style="cell" if number else "head"))
                row.append(cell)
            table.append(row)
        frame = Frame(name=typeset(slide.title), size=(f"{INNER}cm", "1cm"), position=(f"{MARGIN}cm", f"{BODY_TOP}cm"))
        frame.append(table)
        frame.append(_described(slide.table_description))
        return frame

    def _picture(self, slide: Slide) -> Frame:
        self.pictures += 1
        path = f"Pictures/bars{self.pictures}.svg"
        self.deck.container.set_part(path, bars_svg(slide.bars).encode())
        self.deck.manifest.add_full_path(path, "image/svg+xml")
        frame = Frame.image_frame(
            path,
            size=(f"{INNER}cm", f"{INNER * height_of(slide.bars) / PICTURE_WIDTH:.2f}cm"),
            position=(f"{MARGIN}cm", "3.1cm"),
            name=typeset(slide.title),
        )
        frame.append(_described(slide.description))
        return frame

    def _paragraph_style(self, name: str, size: int, weight: str, color: str) -> None:
        style = Style("paragraph", name=name, area="text", size=f"{size}pt", weight=weight, color=color)
        style.set_properties({"fo:font-family": "Arial"}, area="text")
        self.deck.insert_style(style, automatic=True)

    def _frame_style(self) -> None:
        style = Style("graphic", name="bare")
        style.set_properties({"draw:fill": "none", "draw:stroke": "none", "fo:padding": "0cm"}, area="graphic")
        self.deck.insert_style(style, automatic=True)
        band = Style("graphic", name="band")
        band.set_properties({"draw:fill": "solid", "draw:fill-color": BLUE, "draw:stroke": "none"}, area="graphic")
        self.deck.insert_style(band, automatic=True)

    def _make_wide(self) -> None:
        """An empty document is 4:3: its pages become 16:9."""
        styles = self.deck.get_part("styles")
        for properties in styles.root.get_elements("//style:page-layout-properties"):
            properties.set_attribute("fo:page-width", f"{WIDTH}cm")
            properties.set_attribute("fo:page-height", f"{HEIGHT}cm")

    def _cell_style(self, name: str, color: str) -> None:
        style = Style("table-cell", name=name)
        style.set_properties({"draw:fill": "solid", "draw:fill-color": color}, area="graphic")
        style.set_properties({"fo:border": "0.03cm solid #cecece", "fo:background-color": color}, area="table-cell")
        self.deck.insert_style(style, automatic=True)

    def _column_style(self, share: int, total: int) -> str:
        name = f"column-{share}-{total}"
        style = Style("table-column", name=name, width=f"{INNER * share / total:.2f}cm")
        self.deck.insert_style(style, automatic=True)
        return name


def _described(words: str) -> Element:
    """What stands for a table or a picture."""
    description = Element.from_tag("svg:desc")
    description.text = typeset(words)
    return description


def _notes(slide: Slide) -> PresentationNotes:
    """What the speaker reads."""
    notes = PresentationNotes()
    frame = Frame.text_frame(
        [Paragraph(typeset(slide.notes))], size=("16cm", "12cm"), position=("2cm", "13cm"), presentation_class="notes"
    )
    notes.append(frame)
    return notes
