"""What a grid of audit amounts to: its results counted, whether it is complete, what « aucun » means."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from audits.enums import FINDINGS, Result

SCORED = "scored"  # a line with a mark and no other result
NAMES = {
    Result.STRENGTH: ("point fort", "points forts"),
    Result.WEAKNESS: ("point sensible", "points sensibles"),
    Result.IMPROVEMENT: ("piste de progrès", "pistes de progrès"),
    Result.NONCONFORMITY: ("écart", "écarts"),
}


@dataclass(frozen=True)
class GridTally:
    """The results of a grid. A requirement without result was not assessed."""

    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    is_grid: bool = True  # requirements were gone through; false for findings alone, as a report lists them

    @property
    def is_complete(self) -> bool:
        """Whether every requirement was looked at: none left, none « non vu »."""
        return self.total > 0 and self.is_grid and not self.not_assessed

    @property
    def not_assessed(self) -> int:
        return self.counts[Result.NOT_ASSESSED] + self.counts[""]

    def sentence(self, stated_none: Iterable[str] = ()) -> str:
        """« 2 points forts, points sensibles : aucun, 4 pistes de progrès »; what was not looked at is said."""
        if not self.total and not stated_none:
            return "rien n’est encore saisi"
        looks_for_findings = self.is_complete and self.counts[SCORED] < self.total  # marks alone find none
        told = [self._told(result, result.value in stated_none or looks_for_findings) for result in FINDINGS]
        left = f"{self.not_assessed} non vu{'s' if self.not_assessed > 1 else ''}" if self.not_assessed else ""
        number = self.counts[SCORED]
        scored = f"{number} note{'s' if number > 1 else ''}" if number else ""
        return ", ".join(filter(None, [scored, *told, left]))

    def _told(self, result: Result, is_stated: bool) -> str:
        number, (one, many) = self.counts[result], NAMES[result]
        if number:
            return f"{number} {many if number > 1 else one}"
        return f"{many} : aucun{'e' if result == Result.IMPROVEMENT else ''}" if is_stated else ""

    def as_json(self) -> dict[str, Any]:
        """As `manage.py import_audit --format json` prints it."""
        return {
            "findings": {result.value: self.counts[result] for result in FINDINGS},
            "compliant": self.counts[Result.COMPLIANT],
            "not_applicable": self.counts[Result.NOT_APPLICABLE],
            "not_assessed": self.not_assessed,
        }


def mark_words(score: Decimal) -> str:
    """« 3 », « 2,5 »."""
    return f"{score.normalize():f}".replace(".", ",")


def tally(results: Iterable[str], *, is_grid: bool = True) -> GridTally:
    counts = Counter(results)
    return GridTally(counts, counts.total(), is_grid)
