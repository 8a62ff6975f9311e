"""Public holidays to seed the editable calendar with: zones of the Republic, days with their French names.

The `holidays` library gives the dates. Customary days that it counts in the Antilles (Mi-Carême, Vendredi saint, fête
de Victor Schoelcher) are left out: offices are open. Local days of the Pacific territories are kept but marked, since
no official text was at hand: whoever keeps the calendar checks them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 2012, 2035
TO_CHECK = " (à vérifier)"

_NATIONAL = {
    "Jour de l'an": "Jour de l’an",
    "Lundi de Pâques": "Lundi de Pâques",
    "Fête du Travail": "Fête du Travail",
    "Fête de la Victoire": "Victoire 1945",
    "Ascension": "Ascension",
    "Lundi de Pentecôte": "Lundi de Pentecôte",
    "Fête nationale": "Fête nationale",
    "Assomption": "Assomption",
    "Toussaint": "Toussaint",
    "Armistice": "Armistice 1918",
    "Noël": "Noël",
}
_ALSACE_MOSELLE = {"Vendredi saint": "Vendredi saint", "Saint-Étienne": "Saint-Étienne"}
_ABOLITION = {"Abolition de l'esclavage": "Abolition de l’esclavage"}
_WALLIS = {
    "Saint Pierre Chanel": "Saint Pierre Chanel",
    "Saints Pierre et Paul": "Saints Pierre et Paul",
    "Fête du Territoire": "Fête du Territoire",
}
_POLYNESIA = {
    "Arrivée de l'Évangile": "Arrivée de l’Évangile",
    "Vendredi saint": "Vendredi saint",
    "Fête de l'autonomie": "Fête de l’autonomie",
    "Matāri'i": "Matari’i",
}
_CALEDONIA = {"Fête de la Citoyenneté": "Fête de la Citoyenneté"}


@dataclass(frozen=True)
class Zone:
    """A zone: its code here, its name, the library's subdivision and its own days besides the eleven national ones."""

    code: str
    name: str
    subdivision: str | None
    local: dict[str, str]
    to_check: bool = False


ZONES = (
    Zone("metropole", "Métropole", None, {}),
    Zone("alsace-moselle", "Alsace-Moselle", "57", _ALSACE_MOSELLE),
    Zone("guadeloupe", "Guadeloupe", "971", _ABOLITION),
    Zone("martinique", "Martinique", "972", _ABOLITION),
    Zone("guyane", "Guyane", "973", _ABOLITION),
    Zone("la-reunion", "La Réunion", "974", _ABOLITION),
    Zone("mayotte", "Mayotte", "976", _ABOLITION),
    Zone("saint-martin", "Saint-Martin", "MF", _ABOLITION),
    Zone("saint-barthelemy", "Saint-Barthélemy", "BL", _ABOLITION),
    Zone("saint-pierre-et-miquelon", "Saint-Pierre-et-Miquelon", "PM", {}),
    Zone("wallis-et-futuna", "Wallis-et-Futuna", "WF", _WALLIS, to_check=True),
    Zone("polynesie-francaise", "Polynésie française", "PF", _POLYNESIA, to_check=True),
    Zone("nouvelle-caledonie", "Nouvelle-Calédonie", "NC", _CALEDONIA, to_check=True),
)


def seed(zone: Zone, years: Iterable[int]) -> dict[date, str]:
    """The public holidays of a zone with their names; two on one day are joined."""
    import holidays as library  # heavy, and only needed to seed

    found = library.France(subdiv=zone.subdivision, years=list(years), language="fr")
    named = {day: _names(zone, names.split("; ")) for day, names in sorted(found.items())}
    return {day: label for day, label in named.items() if label}


def _names(zone: Zone, found: list[str]) -> str:
    mark = TO_CHECK if zone.to_check else ""
    local = {key: f"{label}{mark}" for key, label in zone.local.items()}
    return ", ".join(sorted(filter(None, map((_NATIONAL | local).get, found))))
