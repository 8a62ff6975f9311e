"""What the page of an import shows: the sheet as it is read, the account of its cells, questions, words, lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.utils.text import capfirst

from core.importing import sentences
from core.importing.accounts import ranges
from core.importing.asks import Ask, Settled
from core.importing.kind import FileImport
from core.importing.lines import Fate, Line
from core.importing.places import PlaceLevel
from core.importing.plan import Plan
from core.importing.sheet_shown import tables_shown
from core.importing.vocabulary import Word
from core.models import AbstractImport
from core.sheets.reading.model import Workbook
from core.sheets.writing import FORMATS
from core.sheets.writing import Column as FileColumn

PAGES = ("choices", "commit", "undo", "abandon", "retry", "forget", "problems")
MOST_ASKED, MOST_WORDS, MOST_PROBLEMS, MOST_RANGES, LINES_PER_PAGE = 100, 100, 50, 20, 100
ALL_WORDS = 500  # drawn when asked for; what a form may post is bounded
FATES = {
    Fate.CREATED: "à créer",
    Fate.CHANGED: "à modifier",
    Fate.UNCHANGED: "sans changement",
    Fate.LEFT_OUT: "laissée de côté",
    Fate.REFUSED: "refusée",
    Fate.ASKED: "à décider",
}
ROW = "row:"  # the code of what a line is, « row:{key} »: its list stands with the line
PROBLEM_COLUMNS = [
    FileColumn("Nature", 14),
    FileColumn("Feuille", 20),
    FileColumn("Cellules", 14),
    FileColumn("Ce qui est dit", 80),
    FileColumn("Réponses possibles", 60),
]


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line with the words of its fate, its ask, and what the former preview said of it when that has changed."""

    line: Line
    anchor: str
    ask: Ask | None = None
    before: str = ""
    now: str = ""

    @property
    def fate(self) -> str:
        return FATES[self.line.fate]

    @property
    def brief(self) -> str:
        """What a closed line becomes that the file does not write so: « Échéance : du 01/07/2023 au 31/12/2023 »."""
        said = {one.after for one in self.line.written} | {self.line.label}
        return " · ".join(str(change) for change in self.line.changes if change.after not in said)

    @property
    def is_open(self) -> bool:
        """What changes or cannot be taken; an open question and a warning are told above, once for all their lines."""
        return bool(self.before) or self.line.has_error or self.line.fate in (Fate.CHANGED, Fate.REFUSED)


