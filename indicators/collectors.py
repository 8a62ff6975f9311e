"""Figures computed by the applications: each registers its collectors in `AppConfig.ready()`, the indicators name them.

An indicator whose `collector` is the code of one is written by `services.collecting` into the open months of the sites
it concerns; nobody is asked to enter it. How to add one: docs/how-to/add-an-indicator.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.base.registries import Registry

if TYPE_CHECKING:
    from organisations.models import Unit


@dataclass(frozen=True)
class Measured:
    """The figure of a month: counts wherever they are known, else the value alone (a ratio, working days, a number)."""

    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Case:
    """A row behind the figure of a month: told by « Pourquoi ce chiffre ? », one click from what it is."""

    month: int
    label: str
    why: str  # « réalisée le 12/03/2024, pour une échéance au 31/03/2024 »
    is_counted: bool  # in the denominator
    is_favourable: bool = False  # in the numerator
    url: str = ""


def _everywhere(site: Unit) -> bool:
    return True


def _untold(site: Unit, year: int) -> Sequence[Case]:
    return ()


@dataclass(frozen=True)
class Collector:
    """How an application computes an indicator. `compute` gives None for a month without any case.

    `concerns(site)` says where the figure has a meaning at all: elsewhere nothing is written, not even « aucun cas ».
    `cases(site, year)` tells the rows, those left out included, in a constant number of queries.
    """

    code: str
    label: str
    compute: Callable[[Unit, int, int], Measured | None]
    cases: Callable[[Unit, int], Sequence[Case]] = _untold
    concerns: Callable[[Unit], bool] = _everywhere
    position: int = 100


class Collectors(Registry[Collector]):
    """The collectors by their code."""

    def choices(self) -> list[tuple[str, str]]:
        """What an indicator may be computed by, for a form."""
        return [("", "Aucun : saisi par les services"), *((entry.code, entry.label) for entry in self)]


collectors = Collectors("collectors")
