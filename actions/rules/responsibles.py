"""Who answers for an action: a unit, a person, or the words of a document that named nobody known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import UserError


@dataclass(frozen=True)
class Responsible:
    """One of the responsibles of an action. `words` keeps what was written, beside the unit or person if known."""

    unit: Any = None
    user: Any = None
    words: str = ""

    @property
    def key(self) -> tuple:
        """What makes it the same responsible as another: the unit and the person, else the words."""
        if self.unit is None and self.user is None:
            return None, None, " ".join(self.words.casefold().split())
        return getattr(self.unit, "pk", None), getattr(self.user, "pk", None), ""

    @property
    def label(self) -> str:
        if self.unit is not None:
            return self.unit.sigle or self.unit.name
        return str(self.user) if self.user is not None else self.words


def cleaned(responsibles: Iterable[Responsible]) -> list[Responsible]:
    """Without the blank ones, each once, in the order given."""
    kept: dict[tuple, Responsible] = {}
    for one in responsibles:
        tidy = Responsible(one.unit, one.user, one.words.strip())
        if tidy.unit is not None or tidy.user is not None or tidy.words:
            kept.setdefault(tidy.key, tidy)
    return list(kept.values())


def refuse_outside(responsibles: Sequence[Responsible], *, unit_ids: set[int], user_ids: set[int], prefecture) -> None:
    """UserError that names the first responsible who is not of the préfecture."""
    for one in responsibles:
        is_inside = one.unit is None or one.unit.pk in unit_ids
        is_inside = is_inside and (one.user is None or one.user.pk in user_ids)
        if not is_inside:
            raise UserError(
                f"« {one.label} » n’est pas de « {prefecture} » : choisissez un responsable de cette préfecture.",
                field="responsibles",
            )
