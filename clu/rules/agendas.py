"""Agendas of the trade: that of the CLU of 10 March 2022, that of the COPIL of Aix-en-Provence, and the CLAC's."""

from collections.abc import Sequence

from clu.enums import CommitteeKind, ItemContent

Line = tuple[str, ItemContent]

CLU: Sequence[Line] = (
    ("Présentation de la démarche Qual-e-pref", ItemContent.APPROACH),
    ("Résultats : les indicateurs qualité", ItemContent.INDICATORS),
    ("Résultats : les enquêtes mystère", ItemContent.MYSTERY),
    ("Résultats : l’enquête de satisfaction", ItemContent.SATISFACTION),
    ("Résultats : les réclamations et les suggestions", ItemContent.COMPLAINTS),
    ("Présentation des courriels types pour avis (engagement n° 16.3)", ItemContent.OPINIONS),
    ("Communication du plan d’actions et amélioration des services existants", ItemContent.PLAN),
    ("Vous avez demandé, nous avons fait", ItemContent.REPLIES),
    ("Questions / réponses", ItemContent.QUESTIONS),
)
COPIL: Sequence[Line] = (
    ("Retour sur l’année", ItemContent.REVIEW),
    ("Bilan des indicateurs", ItemContent.INDICATORS),
    ("Bilan des réclamations et suggestions", ItemContent.COMPLAINTS),
    ("Bilan des enquêtes de satisfaction", ItemContent.SATISFACTION),
    ("Bilan des enquêtes mystère", ItemContent.MYSTERY),
    ("Bilan des formations", ItemContent.TRAINING),
    ("Pistes d’amélioration à valider", ItemContent.PLAN),
)
CLAC: Sequence[Line] = (
    ("Présentation de Services Publics + et des structures du périmètre", ItemContent.APPROACH),
    ("Indicateurs publiés", ItemContent.INDICATORS),
    ("Enquête de satisfaction", ItemContent.SATISFACTION),
    ("Réclamations et témoignages", ItemContent.COMPLAINTS),
    ("Plan d’actions de la démarche", ItemContent.PLAN),
    ("Vous avez demandé, nous avons fait", ItemContent.REPLIES),
    ("Questions / réponses", ItemContent.QUESTIONS),
)
TEMPLATES = {CommitteeKind.CLU: CLU, CommitteeKind.COPIL: COPIL, CommitteeKind.CLAC: CLAC}


def template_of(kind: str) -> Sequence[Line]:
    """The usual agenda of a kind of committee: (title, content)."""
    return TEMPLATES[CommitteeKind(kind)]
