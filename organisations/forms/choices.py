"""Units offered in a list: by site, each under its own, so that no two services read alike."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import chain

from core.base.french import folded
from organisations.models import Unit
from organisations.rules.units import in_tree_order


def by_site(units: Iterable[Unit]) -> dict[str, list[tuple[Unit, str]]]:
    """The units of each site in the order of its tree, with their label; a service apart stands under its own name."""
    groups: dict[str, list[tuple[Unit, str]]] = {}
    above: list[str] = []  # the site of each level
    for unit, depth in in_tree_order(units):
        site = unit.name if unit.is_site or not depth else above[depth - 1]
        above[depth:] = [site]
        groups.setdefault(site, []).append((unit, f"{'– ' * depth}{unit}"))
    return groups


def told_apart(units: Iterable[Unit]) -> dict[int, str]:
    """The short name of each unit by its key; those that read alike name their site."""
    names = {unit.pk: unit.sigle or unit.name for unit in units}
    times = Counter(map(folded, names.values()))
    alike = {pk: name for pk, name in names.items() if times[folded(name)] > 1}
    if not alike:
        return names
    above = _sites_above(alike)
    return names | {pk: f"{name} ({above[pk]})" if above[pk] else name for pk, name in alike.items()}


def _sites_above(pks: Collection[int]) -> dict[int, str]:
    """The short name of the nearest site of each unit; empty outside of any."""
    paths = {unit.pk: unit.tree_path for unit in Unit.objects.with_tree_fields().filter(pk__in=pks)}
    sites = {
        site.pk: site.sigle or site.name for site in Unit.objects.sites().filter(pk__in=set(chain(*paths.values())))
    }
    return {pk: next((sites[one] for one in reversed(path) if one in sites), "") for pk, path in paths.items()}
