"""Responsibles of an action: units and people of the préfecture, or words kept as written."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from actions.models import Action, ActionResponsible
from actions.rules.responsibles import Responsible, cleaned, refuse_outside
from core.record.deeds import Deed
from organisations.enums import UnitKind
from organisations.models import Membership, Unit


def of(action: Action) -> list[Responsible]:
    """The responsibles in their order."""
    rows = ActionResponsible.objects.filter(action=action).select_related("unit", "user").order_by("position", "pk")
    return [Responsible(row.unit, row.user, row.words) for row in rows]


def set_on(action: Action, responsibles: Iterable[Responsible], deed: Deed) -> None:
    """Make them the responsibles of the action; those that stay keep their row. UserError on a stranger."""
    set_on_many({action.pk: responsibles}, deed, site=action.finding.plan.site)


def set_on_many(wanted: Mapping[int, Iterable[Responsible]], deed: Deed, *, site: Unit) -> None:
    """Make them the responsibles of the actions of a site, in queries that do not grow with them."""
    rows = ActionResponsible.objects.filter(action__in=wanted).select_related("unit", "user").order_by("pk")
    known = {(row.action_id, Responsible(row.unit, row.user, row.words).key): row for row in rows}
    kept = {(pk, one.key): (at, one) for pk, several in wanted.items() for at, one in enumerate(cleaned(several))}
    new = {place: told for place, told in kept.items() if place not in known}
    refuse_strangers(list(map(itemgetter(1), new.values())), site)
    stays = _moved(known, kept)
    for own, pks in deed.unless_overtaken(ActionResponsible.history.all(), "action_id", wanted):
        own.delete_all(row for place, row in known.items() if place not in kept and row.action_id in pks)
        own.update([row for row in stays if row.action_id in pks], ["position", "words"])
        own.create(
            ActionResponsible(action_id=pk, unit=one.unit, user=one.user, words=one.words, position=at)
            for (pk, _key), (at, one) in new.items()
            if pk in pks
        )


def refuse_strangers(responsibles: Sequence[Responsible], site: Unit) -> None:
    """UserError on a unit that is not of the site's préfecture, or on a person without any role in it."""
    units = {one.unit.pk for one in responsibles if one.unit is not None}
    people = {one.user.pk for one in responsibles if one.user is not None}
    if not units and not people:
        return
    prefecture = prefecture_of(site)
    inside = Unit.objects.ids_below(prefecture.pk)
    known = set(Membership.objects.filter(user__in=people, unit__in=inside).values_list("user_id", flat=True))
    refuse_outside(responsibles, unit_ids=inside, user_ids=known, prefecture=prefecture)


def prefecture_of(site: Unit) -> Unit:
    """The préfecture at or above the site; the site itself where there is none."""
    unit = site
    while unit.kind != UnitKind.PREFECTURE and unit.parent is not None:
        unit = unit.parent
    return unit


def _moved(known: Mapping[tuple, ActionResponsible], kept: Mapping[tuple, tuple]) -> list[ActionResponsible]:
    """The rows that stay with another place or other words, given to them."""
    moved = []
    for place, row in known.items():
        if place in kept and (row.position, row.words) != (told := (kept[place][0], kept[place][1].words)):
            row.position, row.words = told
            moved.append(row)
    return moved
