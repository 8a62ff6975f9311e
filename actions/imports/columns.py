"""Which column of a sheet holds what, told from its heading."""

import re

from actions.imports.document import ACTION, COMMENT, DEADLINE, ENGAGEMENT, FINDING, RESPONSIBLE, STATUS
from core.imports.words import plain

# In this order: « Réalisation de l’action » is where it stands, « Date de réalisation prévue » is a deadline.
_HEADINGS = (
    (DEADLINE, r"echeances?|delais?|dates? (?:limite|prevue|butoir|de realisation prevue)|quand|pour le|calendrier"),
    (ENGAGEMENT, r"engagements?|criteres?|references?|exigences?|n engagement"),
    (STATUS, r"realisations?|statuts?|etats?|avancements?|suivi|fait|realise|etat d avancement"),
    (RESPONSIBLE, r"responsables?|pilotes?|porteurs?|acteurs?|qui|services? (?:pilotes?|responsables?)|en charge"),
    (FINDING, r"constats?|points? (?:releves?|sensibles?|faibles?|a ameliorer)|ecarts?|observations? de l audit.*|"
    r"remarques?|problemes?|findings?"),
    (ACTION, r"actions?|mesures?|actions? (?:correctives?|correctrices?|a (?:mener|conduire)|prevues?|proposees?)"),
    (COMMENT, r"commentaires?|observations?|precisions?|preuves?|notes?"),
)  # fmt: skip
_READ = tuple((role, re.compile(rf"(?:{words})(?: (?:de|des|du|d|l|la|le|les|par|sur|et|pour)\b.*)?"))
              for role, words in _HEADINGS)  # fmt: skip
_PLURAL = re.compile(r"\((?:s|e|es|x)\)")
LONGEST_HEADING = 60


def role_of(heading: str) -> str | None:
    """The role of a column, None when its heading says none of ours."""
    words = plain(_PLURAL.sub("", heading))
    if not words or len(words) > LONGEST_HEADING:
        return None
    return next((role for role, pattern in _READ if pattern.fullmatch(words)), None)


def is_header(roles: set[str]) -> bool:
    """Whether those headings, on one row, head a plan: what was found or decided, and one thing more about it."""
    return bool(roles & {FINDING, ACTION}) and len(roles) >= 3
