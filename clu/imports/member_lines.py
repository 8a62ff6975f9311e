"""Lines of an arrêté: what several cells say together, and the deputy that a line of its own names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from clu.enums import KIND_ALIASES, College, CommitteeKind
from clu.imports.names import NamesTold
from clu.imports.readers import NUMBERS, college_of, day_in, days_in
from core.importing.accounts import Cell
from core.importing.asks import Given, Option, settle
from core.importing.layout import Layout
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from core.time.spans import months_after

_ASIDE = ("civility", "first_name", "deputy_civility", "deputy_first_name", "term", "rank", "committee")
ALL = "all"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_HOLDER = re.compile(r"(?:membres? )?titulaires?|t")
_DEPUTY = re.compile(r"(?:membres? )?(?:suppleante?s?|remplacante?s?)|s")
_TITLE = re.compile(r"(?:(?:liste des )?membres? |representants? |les )?(?P<rank>titulaires?|suppleante?s?)")
_GONE = re.compile(r"\b(?:demission\w*|decedee?|partie?|mutee?|retraitee?|a remplacer)\b")
_OF_DEPUTY = {"holder": "deputy", "function": "deputy_function", "email": "deputy_email"}
_NAMED_FOR = re.compile(
    r"\b(?:nomme|designe|mandat)\w*\b.*\bduree de (?P<number>\d{1,2}|un|deux|trois|quatre|cinq|six) "
    r"(?P<unit>ans?|mois)\b.* a compter du \d"
)
_DATES = ("appointed_on", "starts_on", "ends_on")
_KINDS = {
    CommitteeKind.CLU: r"clu|comite local des usagers",
    CommitteeKind.COPIL: r"copil|comite de pilotage",
    CommitteeKind.CLAC: rf"clac|{'|'.join(KIND_ALIASES)}|comite local d amelioration continue",
}


def other_committee(entry: Entered, kind: str) -> str:
    """The other committee that the line, its sheet or the title above names, in its words; empty for the one asked."""
    sheet = entry.row.facing.sheet
    for text in (entry.row.text("committee"), sheet.lead, entry.row.table.sheet):
        named = {one for one, words in _KINDS.items() if re.search(rf"\b(?:{words})\b", plain(text))}
        if named:
            return "" if kind in named else text
    return ""


def of_one_year(layout: Layout, given: Given) -> Layout:
    """The layout with the question of its years, where sheets of several years list members."""
    years = {one.name: found[0] for one in layout.tables if one.is_read and (found := _YEAR.findall(one.sheet))}
    if len(set(years.values())) < 2:
        return layout
    names = sorted(years, key=lambda name: years[name], reverse=True)
    ask = settle(
        given,
        "years",
        "Des feuilles de plusieurs années listent des membres : laquelle reprendre ?",
        [*(Option(name, name) for name in names), Option(ALL, "toutes")],
        proposed=names[0],
        places=[one.place(one.headings[1], 0) for one in layout.tables if one.name in years],
        is_remembered=False,
    )
    left = set(names) - {ask.value} if ask.value not in ("", ALL) else set()
    tables = [replace(one, is_read=False, columns=(), asks=()) if one.name in left else one for one in layout.tables]
    return replace(layout, tables=tuple(tables), asks=(*layout.asks, ask))


def with_deputies(entries: Sequence[Entered]) -> list[Entered]:
    """The lines with the deputies that lines of their own name, each beside the first holder who has none."""
    kept: list[Entered] = []
    for entry in entries:
        if "deputy" in entry.values and "holder" not in entry.values and (found := _beside(entry, kept)):
            found.values.update({code: entry.values[code] for code in _OF_DEPUTY.values() if code in entry.values})
            found.problems += entry.problems
            found.asked |= entry.asked
        else:
            kept.append(entry)
    return kept


def carry_colleges(entries: Sequence[Entered]) -> None:
    """Give a line without college that of the line above, in a table that writes each college once."""
    for own in _by_table(entries):
        told = [entry.values["college"] for entry in own if "college" in entry.values]
        above = None
        for entry in own if len(set(told)) == len(told) else ():
            above = entry.values.get("college", above)
            if above and entry.row.table.of_role("college") and not entry.row.cell("college"):
                entry.values["college"] = above


def told_above(entries: Sequence[Entered]) -> set[Cell]:
    """Give the lines the days that a title over their table tells; returns the cells of these titles.

    « Mandat du 01/02/2022 au 31/01/2025 », « Arrêté du 1er février 2022 », where no column is about days.
    """
    used: set[Cell] = set()
    for own in _by_table(entries):
        row = own[0].row
        if any(row.table.of_role(code) for code in (*_DATES, "term", "order_words")):
            continue
        sheet = row.facing.sheet
        written = [((sheet.name, one.row, one.column), one.text) for one in sheet.filled()] if sheet.is_lines else []
        told: dict[str, date] = {}
        for cell, text in written or row.titles():
            if days := _days_of_title(text):
                used.add(cell)
                told = {**days, **told}
        told = {**_days_of_title(sheet.lead), **told}
        for entry in own:
            entry.values = {**told, **entry.values}
    return used


def _by_table(entries: Sequence[Entered]) -> Iterable[list[Entered]]:
    found: dict[str, list[Entered]] = {}
    for entry in entries:
        found.setdefault(entry.row.table.name, []).append(entry)
    return found.values()


def _days_of_title(text: str) -> dict[str, date]:
    words, days = plain(text), days_in(text)
    if (term := _NAMED_FOR.search(words)) and len(days) == 1:
        months = (NUMBERS.get(term["number"]) or int(term["number"])) * (1 if term["unit"] == "mois" else 12)
        return {"starts_on": days[0], "ends_on": months_after(days[0], months) - timedelta(days=1)}
    if re.search(r"\bmandats?\b", words) and len(days) == 2 and days[0] < days[1]:
        return {"starts_on": days[0], "ends_on": days[1]}
    if re.search(r"\barretes?\b", words) and len(days) == 1:
        return {"appointed_on": days[0], "starts_on": days[0]}
    return {}


def fold(entry: Entered) -> None:
    """What several cells say together: first names, a rank, a term, the day of an arrêté, the college of a band."""
    values = entry.values
    _name(entry)
    _rank(entry)
    _days(entry)
    if "college" not in values and (college := college_of(entry.row.band)) != College.NONE:
        values["college"] = str(college)
    if (holder := values.get("holder")) and _GONE.search(plain(holder)):
        entry.doubtful("holder", f"« {holder} » : si cette personne n’y siège plus, dites le siège à désigner.")
    for code in _ASIDE:
        values.pop(code, None)


def _name(entry: Entered) -> None:
    """The names with their civility and first name; two people of one cell, each in their place."""
    values = entry.values
    for code in ("rank", "holder"):
        if isinstance(told := values.get(code), NamesTold):
            del values[code]
            said = {"holder": told.holder, "deputy": told.deputy, "function": told.function or None}
            for name, words in said.items():
                if words is not None:
                    values.setdefault(name, words)
    if isinstance(told := values.get("deputy"), NamesTold):
        values["deputy"] = told.deputy or told.holder or ""
        if told.function and not told.deputy:
            values.setdefault("deputy_function", told.function)
    for name, *before in (("holder", "civility", "first_name"), ("deputy", "deputy_civility", "deputy_first_name")):
        if values.get(name):
            values[name] = " ".join([*(values[code] for code in before if values.get(code)), values[name]])


def _rank(entry: Entered) -> None:
    """« Suppléant » in a column of its own, or as a quality: the line names the deputy."""
    values = entry.values
    code = "rank" if "rank" in values else "function"
    words = plain(str(values.get(code, "")))
    is_deputy = bool(_DEPUTY.fullmatch(words))
    if is_deputy or _HOLDER.fullmatch(words):
        del values[code]
    elif "deputy" not in values and not entry.row.by_role.keys() & {"rank", "deputy"}:
        is_deputy = _is_list_of_deputies(entry)
    if is_deputy:
        values.update({theirs: values.pop(own) for own, theirs in _OF_DEPUTY.items() if own in values})


def _is_list_of_deputies(entry: Entered) -> bool:
    """Whether the title over the line says « Suppléants »: a band, a title over the headings, the name of the sheet."""
    row = entry.row
    above = (row.facing.words(line, column) for line in range(row.table.headings[0] - 1, 0, -1)
             for column in row.facing.filled(line)[:1])  # fmt: skip
    titles = filter(None, (row.band, next((text for text in above if text), ""), row.table.sheet))
    told = next((found for title in titles if (found := _TITLE.fullmatch(plain(title)))), None)
    return bool(told) and told["rank"].startswith("suppl")


def _days(entry: Entered) -> None:
    """From a term and the day of an arrêté, the first and the last day."""
    values = entry.values
    term = values.get("term")
    if "appointed_on" not in values and (day := day_in(values.get("order_words", ""))):
        values["appointed_on"] = day
    first = values.get("starts_on") or (term.period.first if term else None) or values.get("appointed_on")
    if first:
        values["starts_on"] = first
    if term and "ends_on" not in values:
        if last := term.end_from(first):
            values["ends_on"] = last
        elif term.months:
            why = f"« {term} » : le fichier ne dit pas à partir de quel jour, la fin du mandat n’est pas connue."
            entry.doubtful("term", why)


def _beside(entry: Entered, kept: Sequence[Entered]) -> Entered | None:
    """The first line of the same organisation and days that has a holder and no deputy."""
    organisation = plain(entry.values.get("organisation", ""))

    def fits(one: Entered) -> bool:
        is_same = plain(one.values.get("organisation", "")) == organisation != ""
        has_days = all(entry.values.get(day) in (None, one.values.get(day)) for day in _DATES)
        return is_same and has_days and bool(one.values.get("holder")) and "deputy" not in one.values

    return next(filter(fits, kept), None)
