"""What is wrong with a file of plans as a whole: nothing in it, too much, two plans of one title."""

from actions.imports.writing import PlannedPlan
from core.importing.layout import Layout
from core.importing.lines import Line
from core.importing.places import Problem, ReadPlace, error

MOST_ROWS = 5_000
EXPECTED = (
    "il faut un tableau avec une colonne « Constat » ou « Action » et une autre parmi « Engagement », « Responsable », "
    "« Échéance », « Réalisation » et « Commentaire », ou une liste « Points relevés » puis une liste « Actions »"
)


def problems_of(layout: Layout, planned: list[PlannedPlan], found: list[Line], known: list[Problem]) -> list[Problem]:
    """The errors of a file, beside those that are known; lines that are too many are emptied."""
    problems = []
    if len(found) > MOST_ROWS:
        message = f"Le fichier compte {len(found)} lignes ; {MOST_ROWS} au plus sont lues : vérifiez-le."
        problems.append(error(message, found[MOST_ROWS].place))
        found.clear()
    has_open = any(ask.is_open for ask in layout.all_asks())
    if not (found or has_open or any(problem.level == "error" for problem in (*known, *problems))):
        problems.append(_empty(layout))
    seen: dict[str, PlannedPlan] = {}
    for plan in planned:
        other = seen.setdefault(plan.title.casefold(), plan)
        if other is not plan:
            problems.append(_same_title(other, plan))
    return problems


def _empty(layout: Layout) -> Problem:
    table = next((table for table in layout.tables if table.is_read), None)
    if table is None:
        return error(f"Aucun plan d’actions n’a été trouvé dans le fichier : {EXPECTED}.", ReadPlace())
    place = table.place(table.headings[1], table.columns[0].number)
    return error("Le tableau est vide : aucune ligne ne suit l’en-tête.", place)


def _same_title(one: PlannedPlan, other: PlannedPlan) -> Problem:
    sheets = dict.fromkeys(f"« {plan.source.sheet} »" for plan in (one, other))
    names = " et ".join(sheets)
    which = f"Les feuilles {names}" if len(sheets) > 1 else f"Deux plans de la feuille {names}"
    return error(f"{which} portent le même titre : changez-en un.", other.source.place)
