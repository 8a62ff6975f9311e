"""Slides: one outline written as PPTX, ODP or tagged PDF; each table, chart and picture has its words."""

from core.pages.decks.slide import Bar, Slide
from core.pages.decks.writing import FORMATS, numbered, odp, pdf, pptx

__all__ = ["FORMATS", "Bar", "Slide", "numbered", "odp", "pdf", "pptx"]
