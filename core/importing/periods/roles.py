"""What a column of a table « labels × periods » may hold, and the headings that say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.importing.layout import Role
from core.importing.words import plain

# Series: what a figure is. « gap » and « computed » are left out: we compute ours.
ACTUAL, TARGET, NUMERATOR, DENOMINATOR = "actual", "target", "numerator", "denominator"
GAP, COMPUTED, MEAN, PREVIOUS, COMMENT = "gap", "computed", "mean", "previous", "comment"
# What tells lines apart.
LABEL, PART, UNIT, GROUP, YEAR, PERIOD, SECTION = "label", "part", "unit", "group", "year", "period", "section"
NOT_READ = "-"  # on purpose

MANY = (COMMENT, COMPUTED, GAP, MEAN)  # roles that several columns may share
FIGURES = (ACTUAL, NUMERATOR, DENOMINATOR, TARGET)
LONGEST_HEADING = 60

COMMON = (
    Role(ACTUAL, "Réalisé", "Chiffres", "value"),
    Role(NUMERATOR, "Numérateur", "Chiffres", "value"),
    Role(DENOMINATOR, "Dénominateur", "Chiffres", "value"),
    Role(TARGET, "Cible", "Chiffres", "target"),
    Role(PREVIOUS, "Résultat de l’année précédente", "Chiffres", "target"),
    Role(MEAN, "Moyenne ou total de l’année (comparé)", "Chiffres", "target"),
    Role(GAP, "Écart (non repris)", "Chiffres", "text"),
    Role(COMPUTED, "Calculé par le fichier (non repris)", "Chiffres", "text"),
    Role(LABEL, "Libellé", "Lignes", "label"),
    Role(PART, "Nature de la ligne (cible, réalisé, effectif…)", "Lignes", "label"),
    Role(GROUP, "Site ou service", "Lignes", "key"),
    Role(SECTION, "Famille ou rubrique", "Lignes", "label"),
    Role(UNIT, "Unité", "Lignes", "key"),
    Role(YEAR, "Année", "Lignes", "date"),
    Role(PERIOD, "Mois ou trimestre", "Lignes", "date"),
    Role(COMMENT, "Commentaire", "Lignes", "text"),
)

_RESULTS = r"(rappel|resultats?|valeurs?|moyennes?|moy|taux|realise\w*|annee|donnees?|niveau|score|reference)"
_SIDES = (
    (COMPUTED, r".*\balerte?s?\b.*|n|no|num(ero)?|ordre|n d ordre"),
    (COMPUTED, r"(.*\b)?(atteint\w*|tendance|statut|meteo|respect\w*)\b.*"),
    (GAP, r"(.*\b)?(ecarts?|evol(?:ution)?|variation|difference|delta)\b.*"),
    (TARGET, r"(rappel )?(objectifs?|cibles?|seuils?|valeurs? cibles?|targets?|goals?)\b(?!.*\b(lastyear|20\d\d)\b).*"),
    (COMPUTED, r"(rappel )?(objectifs?|cibles?|seuils?|targets?)\b.*\b(lastyear|20\d\d)\b.*"),
    (PREVIOUS, rf"({_RESULTS}\b.*)?\blastyear\b.*"),
    (COMPUTED, rf"{_RESULTS}\b.* (20\d\d|n [2-5])|n [2-5]"),
    (COMMENT, r"(commentaires?|observations?|remarques?|precisions?|notes?|analyse|comments?|remarks?)\b.*"),
    (ACTUAL, r"(valeurs?|realise\w*|resultats?|chiffres?) (n|thisyear)"),
    (
        MEAN,
        r"(moyennes?|moy|average|mean)\b.*|(resultats?|bilan|valeur) (annuels?|annuelle|thisyear|de l annee)|annuel",
    ),
    (PERIOD, r"mois|periodes?|dates?|trimestres?|months?|quarters?|annee (et )?mois"),
    (COMPUTED, r"(sous )?total\b.*|cumul\b.*|.*\b(trimestre|semestre|trim|sem)\b.*"),
    (UNIT, r"unites?( de mesure)?|unit"),
    (
        SECTION,
        r"(familles?|themes?|thematiques?|domaines?|modules?|categories?|volets?|rubriques?|axes?|processus)\b.*",
    ),
    (GROUP, r"sites?|services?|unites? (administrative|de travail)|structures?|implantations?|lieux?|prefectures?"),
    (YEAR, r"annees?|exercices?|years?"),
    (NUMERATOR, r"numerateurs?|num|numerator"),
    (DENOMINATOR, r"denominateurs?|denom?|denominator|base"),
    (PART, r"mesures?|natures?|details?|series?|donnees?|type( de (donnee|ligne|valeur))?"),
    (ACTUAL, r"valeurs?( mesuree?s?)?|values?|realise\w*|resultats?|chiffres?|thisyear|taux|%|pourcentage"),
    (LABEL, r"(\d )?((intitule|libelle|nom|designation|liste)\b.*|indicat(eu|o)rs?( .*)?|criteres?|items?|labels?)"),
)
_SERIES = (
    (GAP, r"(.*\b)?(ecarts?|evol(?:ution)?|variation|difference|delta|diff)\b.*"),
    (COMPUTED, r"(.*\b)?(atteint\w*|tendance|statut|meteo|cumul\w*|ytd|year to date|total|moyenne)\b.*"),
    (TARGET, r"(.*\b)?(cibles?|objectifs?|prevu\w*|prevision\w*|attendu\w*|targets?|goals?|planned|seuils?)\b.*"),
    (COMMENT, r"(commentaires?|observations?|remarques?)\b.*"),
    (NUMERATOR, r"numerateurs?|num|numerator"),
    (DENOMINATOR, r"denominateurs?|denom?|denominator"),
    (
        ACTUAL,
        r"realise\w*|reel\w*|constate\w*|observe\w*|mesure\w*|actual|(resultats?|valeurs?)( .*)?|fait"
        r"|(du )?mois|mensuel\w*",
    ),
    (ACTUAL, r"%|taux( .*)?|pourcentage( .*)?|en %|moyennes?|delais?( .*)?|rate|ratio"),
)


_NUMBER_SIGNS = ("N°", "n°", "#")
_BEFORE = re.compile(r"n ?([2-5])")
_SITE_WORDS = frozenset({"prefecture", "sp", "sous", "site", "arrondissement", "maison", "antenne"})


@dataclass(frozen=True)
class PeriodsWanted:
    """What a reader looks for: the year, the trade's own columns and words, tried before the common ones.

    `roles` are (role, pattern of its headings); `series` are (code, pattern) for the words of a line or sub-heading.
    """

    year: int
    roles: Sequence[tuple[Role, str]] = ()
    series: Sequence[tuple[str, str]] = ()
    contents: Sequence[tuple[str, str]] = ()  # (role, pattern of its cells) for columns that no heading names
    site: str = ""  # the name of one's own site
    _sides: list = field(default_factory=list, compare=False)
    _series: list = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        own = [(role.code, pattern) for role, pattern in self.roles]
        self._sides.extend((code, re.compile(pattern)) for code, pattern in (*own, *_SIDES))
        self._series.extend((code, re.compile(pattern)) for code, pattern in (*_SERIES, *self.series))

    @property
    def all_roles(self) -> tuple[Role, ...]:
        return (*COMMON, *(role for role, _pattern in self.roles))

    def side_of(self, text: str) -> str:
        """The role that a heading beside the periods gives to its column; empty when it says none."""
        if text.strip() in _NUMBER_SIGNS:
            return COMPUTED  # they have no word of their own
        return _first(self._sides, self.marked(text)) if text and len(text) <= LONGEST_HEADING else ""

    def series_of(self, text: str) -> str:
        """The series that a sub-heading or the word of a line names."""
        if not text or len(text) > LONGEST_HEADING:
            return ""
        words = self.marked(text)
        rest = words.removeprefix("total ")  # « Total reçus »
        return (_first(self._series, rest) if rest != words else "") or _first(self._series, words)

    def is_year(self, text: str) -> bool:
        """Whether a text says but this year or one before: « N », « N-1 », « 2022 »."""
        return self.year_said(text) is not None

    def year_said(self, text: str) -> int | None:
        """The year of a text that says but this one, the last one, or how far before it is: « N-2 »."""
        words = self.marked(text)
        before = _BEFORE.fullmatch(words)
        ago = int(before[1]) if before else {"lastyear": 1, "thisyear": 0}.get(words)
        return None if ago is None else self.year - ago

    def names_site(self, text: str) -> bool:
        """Whether a heading may name a site: « Sous-préfecture d’Arles », or a word of the name of one's own."""
        words = set(plain(text).split())
        own = {word for word in plain(self.site).split() if len(word) > 3}
        return bool(words & (_SITE_WORDS | own))

    def marked(self, text: str) -> str:
        """Last year and this year, however they are said, become `lastyear` and `thisyear`."""
        words = plain(text)
        last, this = self.year - 1, self.year
        words = re.sub(rf"\b(n 1|n1|{last}|annee precedente|an dernier)\b", "lastyear", words)
        return re.sub(rf"\b({this}|annee n)\b|^n$", "thisyear", words)


def _first(patterns: Sequence[tuple[str, re.Pattern]], words: str) -> str:
    return next((code for code, pattern in patterns if pattern.fullmatch(words)), "")
