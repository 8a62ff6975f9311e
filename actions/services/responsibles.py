"""Responsibles of an action: units and people of the préfecture, or words kept as written."""

from collections.abc import Iterable, Sequence

from actions.models import Action, ActionResponsible
from actions.rules.responsibles import Responsible, cleaned, refuse_outside
from actions.services.deeds import Deed
from organisations.enums import UnitKind
from organisations.models import Membership, Unit


def of(action: Action) -> list[Responsible]:
    """The responsibles in their order."""
    rows = ActionResponsible.objects.filter(action=action).select_related("unit", "user").order_by("position", "pk")
    return [Responsible(row.unit, row.user, row.words) for row in rows]


def set_on(action: Action, responsibles: Iterable[Responsible], deed: Deed) -> None:
    """Make them the responsibles of the action; those that stay keep their row. UserError on a stranger."""
    wanted = cleaned(responsibles)
    rows = {}
    if not action._state.adding:
        present = ActionResponsible.objects.filter(action=action).select_related("unit", "user").order_by("pk")
        rows = {Responsible(row.unit, row.user, row.words).key: row for row in present}
    refuse_strangers([one for one in wanted if one.key not in rows], action.finding.plan.site)
    deed = deed.unless_overtaken(ActionResponsible.history.filter(action_id=action.pk))
    kept = {one.key for one in wanted}
    for key, row in rows.items():
        if key not in kept:
            deed.delete(row)
    created = []
    for position, one in enumerate(wanted):
        row = rows.get(one.key)
        if row is None:
            created.append(
                ActionResponsible(action=action, unit=one.unit, user=one.user, words=one.words, position=position)
            )
            continue
        row.position, row.words = position, one.words
        deed.save(row)
    deed.create(created)


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
