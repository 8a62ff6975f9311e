"""What contradicts itself in a site's year: every check that the apps registered, asked in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.registries import ConsistencyCheck, Contradiction, consistency_checks
from organisations.models import Unit


@dataclass(frozen=True)
class Finding:
    """A check, and what it found."""

    check: ConsistencyCheck
    contradictions: Sequence[Contradiction]


def of_year(site: Unit, year: int, *, user=None) -> list[Finding]:
    """Each check with what it found, nothing included; of a person, those that the person may read there."""
    checks = [one for one in consistency_checks if user is None or _may_read(user, one, site)]
    return [Finding(check, list(check.run(site, year))) for check in checks]


def count(site: Unit, year: int, *, user) -> int:
    """How many contradictions a person is to mend."""
    return sum(len(found.contradictions) for found in of_year(site, year, user=user))


def _may_read(user, check: ConsistencyCheck, site: Unit) -> bool:
    return not check.permission or user.can(check.permission, site.pk)
