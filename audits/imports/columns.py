"""The columns of an audit grid: how documents head them, and the columns whose heading is itself a result."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cache
from typing import cast

from audits.enums import FINDINGS, Method, Result
from audits.imports.results import heading_result, known
from core.importing.tables import Content, Fit, Wanted
from core.importing.words import plain
from core.sheets.reading.model import Sheet, Workbook

MODULE, ENGAGEMENT, REQUIREMENT, METHOD, EVIDENCE, RESULT, COMMENT = (
    "module",
    "engagement",
    "requirement",
    "method",
    "evidence",
    "result",
    "comment",
)
NUMBER, STRUCTURE, SCORE = "number", "structure", "score"
MARK = "mark:"
MARKS = frozenset(f"{MARK}{result.value}" for result in Result)
WHAT = {REQUIREMENT, ENGAGEMENT, NUMBER}
_SCALE = re.compile(r"\s*\(?(?:/|\bsur) ?\d{1,3}\)?\s*$")
_NUMBER_SIGN = re.compile(r"\s*(?:n ?[°ºo]|num[ée]ros?|num)\.?\s*", re.IGNORECASE)
ENOUGH, FEW = 0.6, 3  # share of the cells under « Constat » that are results; result columns that head a table alone
LONGEST_LOOK = 60
_RESULTS = (
    r"(?:resultats?|evaluations?|cotations?|conformites?|appreciations?|avis|conclusions?|statuts?|etats?|niveaux?|"
    r"qualifications?|classements?|notations?|types? de constats?|natures? (?:du |des )?constats?|codes?)"
    r"(?: (?:de |d |du |des |l |la )*(?:audit\w*|auto ?evaluation|conformite|evaluation|constats?|auditeurs?|20\d\d))*|"
    r"(?:c pf ps pp \w+|result|status)"
)
_YES_OR_NO = re.compile(r"conform(?:es?|ites?)(?: a l exigence)? (?:oui|o)(?: ou)? (?:non|n)")
YES_OR_NO = {"o": Result.COMPLIANT, "oui": Result.COMPLIANT, "n": Result.NONCONFORMITY, "non": Result.NONCONFORMITY}
MARKED = re.compile(
    r"(?:scores?|notes?|points?|cotes?)(?: (?:obtenue?s?|attribuee?s?|(?:sur )?\d+))?|niveaux? de maturite"
)
_KIND = r"types?|natures?|categories?|classements?"
_CONSTAT = r"(?:constats?|constatations?|observations?|commentaires?)"
_COMMENT = (
    rf"{_CONSTAT}(?: (?:de |d |du |des |l |la |et |ou )*\w+){{0,4}}|remarques?(?: .*)?|justifications?(?: .*)?|"
    r"precisions?|(?:elements? de )?preuves? (?:vues?|constatees?|observees?|examinees?|presentees?|collectees?)|"
    r"details?|comments?|libelle du constat|descriptions?(?: du constat)?|descriptifs?"
)
_METHODS = {
    Method.DOCUMENT: re.compile(
        r"d|docs?|documents?|documentaires?|(?:etude|revue|analyse|examen) documentaire|pieces?"
    ),
    Method.INTERVIEW: re.compile(r"e|entretiens?|interviews?|ent|echanges?|questions?"),
    Method.OBSERVATION: re.compile(
        r"o|obs|observations?|visites?|(?:visite|constat) sur (?:place|site)|sur place|terrain"
    ),
}


def method_named(words: str) -> str:
    """The method that words name; empty for none."""
    return next((method.value for method, pattern in _METHODS.items() if pattern.fullmatch(plain(words))), "")


@cache
def _always() -> tuple[Wanted, ...]:
    """The columns that every grid may have."""
    return (
        _column(
            MODULE,
            "Module",
            r"modules?(?: .*)?|rubriques?|chapitres?|volets?|parties|sections?|blocs?|themes?",
            colour="label",
            is_carried=True,
        ),
        _column(
            ENGAGEMENT,
            "Engagement",
            r"(?:n |numeros? |no |references? |intitules? )?(?:de |d |des |l )*engagements?(?: (?:n|no|\w+))?|"
            r"references?|refs?|eng|commitments?|articles?",
            colour="key",
            is_carried=True,
        ),
        Wanted(
            NUMBER,
            "Numéro de l’engagement",
            fit=lambda heading: Fit.EXACT if _NUMBER_SIGN.fullmatch(heading) else Fit.NONE,
            content=Content.CODES,
            colour="key",
        ),
        _column(STRUCTURE, "Structure", r"structures?|sites?|services?|entites?|implantations?|guichets?|lieux?"),
        _column(
            SCORE,
            "Note",
            MARKED.pattern,
            content=Content.NUMBERS,
            is_many=True,
        ),
        _column(
            REQUIREMENT,
            "Exigence",
            r"(?:libelles? |intitules? |descriptions? )?(?:de |d |des |du |l |la )*(?:exigences?|sous engagements?|"
            r"criteres?|points? (?:de controle|a (?:verifier|controler|auditer|voir)|audites?|verifies?)|"
            r"questions?|items?|attendus?|elements? (?:a verifier|verifies?|audites?|de conformite)|"
            r"dispositions?|requirements?|controles?|libelles?|intitules?)(?: (?:de |d |du |des |l |la )*\w+){0,3}",
            colour="label",
        ),
        _column(
            METHOD,
            "Méthode",
            r"(?:methodes?|modalites?|modes?|moyens?|techniques?|types?)"
            r"(?: (?:de |d |des |du |l |la )*(?:preuves?|audit|verification|controle|evaluation|investigation|"
            r"collecte|recueil))*",
            content=Content.WORDS,
        ),
        _column(
            EVIDENCE,
            "Preuves attendues",
            r"(?:elements? de )?preuves?(?: (?:attendues?|a (?:fournir|presenter|produire)|exigees?|possibles?|"
            r"d audit))?|pieces?(?: .*)?|(?:documents?|justificatifs?) (?:attendus?|a (?:fournir|presenter)|"
            r"de preuve)|evidence",
            is_many=True,
        ),
    )


@cache
def _marked() -> tuple[Wanted, ...]:
    """A column for each result, with a tick in it."""
    return tuple(
        Wanted(
            f"{MARK}{one.value}",
            one.label,
            fit=_headed(one),
            group="Résultat, une colonne pour chacun",
            is_many=True,
            colour="status",
        )
        for one in Result
    )


def wanted_in(book: Workbook, structures: Collection[str] = ()) -> tuple[Wanted, ...]:
    """The columns looked for in a file: « Constat », « Type » are the result where their cells are results.

    `structures`: the plain names of the services; a column headed by one of them holds its marks.
    """
    told = frozenset(_headings_over_results(book))
    always = tuple(
        replace(one, fit=_of_structures(one, structures)) if one.code == SCORE
        else replace(one, fit=_but(one, told)) if one.code == METHOD else one
        for one in _always()
    )  # fmt: skip

    def result(heading: str) -> Fit:
        if is_yes_or_no(heading):
            return Fit.EXACT
        is_one = heading in told or re.fullmatch(_RESULTS, plain(heading))
        return Fit.EXACT if is_one and not heading_result(heading) else Fit.NONE

    def comment(heading: str) -> Fit:
        return Fit.EXACT if heading not in told and re.fullmatch(_COMMENT, plain(heading)) else Fit.NONE

    return (
        *always,
        Wanted(RESULT, "Résultat", fit=result, content=Content.WORDS, colour="status", is_many=False),
        *_marked(),
        Wanted(COMMENT, "Constat de l’auditeur", fit=comment, is_many=True),
    )


def _of_structures(score: Wanted, structures: Collection[str]) -> Callable[[str], Fit]:
    """Marks are headed « Note », or by the structure that they are of, « /10 » aside; that also begins a line."""
    fit = cast("Callable[[str], Fit]", score.fit)
    return lambda heading: Fit.LEADS if structure_named(heading) in structures else fit(heading)


def structure_named(heading: str) -> str:
    """The plain words of a heading without its scale: « Accueil général /10 »."""
    return plain(bare(heading))


def bare(heading: str) -> str:
    """A heading without the scale at its end."""
    return _SCALE.sub("", heading).strip()


def _but(wanted: Wanted, headings: Collection[str]) -> Callable[[str], Fit]:
    fit = cast("Callable[[str], Fit]", wanted.fit)
    return lambda heading: Fit.NONE if heading in headings else fit(heading)


def is_grid(said: set[str]) -> bool:
    """Whether headings on one row head a grid: what is looked at and its result, or several kinds of findings."""
    marks = said & MARKS
    has_result = RESULT in said or bool(marks)
    return (
        (bool(said & WHAT) and (has_result or len(said) > 2 or SCORE in said))
        or (RESULT in said and len(said - marks) > 1)
        or (len(marks) >= FEW)
    )


def result_of(code: str) -> str:
    """The result that the heading of a column of marks names."""
    return code.removeprefix(MARK)


def is_findings(code: str) -> bool:
    return result_of(code) in FINDINGS


def _column(code: str, label: str, heads: str, **more) -> Wanted:
    """A column headed by these words in full: the cells of a grid begin with the same words as its headings."""
    pattern = re.compile(heads)

    def fit(heading: str) -> Fit:
        return Fit.EXACT if pattern.fullmatch(plain(heading)) and not heading_result(heading) else Fit.NONE

    return Wanted(code, label, fit=fit, **more)


def _headed(result: Result):
    def fit(heading: str) -> Fit:
        return Fit.EXACT if heading_result(heading) == result and not is_yes_or_no(heading) else Fit.NONE

    return fit


def is_yes_or_no(heading: str) -> bool:
    """« Conforme (O/N) »: one column for both answers, each of them sure."""
    return bool(_YES_OR_NO.fullmatch(plain(heading)))


def _headings_over_results(book: Workbook) -> Iterator[str]:
    for sheet in book.sheets:
        for cell in sheet.filled():
            if re.fullmatch(rf"{_CONSTAT}|{_KIND}", plain(cell.text)) and _is_over_results(
                sheet, cell.row, cell.column
            ):
                yield cell.text


def _is_over_results(sheet: Sheet, row: int, column: int) -> bool:
    below = (sheet.cell(line, column).text for line in range(row + 1, min(row + LONGEST_LOOK, sheet.row_count) + 1))
    told = [text for text in below if text.strip()]
    return bool(told) and sum(bool(known(text, {})) for text in told) >= ENOUGH * len(told)
