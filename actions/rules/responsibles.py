"""Who answers for an action: a unit, a person, or the words of a document that named nobody known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.base.errors import UserError
from organisations.rules.titles import person_label


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
        return person_label(str(self.user), self.words) if self.user is not None else self.words


def cleaned(responsibles: Iterable[Responsible]) -> list[Responsible]:
    """Without the blank ones, each unit, person or word once, in the order given."""
    kept: list[Responsible] = []
    units, users, keys = {None}, {None}, {(None, None, "")}
    for one in responsibles:
        unit = one.unit if getattr(one.unit, "pk", None) not in units else None
        user = one.user if getattr(one.user, "pk", None) not in users else None
        tidy = Responsible(unit, user, one.words.strip())
        is_again = tidy.unit is None and tidy.user is None and (one.unit is not None or one.user is not None)
        if is_again or tidy.key in keys:
            continue
        units.add(getattr(unit, "pk", None))
        users.add(getattr(user, "pk", None))
        keys.add(tidy.key)
        kept.append(tidy)
    return kept


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
