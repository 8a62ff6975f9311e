"""A deck for PowerPoint (16:9): title placeholders, tables with heads, a native bar chart with its text alternative."""

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Cm, Pt

from core.base.typography import NO_BREAK, typeset
from core.pages.decks.slide import Slide

BLUE, GREY, PALE, BAR = (RGBColor(*rgb) for rgb in ((0, 0, 145), (58, 58, 58), (227, 227, 253), (133, 133, 246)))
WHITE, BLACK = RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0x16, 0x16, 0x16)
WIDTH, HEIGHT, MARGIN = Cm(33.867), Cm(19.05), Cm(1.8)
INNER = WIDTH - 2 * MARGIN
TITLE_LAYOUT, CONTENT_LAYOUT, TITLE_ONLY = 0, 1, 5
BODY_TOP, FOOT_TOP = Cm(3.8), Cm(17.9)
BARS = (
    '<c:errBars xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:errBarType val="both"/>'
    '<c:errValType val="cust"/><c:noEndCap val="0"/><c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>'
    '<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="161616"/></a:solidFill></a:ln></c:spPr></c:errBars>'
)


class PptxDeck:
    """Writes slides one after the other."""

    def __init__(self):
        self.deck = Presentation()
        self.deck.slide_width, self.deck.slide_height = WIDTH, HEIGHT

    def cover(self, slide: Slide) -> None:
        self.deck.core_properties.title = typeset(slide.title)
        self.deck.core_properties.language = "fr-FR"
        page = self._page(TITLE_LAYOUT, slide, size=44)
        title, body = page.shapes.title, page.placeholders[1]
        title.left, title.top, title.width, title.height = Cm(3), Cm(4.5), WIDTH - Cm(5), Cm(4.6)
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        body.left, body.top, body.width, body.height = Cm(3), Cm(9.8), WIDTH - Cm(5), Cm(5)
        self._bullets(body.text_frame, slide.bullets, size=24)
        self._band(page, 0, 0, Cm(1.2), HEIGHT)

    def add(self, slide: Slide) -> None:
        layout = CONTENT_LAYOUT if slide.bullets else TITLE_ONLY
        page = self._page(layout, slide, size=24 if slide.is_long else 34)
        self._band(page, MARGIN, Cm(3.1), Cm(4), Cm(0.12))
        if slide.figures:
            self._figures(page, slide)
        if slide.bullets:
            body = page.placeholders[1]
            top = Cm(9.4) if slide.figures else BODY_TOP
            body.left, body.top, body.width, body.height = MARGIN, top, INNER, FOOT_TOP - top
            self._bullets(body.text_frame, slide.bullets, size=22)
        if slide.rows:
            self._table(page, slide)
        if slide.bars:
            self._chart(page, slide)
        self._text(page, slide.foot, (MARGIN, FOOT_TOP, INNER, Cm(0.9)), size=12, color=GREY)

    def save(self, target) -> None:
        self.deck.save(target)

    def _page(self, layout: int, slide: Slide, *, size: int):
        page = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        box = page.shapes.title
        box.left, box.top, box.width, box.height = MARGIN, Cm(0.9), INNER, Cm(2.1)
        box.text_frame.text = typeset(slide.title)
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        self._style(paragraph, size=size, bold=True, color=BLUE)
        page.notes_slide.notes_text_frame.text = typeset(slide.notes)
        return page

    def _band(self, page, left, top, width, height) -> None:
        """A mark of colour, silent for a screen reader."""
        shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, width, height)
        shape.fill.solid()
        shape.fill.fore_color.rgb = BLUE
        shape.line.fill.background()
        shape.name = "Filet"

    def _text(self, page, text: str, place: tuple, *, size: int, color, bold: bool = False) -> None:
        """A text in a box: (left, top, width, height)."""
        box = page.shapes.add_textbox(*place)
        box.text_frame.word_wrap = True
        box.text_frame.text = typeset(text)
        self._style(box.text_frame.paragraphs[0], size=size, color=color, bold=bold)

    def _figures(self, page, slide: Slide) -> None:
        width = INNER // len(slide.figures)
        for rank, (figure, words, margin) in enumerate(slide.figures):
            left = MARGIN + rank * width
            self._text(page, figure, (left, Cm(3.9), width, Cm(2.4)), size=54, color=BLUE, bold=True)
            self._text(page, words, (left, Cm(6.4), width - Cm(0.6), Cm(1.6)), size=20, color=GREY)
            if margin:
                self._text(page, margin, (left, Cm(8.1), width - Cm(0.6), Cm(1)), size=16, color=GREY)

    def _bullets(self, frame, bullets, *, size: int) -> None:
        frame.word_wrap = True
        for number, text in enumerate(bullets):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text = typeset(text)
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.space_after = Pt(size / 2)
            self._style(paragraph, size=size, color=GREY)

    def _table(self, page, slide: Slide) -> None:
        shape = page.shapes.add_table(len(slide.rows) + 1, len(slide.head), MARGIN, BODY_TOP, INNER, Cm(1))
        shape.name = typeset(slide.title)
        shape._element.nvGraphicFramePr.cNvPr.set("descr", typeset(slide.table_description))
        table = shape.table
        for column, share in enumerate(slide.shares):
            table.columns[column].width = int(INNER * share / sum(slide.shares))
        for row, cells in enumerate([slide.head, *slide.rows]):
            for column, text in enumerate(cells):
                self._cell(table.cell(row, column), text, is_head=row == 0, size=18)

    def _cell(self, cell, text: str, *, is_head: bool, size: int) -> None:
        cell.text = typeset(text)
        cell.fill.solid()
        cell.fill.fore_color.rgb = PALE if is_head else WHITE
        cell.margin_top = cell.margin_bottom = Cm(0.18)
        self._style(cell.text_frame.paragraphs[0], size=size, bold=is_head, color=BLUE if is_head else GREY)

    def _chart(self, page, slide: Slide) -> None:
        data = CategoryChartData(number_format="0.0\u00a0%")
        data.categories = [typeset(_category(bar)) for bar in slide.bars]
        data.add_series("Part des réponses", [bar.share for bar in slide.bars])
        frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, MARGIN, Cm(3.5), INNER, FOOT_TOP - Cm(3.7), data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", typeset(slide.description))
        chart = frame.chart
        chart.has_legend = chart.has_title = False
        chart.font.size, chart.font.color.rgb, chart.font.name = Pt(16), GREY, "Arial"
        chart.category_axis.reverse_order = True
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1.1
        plot = chart.plots[0]
        plot.gap_width = 45
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = BAR
        self._percentages(plot.series[0], slide)
        self._intervals(plot.series[0], slide)

    def _percentages(self, series, slide: Slide) -> None:
        """« 86,3 % » at the foot of each bar, away from its interval; written out, so that the comma stays a comma."""
        for rank, bar in enumerate(slide.bars):
            label = series.points[rank].data_label
            label.text_frame.text = bar.percent
            label.position = XL_LABEL_POSITION.INSIDE_BASE
            self._style(label.text_frame.paragraphs[0], size=18, bold=True, color=BLACK)

    def _intervals(self, series, slide: Slide) -> None:
        """The interval of each bar, which the library does not draw: error bars come before the categories."""
        if all(bar.low is None for bar in slide.bars):
            return
        plus = _numbers([bar.high - bar.share for bar in slide.bars])
        minus = _numbers([bar.share - bar.low for bar in slide.bars])
        series._element.find("{*}cat").addprevious(parse_xml(BARS.format(plus=plus, minus=minus)))

    def _style(self, paragraph, *, size: int, color: RGBColor, bold: bool = False) -> None:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(size), bold, color, "Arial"


def _category(bar) -> str:
    """The words beside a bar, its base in one piece."""
    return f"{bar.criterion} ({bar.base.replace(' ', NO_BREAK)})" if bar.base else bar.criterion


def _numbers(values) -> str:
    points = "".join(f'<c:pt idx="{rank}"><c:v>{value:.4f}</c:v></c:pt>' for rank, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
