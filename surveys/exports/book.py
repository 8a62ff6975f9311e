"""The workbook of a campaign: results, forms and the codebook that explains them; and each as a CSV."""

from collections.abc import Iterable, Sequence

from core.sheets.writing import Column, respond
from core.sheets.writing.book import Book
from core.sheets.writing.response import download
from surveys.exports import codebook, forms
from surveys.exports import results as figures
from surveys.models import Campaign, Question
from surveys.results import Results

RESULTS, FORMS, TEXTS, CODES = "resultats", "formulaires", "textes", "codes"
PARTS = {RESULTS: "Résultats", FORMS: "Formulaires", TEXTS: "Textes", CODES: "Codes"}
OF_PEOPLE = frozenset({FORMS, TEXTS})  # for those who run the survey, once it is over
Part = tuple[str, Sequence[Column], Iterable[Sequence]]


def xlsx(results: Results, questions: Sequence[Question], *, with_forms: bool):
    """The parts in one workbook, free texts apart; the forms only for those who run the survey."""
    shown = [code for code in PARTS if code != TEXTS and (with_forms or code not in OF_PEOPLE)]
    parts = [_part(code, results, questions) for code in shown]
    book = Book()
    for label, columns, rows in parts:
        book.list(columns, rows, label)
    return download(book.close(), f"enquete-{results.campaign.code}", "xlsx")


def csv(part: str, results: Results, questions: Sequence[Question]):
    """One part as a CSV."""
    _label, columns, rows = _part(part, results, questions)
    return respond("csv", columns, rows, f"enquete-{results.campaign.code}-{part}")


def _part(code: str, results: Results, questions: Sequence[Question]) -> Part:
    campaign: Campaign = results.campaign
    if code == RESULTS:
        return PARTS[code], figures.COLUMNS, figures.rows(results)
    if code == FORMS:
        return PARTS[code], forms.columns(campaign, questions), forms.rows(campaign, questions)
    if code == TEXTS:
        return PARTS[code], forms.OF_TEXT, forms.text_rows(campaign, questions)
    return PARTS[code], codebook.COLUMNS, codebook.rows(questions, kind=campaign.kind)
