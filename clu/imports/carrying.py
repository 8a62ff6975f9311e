"""Organisations written once for several lines: the cells left empty under one are asked about."""

from collections.abc import Iterator, Sequence

from core.importing.asks import Ask, Given, Option, settle
from core.importing.tables.table_import import Entered

YES, NO = "yes", "no"
OPTIONS = (Option(YES, "oui, du même organisme"), Option(NO, "non, sans organisme"))


def carry_organisations(entries: Sequence[Entered], given: Given) -> Iterator[Ask]:
    """Give the lines that leave their organisation empty that of the line above, once the person says so."""
    tables: dict[str, list[Entered]] = {}
    for entry in entries:
        tables.setdefault(entry.row.table.name, []).append(entry)
    for name, own in tables.items():
        if not (lacking := _lacking(own)):
            continue
        ask = settle(
            given,
            f"carried:{name}",
            "Des lignes ne disent pas leur organisme : sont-elles de celui de la ligne du dessus ?",
            OPTIONS,
            proposed=YES,
            places=[entry.row.place("organisation") for entry, _above in lacking],
            is_remembered=False,
        )
        for entry, above in lacking:
            if ask.is_open:
                entry.row.asked = ask.code
            elif ask.value == YES:
                entry.values["organisation"] = above
        yield ask


def _lacking(entries: Sequence[Entered]) -> list[tuple[Entered, str]]:
    """The lines of a table that name a person and no organisation, under one whose column comes first."""
    found, above = [], ""
    for entry in entries:
        columns, people = entry.row.by_role.get("organisation"), entry.row.by_role.get("person")
        if not columns or not people or min(columns) > min(people) or "person" not in entry.values:
            above = ""
        elif "organisation" in entry.values:
            above = entry.values["organisation"]
        elif above:
            found.append((entry, above))
    return found
