"""The order of dates and the writing of numbers are settled for a column, from all its cells, or asked."""

import pytest

from core.importing.asks import Given
from core.importing.tables import Content, Wanted, recognise
from core.sheets.reading.model import Sheet, Workbook
from core.sheets.reading.tagged import DATE

WANTED = (
    Wanted("received", "Reçue le", content=Content.DAYS),
    Wanted("answered", "Répondue le", content=Content.DAYS),
    Wanted("count", "Nombre", content=Content.NUMBERS),
)


def settings(*columns, chosen=None):
    """The settings of the columns « Reçue le », « Répondue le », « Nombre » that hold these cells."""
    headings = ["Reçue le", "Répondue le", "Nombre"][: len(columns)]
    rows = [headings, *map(list, zip(*columns, strict=True))]
    layout = recognise(Workbook("x", [Sheet("S", rows)]), WANTED, given=Given(chosen or {}))
    asks = [ask for column in layout.tables[0].columns for ask in column.settings]
    return {ask.code: f"?{ask.proposed}" if ask.is_open else ask.value for ask in asks}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((["13/04/2026", "05/06/2026"], [DATE + "2026-04-13", None]), {"set:S:A:dates": "dmy"}),
        ((["04/13/2026", "05/06/2026"], ["2026-04-13", None]), {"set:S:A:dates": "mdy"}),
        ((["04/05/2026", "05/06/2026"], ["04/13/2026", None]), {"set:S:A:dates": "mdy", "set:S:B:dates": "mdy"}),
        ((["04/05/2026", "05/06/2026"], [None, None]), {"set:S:A:dates": "?dmy"}),
        ((["13/05/2026", "05/13/2026"], ["04/05/2026"] * 2), {"set:S:A:dates": "?dmy", "set:S:B:dates": "?dmy"}),
        ((["2026-01-02"], ["2026-01-03"], ["1,200"]), {"set:S:C:numbers": "?fr"}),
        ((["2026-01-02"], ["2026-01-03"], [3.5]), {}),
    ],
)
def test_the_writing_of_a_column_is_settled_by_all_its_cells_or_asked(columns, expected):
    assert settings(*columns) == expected


def test_the_person_settles_a_doubtful_writing():
    columns = (["04/05/2026", "05/06/2026"], [None, None])
    assert settings(*columns, chosen={"set:S:A:dates": "mdy"}) == {"set:S:A:dates": "mdy"}
