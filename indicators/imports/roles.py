"""What the columns of a grid may hold beside those of any table of months, and the words of its lines."""

from core.importing.layout import Role
from core.importing.periods.roles import DENOMINATOR, NUMERATOR

ENGAGEMENT, PREVIOUS_MET = "engagement", "previous_met"
ROLES = (
    (
        Role(PREVIOUS_MET, "Cible de l’année précédente atteinte", "Chiffres", "target"),
        r".*\b(attein\w*|respect\w*|tenu)\b.*\blastyear\b.*|.*\blastyear\b.*\b(attein\w*|tenu)\b.*",
    ),
    (
        Role(ENGAGEMENT, "Engagement", "Lignes", "key"),
        r"(n |no |num |numero |ref |code )?(d )?(engagements?|eng)(?! (et |les )*(indicateurs?|libelles?))( .*)?"
        r"|ref|reference",
    ),
)
CONTENTS = ((ENGAGEMENT, r"(?i)\s*(E|Eng\.?|Engagement)\s?\d{1,3}(\.\d+)?\s*"),)
_PART = "traite|repondu|decroche|abouti|satisfait|tenu|pris|honore|realise|rendu"
SERIES = (
    (NUMERATOR, rf"(.*\b)?(dont|({_PART})e?s?|dans les? delais?)\b.*"),
    (DENOMINATOR, r"(.*\b)?(recu|presente|entrant|exprime|demande|attendu)e?s?\b.*|.*\btotal(es)?\b.*"),
)
