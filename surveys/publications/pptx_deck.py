"""A deck for PowerPoint (16:9): title placeholders, tables with heads, a native bar chart with its text alternative."""

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.util import Cm, Pt

from core.typography import typeset
from surveys.publications.slides import Slide

BLUE, GREY, PALE = RGBColor(0, 0, 0x91), RGBColor(0x3A, 0x3A, 0x3A), RGBColor(0xE3, 0xE3, 0xFD)
WIDTH, HEIGHT, MARGIN = Cm(33.867), Cm(19.05), Cm(1.8)
TITLE_LAYOUT, CONTENT_LAYOUT, TITLE_ONLY = 0, 1, 5
BODY_TOP = Cm(4)
WIDE_FIRST = {2: (1, 1), 3: (5, 2, 2), 4: (4, 5, 2, 3)}


class PptxDeck:
    """Writes slides one after the other."""

    def __init__(self):
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = WIDTH, HEIGHT

    def cover(self, slide: Slide) -> None:
        self.deck.core_properties.title = typeset(slide.title)
        self.deck.core_properties.language = "fr-FR"
        page = self._page(TITLE_LAYOUT, slide.title, size=40)
        page.shapes.title.left, page.shapes.title.top = MARGIN, Cm(5)
        page.shapes.title.width, page.shapes.title.height = WIDTH - 2 * MARGIN, Cm(4)
        body = page.placeholders[1]
        body.left, body.top, body.width, body.height = MARGIN, Cm(9.5), WIDTH - 2 * MARGIN, Cm(5)
        self._bullets(body.text_frame, slide.bullets, size=22)

    def add(self, slide: Slide) -> None:
        if slide.rows:
            self._table(self._page(TITLE_ONLY, slide.title), slide)
        elif slide.bars:
            self._chart(self._page(TITLE_ONLY, slide.title), slide)
        else:
            page = self._page(CONTENT_LAYOUT, slide.title)
            body = page.placeholders[1]
            body.left, body.top, body.width, body.height = MARGIN, BODY_TOP, WIDTH - 2 * MARGIN, Cm(13)
            self._bullets(body.text_frame, slide.bullets, size=22)

    def save(self, target) -> None:
        self.deck.save(target)

    def _page(self, layout: int, title: str, *, size: int = 30):
        page = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        box = page.shapes.title
        box.left, box.top, box.width, box.height = MARGIN, Cm(1), WIDTH - 2 * MARGIN, Cm(2.4)
        box.text_frame.text = typeset(title)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        self._style(paragraph, size=size, bold=True, color=BLUE)
        return page

    def _bullets(self, frame, bullets, *, size: int) -> None:
        frame.word_wrap = True
        for number, text in enumerate(bullets):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = typeset(text)
            paragraph.alignment = PP_ALIGN.LEFT
            self._style(paragraph, size=size, color=GREY)

    def _table(self, page, slide: Slide) -> None:
        width = WIDTH - 2 * MARGIN
        shape = page.shapes.add_table(len(slide.rows) + 1, len(slide.head), MARGIN, BODY_TOP, width, Cm(1))
        shape.name = typeset(slide.title)
        table = shape.table
        shares = WIDE_FIRST[len(slide.head)]
        for column, share in enumerate(shares):
            table.columns[column].width = int(width * share / sum(shares))
        for row, cells in enumerate([slide.head, *slide.rows]):
            for column, text in enumerate(cells):
                self._cell(table.cell(row, column), text, is_head=row == 0, size=20 if len(slide.head) < 4 else 16)

    def _cell(self, cell, text: str, *, is_head: bool, size: int) -> None:
        cell.text = typeset(text)
        cell.fill.solid()
        cell.fill.fore_color.rgb = PALE if is_head else RGBColor(0xFF, 0xFF, 0xFF)
        self._style(cell.text_frame.paragraphs[0], size=size, bold=is_head, color=BLUE if is_head else GREY)

    def _chart(self, page, slide: Slide) -> None:
        data = CategoryChartData(number_format="0.0%")
        data.categories = [typeset(line.criterion) for line in slide.bars]
        data.add_series("Part des réponses", [line.share for line in slide.bars])
        frame = page.shapes.add_chart(
            XL_CHART_TYPE.BAR_CLUSTERED, MARGIN, Cm(3.6), WIDTH - 2 * MARGIN, HEIGHT - Cm(4.4), data
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", typeset(slide.description))
        chart = frame.chart
        chart.has_legend = chart.has_title = False
        chart.font.size, chart.font.color.rgb = Pt(14), GREY
        chart.category_axis.reverse_order = True
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1.1
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 45, True
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0.0%", False
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = BLUE

    def _style(self, paragraph, *, size: int, color: RGBColor, bold: bool = False) -> None:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(size), bold, color, "Arial"
