"""What a version of the referential changes: engagements taken up, new, gone, and what the sites had retained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from core.base.words import counted
from organisations.models import Unit
from referential.models import Correspondence, Engagement, Perimeter, Referential


@dataclass(frozen=True)
class TakenUp:
    """An engagement of the new version with those it takes up."""

    engagement: Engagement
    before: tuple[Engagement, ...]


@dataclass(frozen=True)
class VersionChanges:
    """The engagements of a version beside those of the versions it takes up, of the modules that sites retained."""

    taken_up: Sequence[TakenUp]
    new: Sequence[Engagement]
    gone: Sequence[Engagement]
    retained: Sequence[Perimeter]

    @property
    def sentence(self) -> str:
        """« 12 engagements repris, 3 nouveaux, 2 sans suite »."""
        taken_up = counted(len(self.taken_up), "engagement repris", "engagements repris")
        new = counted(len(self.new), "nouveau", "nouveaux")
        return f"{taken_up}, {new}, {len(self.gone)} sans suite"


def changes_of(referential: Referential, sites: Iterable[Unit]) -> VersionChanges:
    """What the version changes for these sites, in a constant number of queries."""
    own = list(Engagement.objects.filter(module__referential=referential).for_list().order_by(*_ORDER))
    links: dict[int, list[Engagement]] = {}
    for one in Correspondence.objects.filter(new__in=own).select_related("old__module__referential").order_by("pk"):
        links.setdefault(one.new_id, []).append(one.old)
    retained = _retained(referential, sites)
    followed = {old.pk for found in links.values() for old in found}
    modules = {row.module_id for row in retained}
    gone = Engagement.objects.filter(module__in=modules).exclude(pk__in=followed).for_list().order_by(*_ORDER)
    return VersionChanges(
        taken_up=[TakenUp(one, tuple(links[one.pk])) for one in own if one.pk in links],
        new=[one for one in own if one.pk not in links],
        gone=list(gone),
        retained=retained,
    )


_ORDER = ("module__referential", "module__position", "position", "code")


def _retained(referential: Referential, sites: Iterable[Unit]) -> list[Perimeter]:
    """What the sites retain today of the versions before this one."""
    rows = Perimeter.objects.in_force(timezone.localdate()).filter(site__in=sites)
    rows = rows.exclude(module__referential=referential).select_related("site", "module__referential")
    if referential.in_force_from:
        rows = rows.exclude(module__referential__in_force_from__gt=referential.in_force_from)
    return list(rows.order_by("site__position", "site__code", "module__position"))
