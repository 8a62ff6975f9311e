"""A deck for Impress (16:9): text frames, tables, and the bars as a picture with its text alternative."""

from odfdo import Cell, Column, Document, DrawPage, Element, Frame, Paragraph, Row, Style, Table

from core.typography import typeset
from surveys.publications.bars import bars_svg
from surveys.publications.slides import Slide

WIDTH, HEIGHT, MARGIN = 28.0, 15.75, 1.5  # centimetres: the page of an empty ODP document
BLUE, GREY, PALE = "#000091", "#3a3a3a", "#e3e3fd"
PARAGRAPHS = {"title": (28, "bold", BLUE), "cover": (36, "bold", BLUE), "text": (18, "normal", GREY),
              "head": (15, "bold", BLUE), "cell": (14, "normal", GREY)}  # fmt: skip
SHARES = {2: (1, 1), 3: (5, 2, 2), 4: (4, 5, 2, 3)}


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
        page = self._page(slide.title)
        page.append(self._frame([slide.title], "cover", top=4.5, height=3))
        page.append(self._frame(slide.bullets, "text", top=8, height=4))

    def add(self, slide: Slide) -> None:
        page = self._page(slide.title)
        page.append(self._frame([slide.title], "title", top=0.8, height=1.8, presentation_class="title"))
        if slide.rows:
            page.append(self._table(slide))
        elif slide.bars:
            page.append(self._picture(slide))
        else:
            page.append(self._frame([f"• {text}" for text in slide.bullets], "text", top=3.2, height=11))

    def save(self, target) -> None:
        self.deck.save(target)

    def _page(self, title: str) -> DrawPage:
        number = len(self.deck.body.get_draw_pages()) + 1
        page = DrawPage(f"page{number}", name=f"{number}. {typeset(title)}")
        self.deck.body.append(page)
        return page

    def _frame(self, texts, style: str, *, top: float, height: float, **options) -> Frame:
        paragraphs = [Paragraph(typeset(text), style=style) for text in texts]
        return Frame.text_frame(
            paragraphs,
            size=(f"{WIDTH - 2 * MARGIN}cm", f"{height}cm"),
            position=(f"{MARGIN}cm", f"{top}cm"),
            style="bare",
            **options,
        )

    def _table(self, slide: Slide) -> Frame:
        shares = SHARES[len(slide.head)]
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
        frame = Frame(size=(f"{WIDTH - 2 * MARGIN}cm", "1cm"), position=(f"{MARGIN}cm", "3.2cm"))
        frame.append(table)
        return frame

    def _picture(self, slide: Slide) -> Frame:
        self.pictures += 1
        path = f"Pictures/bars{self.pictures}.svg"
        self.deck.container.set_part(path, bars_svg(slide.bars).encode())
        self.deck.manifest.add_full_path(path, "image/svg+xml")
        frame = Frame.image_frame(
            path, size=(f"{WIDTH - 2 * MARGIN}cm", "11.5cm"), position=(f"{MARGIN}cm", "3cm"), name=typeset(slide.title)
        )
        description = Element.from_tag("svg:desc")
        description.text = typeset(slide.description)
        frame.append(description)
        return frame

    def _paragraph_style(self, name: str, size: int, weight: str, color: str) -> None:
        style = Style("paragraph", name=name, area="text", size=f"{size}pt", weight=weight, color=color)
        style.set_properties({"fo:font-family": "Arial"}, area="text")
        self.deck.insert_style(style, automatic=True)

    def _frame_style(self) -> None:
        style = Style("graphic", name="bare")
        style.set_properties({"draw:fill": "none", "draw:stroke": "none", "fo:padding": "0cm"}, area="graphic")
        self.deck.insert_style(style, automatic=True)

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
        style = Style("table-column", name=name, width=f"{(WIDTH - 2 * MARGIN) * share / total:.2f}cm")
        self.deck.insert_style(style, automatic=True)
        return name
