"""What each column of a grid holds, told from its heading: engagement, target, last year, mean, comment…"""

import re

from core.imports.words import plain
from core.spreadsheets.model import Cell

LABEL, FAMILY, ENGAGEMENT, UNIT = "label", "family", "engagement", "unit"
TARGET, PREVIOUS, PREVIOUS_MET, MEAN, COMMENT = "target", "previous", "previous_met", "mean", "comment"
COMPUTED = "computed"  # quarters, totals and readings of the year: ours are computed, theirs are not read

LONGEST_HEADING = 60


def role_of(cell: Cell, *, year: int) -> str | None:
    """The role a heading gives to its column in the grid of `year`, or None."""
    if not isinstance(cell.value, str | int) or isinstance(cell.value, bool) or len(cell.text) > LONGEST_HEADING:
        return None
    words = _marked(plain(str(cell.value)), year)
    return next((role for role, pattern in _ROLES if pattern.fullmatch(words)), None)


def _marked(words: str, year: int) -> str:
    """Last year and this year, however they are said, become `lastyear` and `thisyear`."""
    words = re.sub(rf"\b(n 1|n1|{year - 1}|annee precedente|an dernier)\b", "lastyear", words)
    return re.sub(rf"\b({year}|annee n)\b", "thisyear", words)


_RESULTS = r"(rappel|resultats?|valeurs?|moyennes?|moy|taux|realise\w*|annee|donnees?|niveau|score|reference)"

# Searched in this order. « Résultats N-1 (taux d'appels perdus) », « atteinte objectif N-1 », « Objectifs annuels »…
_ROLES = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (PREVIOUS_MET, r".*\b(attein\w*|respect\w*|tenu)\b.*\blastyear\b.*|.*\blastyear\b.*\b(attein\w*|tenu)\b.*"),
        (COMPUTED, r"(.*\b)?(atteint\w*|ecart|evolution|tendance|statut|meteo|respect\w*)\b.*"),
        (TARGET, r"(rappel )?(objectifs?|cibles?|seuils?|valeurs? cibles?|engagement chiffre)\b(?!.*\blastyear\b).*"),
        (PREVIOUS, rf"({_RESULTS}\b.*)?\blastyear\b.*"),
        (LABEL, r"engagements? (et )?(les )?(indicateurs?|libelles?)\b.*"),
        (ENGAGEMENT, r"((n |no |num |numero |ref |code )?(d )?(engagements?|eng)( .*)?|ref|reference)"),
        (COMMENT, r"(commentaires?|observations?|remarques?|precisions?|notes?|analyse)\b.*"),
        (MEAN, r"(moyennes?|moy)\b.*|(resultats?|bilan|valeur) (annuels?|annuelle|thisyear|de l annee)|annuel"),
        (COMPUTED, r"total\b.*|cumul\b.*|(t|s)[1-4]|.*\b(trimestre|semestre|trim|sem)\b.*|resultats?|thisyear|annee"),
        (UNIT, r"unites?( de mesure)?"),
        (
            FAMILY,
            r"(familles?|themes?|thematiques?|domaines?|modules?|categories?|volets?|rubriques?|axes?|processus)\b.*",
        ),
        (LABEL, r"(\d )?((intitule|libelle|nom|designation|liste)\b.*|indicateurs?( .*)?|criteres?|mesures?|items?)"),
    )
)
