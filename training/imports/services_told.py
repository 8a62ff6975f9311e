"""The service of lines that do not say it: a title above them, or the service of the line above, which is asked."""

from collections.abc import Sequence

from core.importing.asks import Option
from core.importing.tables.table_import import Entered
from training.imports.directory import Directory

SAME_AS_ABOVE, NONE_TOLD = "above", "none"
OPTIONS = (Option(SAME_AS_ABOVE, "celui de la ligne au-dessus"), Option(NONE_TOLD, "aucun : la préfecture"))
TITLE = "titre lu comme le service des lignes qui suivent"


def settle_services(entries: Sequence[Entered], directory: Directory) -> None:
    """Give its service to each line that a title stands above, or that the line above says."""
    title, above = "", ""
    blank: list[tuple[Entered, str]] = []
    for entry in entries:
        if heading := _title(entry, directory):
            title = heading
            continue
        if entry.row.cell("service") is not None:
            above = entry.values.get("service", "")
        elif service := title or entry.row.band:
            entry.values["service"] = service
        elif above:
            blank.append((entry, above))
    if blank and _stands_first(blank[0][0]):
        _ask(blank, directory)


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
