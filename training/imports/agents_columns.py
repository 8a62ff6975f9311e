"""The columns of a table of agents, and the words that fill them."""

from django.utils import timezone

from core.importing.asks import Option
from core.importing.dates import Impossible
from core.importing.tables import Wanted
from core.importing.tables.readers import Choice
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from training.enums import Contract
from training.imports.base import FIRST_NAME, NUMBER, SERVICE, name_column
from training.imports.cells import PATTERNS, DayOrMonth, ThemeCell, ThemeWord, day_within

IGNORED = "ignored"
OLDEST_POST = 1960  # year
SITUATIONS = Choice(
    (
        Option(ThemeWord.EXEMPT, "dispensé"),
        Option(ThemeWord.NOT_CONCERNED, "non concerné"),
        Option(IGNORED, "rien de plus : le statut se calcule"),
    ),
    {
        ThemeWord.EXEMPT: PATTERNS[ThemeWord.EXEMPT],
        ThemeWord.NOT_CONCERNED: PATTERNS[ThemeWord.NOT_CONCERNED],
        IGNORED: r"a jour.*|formee?s?|a former.*|en retard.*|"
        r"(?:en )?tutorat.*|tutore.*|a renouveler.*|concernee?s?|oui|"
        r"titulaire|contractuel.*|perime.*|echu.*|en cours|actif",
    },
)
CONTRACTS = Choice.of(
    Contract,
    {
        Contract.PERMANENT: r"titulaires?|fonctionnaires?|statutaire|permanent|stagiaire de la fonction publique",
        Contract.OPEN_ENDED: r"cdi|contractuel(?:le)? cdi",
        Contract.FIXED_TERM: r"cdd.*|contractuel(?:le)?s?(?: cdd)?|vacataires?|"
        r"contrat(?: a duree determinee)?|non titulaire",
        Contract.CIVIC: r"service civique|svc|sc|volontaire",
        Contract.TRAINEE: r"stagiaires?|apprentie?s?|alternante?s?",
    },
)
COLUMNS = (
    name_column(),
    FIRST_NAME,
    NUMBER,
    SERVICE,
    Wanted(
        "taken_on",
        "Prise de poste",
        heads=r"(?:dates? (?:de |d )?)?(?:la )?prise (?:de )?(?:du )?(?:postes?|fonctions?)|"
        r"dates? (?:d |de )?(?:affectation|nomination)|(?:affecte|nomme|arrive|recrute)e? (?:depuis )?(?:le|au)|"
        r"(?:dates? )?(?:d )?(?:arrivee|entree)(?: (?:sur|dans|en|au) .*)?|"
        r"(?:en |au )?postes? depuis(?: le)?|depuis(?: le)?|debut (?:du |de )?poste",
        read=DayOrMonth(),
        colour="date",
        is_required=True,
    ),
    Wanted(
        "ended_on",
        "Fin du poste",
        heads=r"(?:dates? (?:de |du )?)?(?:fin|depart|sortie)(?: (?:du |de |des )?(?:postes?|fonctions?|service))?|"
        r"jusqu au",
        read=DayOrMonth(never=True),
        colour="date",
    ),
    Wanted(
        "contract",
        "Contrat",
        heads=r"(?:types? |natures? )?(?:de |du )?contrats?|statut (?:de l )?agent|categorie d emploi|titulaire cdd",
        read=CONTRACTS,
    ),
    Wanted(
        "contract_ends_on",
        "Fin du contrat",
        heads=r"(?:dates? (?:de |du )?)?(?:fin|echeance|terme) (?:du |de |de la )?(?:contrats?|cdd)",
        read=DayOrMonth(never=True),
        colour="date",
    ),
    Wanted(
        "last_training",
        "Dernière formation",
        heads=r"(?:dates? (?:de |d )?)?(?:la )?derniere(?: date de)?(?: session de)? formation(?: suivie)?|"
        r"(?:dates? (?:de |d )?)?(?:la )?formation(?: suivie| realisee| effectuee)?(?: le)?|formee? le",
        read=ThemeCell(is_day=True),
        colour="date",
    ),
    Wanted(
        "situation",
        "Situation",
        heads=r"situations?|dispenses?|exemptions?|statuts?(?: de (?:la )?formation)?|etats?(?: de (?:la )?formation)?",
        read=SITUATIONS,
        colour="status",
    ),
)
TECHNICAL = (
    r"echeances?.*|date (?:limite|butoir|d echeance).*|prochaine.*|renouvellement.*|tutorats?.*|tut(?:eur|ore).*|"
    r"formations? prevues?.*|dates? (?:de la formation )?prevues?.*|observations?|remarques?|commentaires?|notes?|"
    r"n|no|num(?:ero)?|rang|jours restants|retard.*|grade|corps|categorie|intitule.*|nom (?:de la )?formation"
)
THEME_HEADS = (
    r"themes?(?: (?:d |de )?(?:accueil|formation))?|domaines?(?: d accueil)?|types? d accueil|"
    r"missions?(?: d accueil)?|modules?"
)
ENDING = (Contract.FIXED_TERM, Contract.CIVIC)


def complete(entry: Entered, *, is_trained: bool) -> None:
    """« CDD jusqu’au 30/06/2023 » tells the end of the contract; a contract that ends nobody knows when, or an agent
    said to be up to date without a date, is told."""
    if not OLDEST_POST <= entry.values["taken_on"].year <= timezone.localdate().year + 1:
        entry.wrong("taken_on", f"Prise de poste le {entry.values['taken_on']:%d/%m/%Y} : vérifiez l’année.")
    _complete_contract(entry)
    last = entry.values.get("last_training")
    if last is not None and last.told == ThemeWord.NOT_CONCERNED:
        entry.doubtful("last_training", f"« {last} » : l’agent n’est pas concerné par ce thème, rien n’est retenu.")
    said = " ".join(entry.row.text("situation").split())
    if plain(said).startswith(("a jour", "forme")) and not is_trained:
        entry.doubtful("situation", f"« {said} » sans date de formation : l’agent est suivi comme s’il était à former.")


def _complete_contract(entry: Entered) -> None:
    contract = entry.values.get("contract")
    end = day_within(entry.row.text("contract")) if contract else None
    if isinstance(end, Impossible):
        entry.wrong("contract", end.why)
    elif end:
        entry.values.setdefault("contract_ends_on", end)
    elif contract in ENDING and not entry.values.keys() & {"contract_ends_on", "ended_on"}:
        entry.doubtful("contract", "La fin de ce contrat n’est pas dite : l’agent est suivi comme s’il restait.")
