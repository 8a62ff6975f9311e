"""Tables with headings: recognised whatever their place and order of columns, read line by line, accounted for."""

from core.importing.tables.closing import account_of, titles_of
from core.importing.tables.reading import read_lines
from core.importing.tables.recognise import filled_cells, recognise
from core.importing.tables.rows import Lines, RowKind, SourceRow
from core.importing.tables.wanted import Content, Fit, Wanted

__all__ = [
    "Content",
    "Fit",
    "Lines",
    "RowKind",
    "SourceRow",
    "Wanted",
    "account_of",
    "filled_cells",
    "read_lines",
    "recognise",
    "titles_of",
]
