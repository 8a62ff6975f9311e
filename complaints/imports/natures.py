"""The nature that a title gives to the cases of its table, where no column says it: « Suggestions »."""

import re

from complaints.enums import Nature
from core.base.months import MONTH_NAMES
from core.importing.asks import Ask, Given, Option, settle
from core.importing.layout import Layout, TableRead
from core.importing.tables.closing import title_texts
from core.importing.words import plain
from core.sheets.reading.model import Workbook

_NAMES = {
    Nature.COMPLAINT: r"reclamations?|plaintes?|doleances?",
    Nature.SUGGESTION: r"suggestions?",
    Nature.COMPLIMENT: r"felicitations?|remerciements?|compliments?",
    Nature.INFORMATION_REQUEST: r"demandes? (?:d |de )?(?:informations?|renseignements?)",
}


_AROUND = (  # what a title says beside a nature
    r"registres?|suivis?|tableaux?|listes?|recueils?|journal|bilans?|fichiers?|releves?|annees?|mois|trimestres?|"
    r"les|des?|du|la|le|l|d|et|ou|en|par|pour|recue?s?|ecrite?s?|orales?|usagers?|\d{1,4}|"
    + "|".join(map(plain, MONTH_NAMES))
)
_OF = r"(?:de|du|des|d|en|par|recue?s?|au|a la|\d{4})\b.*"  # « Suggestions de la sous-préfecture d’Aix »


def named(text: str) -> set[str]:
    """The natures that a text names: two, in « Réclamations et suggestions »."""
    words = plain(text)
    return {str(nature) for nature, names in _NAMES.items() if re.search(rf"\b(?:{names})\b", words)}


def is_title(text: str, *, is_alone: bool = False) -> bool:
    """Whether a text names natures and nothing else; not « Aucune suggestion en mars », « Plan suggestion ».

    A title may also say whose they are; words alone on their line (`is_alone`) may not.
    """
    names = "|".join(_NAMES.values())
    words = rf"(?:(?:{names}|{_AROUND})(?: |$))+"
    return re.fullmatch(words if is_alone else rf"{words}(?:{_OF})?", plain(text)) is not None


def of_band(text: str) -> str:
    """The nature that words alone on a line give to the lines below; empty where they are no title of one nature."""
    found = named(text)
    return found.pop() if len(found) == 1 and is_title(text, is_alone=True) else ""


def settled(book: Workbook, layout: Layout, table: TableRead, given: Given) -> Ask | None:
    """The nature of the cases of a table, from its titles, else from the name of its sheet; None where they tell none.

    Complaints where several are named, as « Réclamations et suggestions »; asked where other words stand around.
    Whoever reads the preview may change it.
    """
    if table.of_role("kind") or table.of_role("feeling"):
        return None
    texts = [text for text in title_texts(book, layout, table) if named(text)] or [table.sheet]
    found = set().union(*map(named, texts))
    if not found:
        return None
    known = found.pop() if len(found) == 1 else str(Nature.COMPLAINT)
    return settle(
        given,
        f"nature:{table.name}",
        f"De quelle nature sont les dossiers de « {table.name} » ?",
        [Option(str(value), str(label)) for value, label in Nature.choices],
        found=known if all(map(is_title, texts)) or known == Nature.COMPLAINT else "",
        proposed=known,
        places=[table.place(table.headings[0], 0)],
        text=texts[0],
    )
