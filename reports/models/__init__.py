"""Models of the reports."""

from reports.models.comparisons import ComparedYear
from reports.models.editions import Edition, EditionStep, FrozenChapter, PrintedFile, Publication
from reports.models.exchange import ForeignYear
from reports.models.images import ReportImage
from reports.models.proofs import ProofComment, Proofreading
from reports.models.reports import AnnualReport, Chapter, ContradictionCount, FigureNote, WrittenDraft

__all__ = [
    "AnnualReport",
    "Chapter",
    "ComparedYear",
    "ContradictionCount",
    "Edition",
    "EditionStep",
    "FigureNote",
    "ForeignYear",
    "FrozenChapter",
    "PrintedFile",
    "ProofComment",
    "Proofreading",
    "Publication",
    "ReportImage",
    "WrittenDraft",
]
