"""Loading of the common catalogue: families, indicators with their aliases, dated targets."""

from pathlib import Path

from django.db import transaction

from core.record import data_files
from core.record.data_files import Loader, Node
from indicators.collectors import collectors
from indicators.enums import Direction, Frequency, Measure, YearRule
from indicators.models import Family, Indicator, Target
from indicators.services import readings
from organisations.enums import Role
from referential.services.loading import find_engagement

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "catalogue.json"
INDICATOR_KEYS = (
    "code",
    "label",
    "family",
    "engagement",
    "measure",
    "direction",
    "year_rule",
    "frequency",
    "responsible_role",
    "numerator_label",
    "denominator_label",
    "definition",
    "source",
    "aliases",
    "targets",
    "is_active",
    "collector",
)
ALIAS_KEYS = ("label", "family", "engagement", "target", "after")


@transaction.atomic
def load(path: Path | str = SHIPPED, *, by=None, force: bool = False) -> Loader:
    """Load a catalogue; loading it again changes nothing, and what a person has edited since is left unless `force`."""
    root = data_files.read(path)
    root.only("families", "indicators")
    loader = Loader(reason=f"Chargement de {Path(path).name}", by=by, force=force)
    families = {}
    for position, node in enumerate(root.nodes("families"), start=1):
        node.only("code", "name")
        code = node.text("code", required=True)
        families[code] = loader.put(
            Family, key={"code": code}, values={"name": node.text("name"), "position": position}, place=node.place
        )
    for position, node in enumerate(root.nodes("indicators"), start=1):
        _load_indicator(loader, node, families, position)
    _refresh_what_changed(loader)
    return loader


def _load_indicator(loader: Loader, node: Node, families: dict[str, Family], position: int) -> None:
    node.only(*INDICATOR_KEYS)
    indicator = loader.put(
        Indicator,
        key={"code": node.text("code", required=True)},
        values=_indicator_values(node, families) | {"position": position},
        place=node.place,
    )
    for target in node.nodes("targets"):
        if indicator is not None:
            _load_target(loader, target, indicator)


def _indicator_values(node: Node, families: dict[str, Family]) -> dict:
    return {
        "label": node.text("label", required=True),
        "family": families[node.choice("family", families)],
        "engagement": find_engagement(node.node("engagement")) if node.has("engagement") else None,
        "measure": node.choice("measure", Measure.values),
        "direction": node.choice("direction", Direction.values),
        "year_rule": node.choice("year_rule", YearRule.values),
        "frequency": node.choice("frequency", Frequency.values, default=Frequency.MONTHLY),
        "responsible_role": node.choice("responsible_role", Role.values, default=Role.HEAD_OF_SERVICE),
        "numerator_label": node.text("numerator_label"),
        "denominator_label": node.text("denominator_label"),
        "definition": node.text("definition"),
        "source": node.text("source"),
        "aliases": [_alias(alias) for alias in node.nodes("aliases")],
        "collector": node.choice("collector", ["", *(collector.code for collector in collectors)]),
        "is_active": node.flag("is_active", default=True),
    }


def _alias(node: Node) -> dict:
    """A label met in a grid; family, engagement, target and row above tell it from the same words elsewhere."""
    node.only(*ALIAS_KEYS)
    return {key: node.text(key, required=True) for key in ALIAS_KEYS if node.has(key)}


def _load_target(loader: Loader, node: Node, indicator: Indicator) -> None:
    node.only("direction", "value", "valid_from", "valid_until", "source")
    loader.put(
        Target,
        key={"indicator": indicator, "site": None, "valid_from": node.date("valid_from", required=True)},
        values={
            "direction": node.choice("direction", [value for value in Direction.values if value]),
            "value": node.decimal("value"),
            "valid_until": node.date("valid_until"),
            "source": node.text("source"),
        },
        place=node.place,
    )


def _refresh_what_changed(loader: Loader) -> None:
    changed = {row.pk for row in loader.written if isinstance(row, Indicator)}
    changed |= {row.indicator_id for row in loader.written if isinstance(row, Target)}
    for indicator_id in sorted(changed):
        readings.refresh_indicator(indicator_id)
