"""The skills that a tutoring agreement passes on: precise, or refused with a hint (auditors note vague ones)."""

from core.importing.words import STOP_WORDS, plain

LEAST_WORDS = 3  # that say something
HINT = (
    "Dites ce que le tutoré saura faire : « orienter un usager vers le bon guichet, enregistrer un dépôt de titre de "
    "séjour, désamorcer une tension au guichet »."
)
_VAGUE_WORDS = """
accompagnement accompagner acces accueil accueillir activite adaptation aide aider agent apprendre
apprentissage autre base besoin bureau capacite competence complet connaissance connaitre courant decouverte
definir determiner different divers ensemble etc experience fonction fonctionnement formation former general
generale global information initiation integration lie lien maitrise maitriser metier mission nouveau
ordinaire poste pratique preciser prise quotidien relatif requis savoir savoirs service suivi tache tous tout
toute toutes transmettre transmission travail tutorat usager usuel voir
"""
_VAGUE = frozenset(_VAGUE_WORDS.split())


def why_vague(text: str) -> str:
    """Why skills are not precise enough, in French; empty when they are."""
    words = [word for word in plain(text).split() if word not in STOP_WORDS]
    if not words:
        return f"Les compétences à transmettre ne sont pas précisées. {HINT}"
    telling = {word for word in words if _singular(word) not in _VAGUE and word not in _VAGUE and len(word) > 2}
    if len(telling) < LEAST_WORDS:
        return f"« {' '.join(text.split())[:80]} » : ces compétences sont trop vagues. {HINT}"
    return ""


def _singular(word: str) -> str:
    return word[:-1] if word[-1] in "sx" else word
