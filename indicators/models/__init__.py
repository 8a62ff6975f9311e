"""What the indicators store: catalogue, values and readings, months of entry and sealed dashboards, imports."""

from indicators.models.catalogue import Assignment, Family, Indicator, Target
from indicators.models.effects import ExpectedEffect
from indicators.models.imports import GridImport, RowMatch
from indicators.models.steering import Campaign, Snapshot
from indicators.models.values import PastResult, Reading, Value

__all__ = [
    "Assignment",
    "Campaign",
    "ExpectedEffect",
    "Family",
    "GridImport",
    "Indicator",
    "PastResult",
    "Reading",
    "RowMatch",
    "Snapshot",
    "Target",
    "Value",
]
