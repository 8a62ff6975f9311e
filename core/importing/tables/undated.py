"""Days without a year: « 14/03 » is of the year that the titles of its table name, else the year is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.importing.asks import Ask, Given, Option, settle
from core.importing.dates import DateOrder, lacks_year
from core.importing.layout import COLUMNS, ColumnRead, Layout, TableRead
from core.importing.periods.years import years_named
from core.importing.places import ReadPlace
from core.importing.tables.closing import title_texts
from core.importing.tables.facing import Facing
from core.importing.tables.readers import Day
from core.importing.tables.wanted import DATES, YEAR, Wanted
from core.sheets.reading.addresses import column_letters
from core.sheets.reading.model import Workbook

PROPOSED = 3  # years before this one, when no title says which


def titled_years(book: Workbook, layout: Layout, table: TableRead) -> set[int]:
    """The years that the titles of a table and its sheet name."""
    return {year for text in (*title_texts(book, layout, table), table.sheet) for year in years_named(text)}


def year_ask(
    given: Given, code: str, question: str, *, years: set[int], places: Sequence[ReadPlace], today: date
) -> Ask:
    """The year of some cells: the one that the titles name, else a question."""
    proposed = sorted({*years, *range(today.year - PROPOSED, today.year + 1)})
    options = [Option(str(year), str(year)) for year in proposed]
    found = str(next(iter(years))) if len(years) == 1 else ""
    return settle(given, code, question, options, found=found, places=places)


def with_years(book: Workbook, layout: Layout, columns: Sequence[Wanted], *, given: Given, today: date) -> Layout:
    """The layout whose columns of days know the year of those that do not write it."""
    readers = {one.code: one.read for one in columns if isinstance(one.read, Day)}
    undated = _Undated(book, layout, readers, given, today)
    return replace(layout, tables=tuple(map(undated.table, layout.tables)))


@dataclass(frozen=True)
class _Undated:
    book: Workbook
    layout: Layout
    readers: Mapping[str, Day]
    given: Given
    today: date

    def table(self, table: TableRead) -> TableRead:
        if not table.is_read:
            return table
        facing = Facing(next(sheet for sheet in self.book.sheets if sheet.name == table.sheet), table.axis)
        return replace(table, columns=tuple(self._column(table, facing, one) for one in table.columns))

    def _column(self, table: TableRead, facing: Facing, column: ColumnRead) -> ColumnRead:
        places = self._places(table, facing, column) if column.code in self.readers else []
        if not places:
            return column
        letter = column_letters(column.number) if table.axis == COLUMNS else str(column.number)
        ask = year_ask(
            self.given,
            f"set:{table.name}:{letter}:{YEAR}",
            f"« {column.heading} » : de quelle année sont les jours qui ne l’écrivent pas ?",
            years=titled_years(self.book, self.layout, table),
            places=places,
            today=self.today,
        )
        return replace(column, settings=(*column.settings, ask))

    def _places(self, table: TableRead, facing: Facing, column: ColumnRead) -> list[ReadPlace]:
        """The cells that write a day without its year."""
        order = DateOrder(column.setting(DATES) or DateOrder.DAY_MONTH)
        month_end = self.readers[column.code].month_end
        lines = range(table.body[0], table.body[1] + 1)
        texts = ((line, facing.raw(line, column.number)) for line in lines)
        return [
            facing.place(line, column.number)
            for line, text in texts
            if isinstance(text, str) and lacks_year(text, order=order, month_end=month_end)
        ]