@dataclass(frozen=True, slots=True)
class ShownAsk:
    """An open ask; one about a column has its list above the column."""

    ask: Ask
    is_over_column: bool

    @property
    def where(self) -> str:
        """« Grille : C5, C9 », and what the file says there."""
        places = _where([(self.ask.places[0].sheet, self.ask.places)]) if self.ask.places else ""
        text = self.ask.text if self.ask.text not in self.ask.question else ""
        return " – ".join(filter(None, [f"« {text} »" if text else "", places]))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A reason, how many cells it leaves out, and where."""

    why: str
    number: int
    where: str


def preview(
    kind: type[FileImport], plan: Plan, record: AbstractImport, book: Workbook, query: Mapping[str, str]
) -> dict[str, Any]:
    """The context of a preview."""
    lines, quiet, gone = lines_shown(plan, record)
    every_line = query.get("lignes") == "toutes"
    words = plan.words.table
    drawn = words[: ALL_WORDS if query.get("mots") == "tous" else MOST_WORDS]
    address = kind.url(record, "problems")
    return {
        "plan": plan,
        "facts": plan.layout.facts,
        "tables": tables_shown(plan.layout, book),
        "account": sentences.account(plan),
        "summary": sentences.summary(kind.noun, plan),
        "left_out": left_out(plan),
        **_questions(plan),
        "words": words_by_kind(drawn, kind, plan),
        "more_words": len(words) - len(drawn),
        "remembered": sum(ask.source == Settled.REMEMBERED for ask in plan.all_asks),
        "errors": plan.errors[:MOST_PROBLEMS],
        "warnings": plan.warnings[:MOST_PROBLEMS],
        "downloads": [(label, f"{address}?format={code}") for code, label in FORMATS.items()],
        "lines": Paginator(lines + quiet if every_line else lines, LINES_PER_PAGE).get_page(query.get("page")),
        "quiet": 0 if every_line else len(quiet),
        "changed_since": [one for one in lines if one.before],
        "gone_since": gone,
    }


def _questions(plan: Plan) -> dict[str, Any]:
    """The open asks together; those of the trade that are settled, for whoever would change them."""
    columns = [column for table in plan.layout.tables for column in table.columns]
    over_columns = {ask.code for column in columns for ask in (column.role, *column.settings)}
    rows = {f"{ROW}{line.key}" for line in plan.lines}
    return {
        "questions": [ShownAsk(ask, ask.code in over_columns) for ask in plan.open_asks[:MOST_ASKED]],
        "more_questions": max(0, len(plan.open_asks) - MOST_ASKED),
        "proposed": sum(bool(ask.proposed) for ask in plan.open_asks),
        "decided": [ask for ask in plan.asks if not ask.is_open and ask.code not in rows][:MOST_ASKED],
    }


def lines_shown(plan: Plan, record: AbstractImport) -> tuple[list[LineShown], list[LineShown], list[str]]:
    """Lines to look at, first those that moved since the former preview; lines that change nothing; what is gone."""
    former = record.shown
    asks = {ask.code: ask for ask in plan.asks if ask.code.startswith(ROW)}
    shown = [_line_shown(line, rank, former, asks) for rank, line in enumerate(plan.lines, start=1)]
    loud = [one for one in shown if one.line.fate != Fate.UNCHANGED or one.is_open]
    quiet = [one for one in shown if one.line.fate == Fate.UNCHANGED and not one.is_open]
    loud.sort(key=lambda one: (not one.before, not one.line.has_error, not one.is_open))
    keys = {line.key for line in plan.lines}
    gone = [in_words(told) for key, told in former.items() if key not in keys]
    return loud, quiet, gone


def _line_shown(line: Line, rank: int, former: Mapping[str, str], asks: Mapping[str, Ask]) -> LineShown:
    told, anchor, ask = former.get(line.key), f"ligne-{rank}", asks.get(f"{ROW}{line.key}")
    if told is None or told == line.shown:
        return LineShown(line, anchor, ask)
    return LineShown(line, anchor, ask, in_words(told), in_words(line.shown))


def in_words(told: str) -> str:
    """« changed ; Statut : À faire → Réalisée » as a person reads it."""
    fate, _, changes = told.partition(" ; ")
    words = FATES[Fate(fate)]
    return f"{words} : {changes}" if changes else words


def left_out(plan: Plan) -> list[LeftOut]:
    """What is not taken, by reason: « C5:C9 » of each sheet."""
    found: dict[str, list[tuple[str, Sequence]]] = defaultdict(list)
    for sheet, why, places in plan.accounts.left_out():
        found[why].append((sheet, places))
    return [LeftOut(why, sum(len(places) for _, places in rows), _where(rows)) for why, rows in found.items()]


def _where(rows: Sequence[tuple[str, Sequence]]) -> str:
    told = []
    for sheet, places in rows:
        cells = [cell for cell in ranges(places) if cell]
        more = f" et {len(cells) - MOST_RANGES} autres endroits" if len(cells) > MOST_RANGES else ""
        told.append(" : ".join(filter(None, (sheet, f"{', '.join(cells[:MOST_RANGES])}{more}"))))
    return " ; ".join(told)


def words_by_kind(words: Sequence[Word], kind: type[FileImport], plan: Plan) -> list[tuple[str, list[Word]]]:
    """« Statut », then its words, those to decide first; named as the kind says, or as the role of the same code."""
    names = {role.code: role.label for role in plan.layout.roles} | dict(kind.word_labels)
    groups: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        groups[capfirst(names.get(word.kind, word.kind))].append(word)
    return list(groups.items())


def problem_rows(plan: Plan) -> Iterator[list[str]]:
    """The rows of the file of errors, questions and cells left out."""
    for problem in (*plan.errors, *plan.warnings):
        nature = "Erreur" if problem.level == PlaceLevel.ERROR else "À vérifier"
        yield [nature, problem.place.sheet, problem.place.cell, problem.message, ""]
    for ask in plan.open_asks:
        offered = " ; ".join(option.label for option in ask.options)
        yield [
            "Question",
            ask.places[0].sheet if ask.places else "",
            ", ".join(ranges(ask.places)),
            ask.question,
            offered,
        ]
    for sheet, why, places in plan.accounts.left_out():
        yield ["Non repris", sheet, ", ".join(ranges(places)), capfirst(why), ""]


def done(kind: type[FileImport], record: AbstractImport) -> dict[str, Any]:
    """What a recorded import wrote: in a sentence, and for each kind of thing."""
    rows = record.counts.get("rows", {})
    names = {label: capfirst(apps.get_model(label)._meta.verbose_name_plural) for label in rows}
    touched = [(names[label], sentences.written(signs)) for label, signs in rows.items()]
    return {"recorded": sentences.recorded(kind.noun, record.counts), "touched": touched}
