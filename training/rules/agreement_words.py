"""The words of a tutoring agreement beside what is computed: plain text, that a préfecture may write in its own way."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.models import AgreementTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementWords:
    """What comes before, what each of the three commits to, and how it ends. An empty part is not printed."""

    preamble: str = ""
    head: str = ""
    tutor: str = ""
    tutee: str = ""
    ending: str = ""

    @property
    def commitments(self) -> list[tuple[str, str]]:
        """(who, what) of those that say something."""
        told = (("Le chef de service", self.head), ("Le tuteur", self.tutor), ("Le tutoré", self.tutee))
        return [(who, what) for who, what in told if what]

    def as_json(self) -> dict[str, str]:
        return asdict(self)


PARTS = tuple(field.name for field in fields(AgreementWords))
_ENDING = (
    "Le tuteur et le tutoré font ensemble le bilan de ce qui a été transmis. Le tutorat ne déplace pas l’échéance de "
    "la formation."
)
SHIPPED = AgreementWords(
    preamble=(
        "Le référentiel demande que chaque agent d’accueil soit formé dans l’année qui suit sa prise de poste. "
        "D’ici là, un collègue expérimenté l’accompagne et lui transmet les compétences ci-dessous."
    ),
    head="dégage le temps nécessaire au tutorat et inscrit le tutoré à la formation de son thème d’accueil.",
    tutor="transmet les compétences ci-dessous, se rend disponible et signale ce qui fait difficulté.",
    tutee="met en pratique ce qui lui est transmis et dit ce qu’il ne maîtrise pas encore.",
    ending=_ENDING,
)
# What was printed of every agreement signed before its words could be written, or signed elsewhere.
UNWRITTEN = AgreementWords(ending=_ENDING)


def of_template(template: "AgreementTemplate") -> AgreementWords:
    """The words that a template holds."""
    return AgreementWords(**{name: getattr(template, name) for name in PARTS})


def read(told: Mapping[str, str]) -> AgreementWords:
    """The words kept with an agreement; parts that are not known any more are left out."""
    return AgreementWords(**{name: str(told[name]) for name in PARTS if name in told})
