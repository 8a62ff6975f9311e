"""The service of lines that do not say it: a title above them or the name of their sheet, else asked."""

import re
from collections.abc import Mapping, Sequence

from core.importing.asks import Option
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from training.imports.directory import Directory
from training.imports.titles import TitlesTold

SAME_AS_ABOVE, NONE_TOLD = "above", "none"
OPTIONS = (Option(SAME_AS_ABOVE, "celui de la ligne au-dessus"), Option(NONE_TOLD, "aucun : la préfecture"))
OF_THE_SHEET = "sheet"
SHEET_OPTIONS = (
    Option(OF_THE_SHEET, "oui, chaque feuille est un service"),
    Option(NONE_TOLD, "non : ces agents sont de la préfecture"),
)
# Of a sheet that a theme, a year, a month or the program names.
_NO_NAME = re.compile(
    r"\d|feuil|sheet|tableau|page|accueil|telephon|standard|cert\b|fraude|internet|reseaux|qualite|formation|theme|"
    r"agent|tutorat|session|convention|suivi|janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec"
)
TITLE = "titre lu comme le service des lignes qui suivent"


def settle_services(entries: Sequence[Entered], directory: Directory, titles: Mapping[str, TitlesTold]) -> None:
    """Give its service to each line that a title stands above, or that the line above says."""
    table, title, above = None, "", ""
    blank: list[tuple[Entered, str]] = []
    for entry in entries:
        if entry.row.table is not table:
            table, above = entry.row.table, ""
            title = "" if table.of_role("service") else _above(titles[table.name], directory)
        if heading := _title(entry, directory):
            title = heading
            continue
        if entry.row.cell("service") is None and "service" in entry.values:
            continue  # « Service : … » above the table
        if entry.row.cell("service") is not None:
            above = entry.values.get("service", "")
        elif service := title or entry.row.band:
            entry.values["service"] = service
        elif above:
            blank.append((entry, above))
    if blank and _stands_first(blank[0][0]):
        _ask(blank, directory)
    _ask_sheets(entries, directory)
    _tell_none(entries, directory)


def _above(told: TitlesTold, directory: Directory) -> str:
    """The service that a title over the table names, or the name of its sheet; the préfecture's own name is none."""
    for text, key in told.texts:
        unit = directory.unit_named(text)
        if unit is not None and unit.pk != directory.root.pk:
            told.cells += [key] if key else []
            return " ".join(text.split())
    return ""


def _tell_none(entries: Sequence[Entered], directory: Directory) -> None:
    """Once a table, that nothing says the service of its lines."""
    told: set[str] = set()
    for entry in entries:
        table = entry.row.table
        is_said = "service" in entry.values or entry.row.asked or entry.row.left_out or table.of_role("service")
        if not is_said and table.name not in told:
            told.add(table.name)
            who = "tutee" if table.of_role("tutee") else "name"
            entry.doubtful(who, f"Aucun service n’est dit : ces lignes sont celles de « {directory.root.name} ».")


def _ask_sheets(entries: Sequence[Entered], directory: Directory) -> None:
    """Whether the sheets of a workbook are each a service that is no unit, where nothing else says the service."""
    silent = [entry for entry in entries if "service" not in entry.values and not entry.row.left_out]
    sheets = {entry.row.table.sheet: entry for entry in reversed(silent) if not entry.row.table.of_role("service")}
    named = {sheet: entry for sheet, entry in sheets.items() if not _NO_NAME.search(plain(sheet))}
    if len(named) < 2:
        return
    answer = directory.settle(
        next(iter(named.values())),
        "sheet-services",
        question="Ce classeur ne dit pas les services : les noms de ses feuilles en sont-ils ?",
        options=SHEET_OPTIONS,
        places=[entry.row.table.place(entry.row.table.headings[0], 0) for entry in named.values()],
    )
    for entry in silent:
        sheet = entry.row.table.sheet
        if not answer and sheet in named:
            entry.row.asked = "sheet-services"
        elif answer == OF_THE_SHEET and sheet in named:
            entry.values["service"] = sheet


def _title(entry: Entered, directory: Directory) -> str:
    """The service that a line names and nothing else; the line is no agent's."""
    texts = [entry.row.text(code) for code in entry.row.codes]
    if len(texts) != 1 or directory.unit_named(texts[0]) is None:
        return ""
    entry.problems.clear()
    entry.row.left_out = TITLE
    return texts[0]


def _stands_first(entry: Entered) -> bool:
    """Whether the services stand at the left of the names, as where their cells were merged."""
    table = entry.row.table
    columns = {column.code: column.number for column in reversed(table.columns) if column.code}
    return columns.get("service", 0) == min(columns.values(), default=0)


def _ask(blank: Sequence[tuple[Entered, str]], directory: Directory) -> None:
    """Whether the lines without a service are of the one above; the same answer for all."""
    answer = directory.settle(
        blank[0][0],
        "blank-services",
        question="Des lignes ne disent pas leur service : lequel est-ce ?",
        options=OPTIONS,
        places=[entry.row.place("service") for entry, _ in blank],
    )
    for entry, service in blank:
        if not answer:
            entry.row.asked = "blank-services"
        elif answer == SAME_AS_ABOVE:
            entry.values["service"] = service
