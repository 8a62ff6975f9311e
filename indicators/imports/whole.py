"""What is asked once for a whole grid: how numbers are written, hidden rows, months to come, closed months."""

from decimal import Decimal

from django.utils import timezone

from core.base.figures import format_number
from core.base.months import month_name
from core.importing.asks import Option
from core.importing.lines import Line
from core.importing.numbers import Number, Writing, writing_of
from core.importing.periods.items import Fact
from core.importing.periods.roles import TARGET
from core.importing.places import error
from indicators.imports.comparing import CHANGED, CREATED, MonthCell, as_changes
from indicators.imports.context import NOT_TAKEN, TAKE, Context, key_of
from indicators.imports.rows import FileRow

AMENDMENT = "file:amendment"
_REASONS = (
    "Grille rectifiée",
    "Valeurs reçues après la clôture",
    "Erreur de saisie corrigée",
    "Reprise d’une grille tenue à part",
)
WRITING = "Comment les nombres sont-ils écrits ?"
WRITINGS = (
    Option(Writing.FRENCH, "1 234,5 (virgule décimale)"),
    Option(Writing.DOTTED, "1.234,5 (point des milliers)"),
    Option(Writing.ENGLISH, "1,234.5 (point décimal)"),
)


def settle_writing(context: Context, rows: list[FileRow]) -> None:
    """One writing of numbers for the file; asked when a number could be read in two."""
    facts = [fact for row in rows for fact in row.all_facts if isinstance(fact.cell.value, str)]
    if not facts:
        return
    found = writing_of(str(fact.cell.value) for fact in facts)
    places = [fact.place for fact in facts if fact.cell.value in found.doubtful]
    said, told = found.writing if found.is_sure else "", ", ".join(found.doubtful)
    ask = context.ask("file:numbers", WRITING, WRITINGS, *places, found=said, proposed=found.writing, text=told)
    context.writing = Writing(ask.value) if ask.value else None


def without_hidden(context: Context, rows: list[FileRow]) -> list[FileRow]:
    """The rows that a person sees in the file, and the hidden ones if they are to be taken."""
    hidden = [row for row in rows if all(item.is_hidden for item in row.items)]
    if not hidden:
        return rows
    many = len(hidden) > 1
    verb = "sont masquées" if many else "est masquée"
    question = f"{len(hidden)} ligne{'s' if many else ''} du tableau {verb} : à reprendre ?"
    ask = context.ask("file:hidden", question, TAKE, *(row.place for row in hidden), proposed=NOT_TAKEN)
    if ask.value == "yes":
        return rows
    for row in hidden:
        context.set_aside(row.places, ask, "ligne masquée, non reprise (choisi)")
    return [row for row in rows if row not in hidden]


def drop_hidden_months(context: Context, rows: list[FileRow]) -> None:
    """Figures in columns that a person does not see in the file are asked about."""
    hidden = [
        (facts, month)
        for row in rows
        for facts in row.series.values()
        for month, fact in facts.items()
        if fact.cell.is_hidden and not fact.cell.is_empty and not any(item.is_hidden for item in row.items)
    ]
    if hidden:
        question = f"Des mois sont masqués dans le fichier ({month_name(hidden[0][1])}…) : les reprendre ?"
        _take_or_drop(context, hidden, "file:hidden-months", question, "mois masqué, non repris (choisi)")


def settle_thousands(context: Context, rows: list[FileRow]) -> None:
    """« (en milliers) » in a title multiplies the figures of every row, or is an old word: it is asked."""
    found = next(filter(None, (row.items[0].band.multiplier for row in rows)), None)
    bare = [row for row in rows if row.unit_number is None and not row.unit]
    if not found or not bare:
        return
    by, words = found
    options = (Option("yes", f"Oui : par {format_number(by)}"), Option(NOT_TAKEN, "Non : les prendre tels quels"))
    question = f"Le titre dit « {words} » : les nombres sont-ils à multiplier ?"
    ask = context.ask("file:thousands", question, options, *(row.place for row in bare), proposed="yes")
    for row in bare:
        if ask.is_open:
            context.waiting |= dict.fromkeys(row.filled_places, ask.code)
        elif ask.value == "yes":
            row.unit_number = Number(Decimal(by))


def drop_future(context: Context, rows: list[FileRow], year: int) -> None:
    """Months still to come that have a value are asked about; all of a year that has not begun is an error."""
    today = timezone.localdate()
    future = [
        (facts, month)
        for row in rows
        for series, facts in row.series.items()
        for month, fact in facts.items()
        if (year, month) > (today.year, today.month) and not fact.cell.is_empty and series != TARGET
    ]
    if not future:
        return
    places = [facts[month].place for facts, month in future]
    if year > today.year:
        sentence = f"L’année {year} n’a pas commencé : le fichier en donne déjà des valeurs."
        context.problems.append(error(sentence, places[0]))
    question = f"Des mois à venir ont déjà une valeur ({month_name(future[0][1])}…) : les reprendre ?"
    _take_or_drop(context, future, "file:future", question, "mois à venir (choisi)")


def _take_or_drop(
    context: Context, told: list[tuple[dict[int, Fact], int]], code: str, question: str, why: str
) -> None:
    """Ask whether these months are taken; until then, or when they are not, they leave their rows."""
    places = [facts[month].place for facts, month in told]
    ask = context.ask(code, question, TAKE, *places, proposed=NOT_TAKEN, is_remembered=False)
    for facts, month in told if ask.value != "yes" else []:
        context.set_aside([facts.pop(month).place], ask, why)


def settle_amendment(context: Context, lines: list[Line], closed: set[int]) -> str:
    """The one reason for all the closed months that would change, or they are left as they are."""
    touched = _touched(lines, closed)
    if not touched:
        return ""
    names = ", ".join(month_name(month) for month in sorted({cell.month for _line, cell in touched}))
    given = context.given.answer(AMENDMENT)
    reasons = dict.fromkeys((*_REASONS, *(given or ())[:1]))
    reasons.pop(NOT_TAKEN, None)
    options = [*(Option(reason, reason) for reason in reasons), Option(NOT_TAKEN, "Ne pas toucher aux mois clos")]
    question = f"Ces mois sont clos : {names}. Quelle est la raison de la rectification ?"
    ask = context.ask(AMENDMENT, question, options, *(cell.place for _line, cell in touched), is_remembered=False)
    for line, cell in touched if ask.value == NOT_TAKEN else []:
        del line.content.figures[cell.month]
        line.content.cells.remove(cell)
        context.accounts.leave_out([key_of(cell.place)], "mois clos (choisi)")
        as_changes(line)
    return "" if ask.value == NOT_TAKEN else ask.value


def _touched(lines: list[Line], closed: set[int]) -> list[tuple[Line, MonthCell]]:
    """The cells of closed months that would change, with their lines."""
    return [
        (line, cell)
        for line in lines
        if line.is_kept
        for cell in line.content.cells
        if cell.month in closed and cell.status in (CREATED, CHANGED)
    ]
