"""Files of a list: XLSX, ODS and CSV with real numbers and dates, where no cell can become a formula."""

from core.sheets.writing.cells import Column, FigureCell
from core.sheets.writing.response import FORMATS, respond

__all__ = ["FORMATS", "Column", "FigureCell", "respond"]
