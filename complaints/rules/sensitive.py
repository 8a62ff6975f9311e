"""Words of a free text that call for care: health, handicap, religion, opinions, offences. A hint, never a decision."""

import re
import unicodedata

_WORDS = (
    r"handicap\w*",
    r"malad\w*",
    r"cancer\w*",
    r"hospital\w*",
    r"depress\w*",
    r"enceinte",
    r"grossesse",
    r"sida",
    r"vih",
    r"invalid\w*",
    r"psychiatr\w*",
    r"relig\w*",
    r"musulman\w*",
    r"juif|juive\w*",
    r"chretien\w*",
    r"syndica\w*",
    r"homosexuel\w*",
    r"condamn\w*",
    r"casier judiciaire",
    r"prison",
    r"garde a vue",
    r"viol(?:ence|ences|e|ee)?",
    r"securite sociale",
    r"iban",
    r"carte bancaire",
)
_PATTERN = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


def words_in(text: str) -> list[str]:
    """The words met, each once, as they are written without accents."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return list(dict.fromkeys(_PATTERN.findall(plain)))
