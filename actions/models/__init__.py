"""Action plans: what was found, what was decided, who does it by when, and the proof."""

from actions.models.imports import PlanImport, ResponsibleMatch
from actions.models.plans import Action, ActionResponsible, Finding, FindingEngagement, Plan, Proof
from actions.models.steering import CalendarFeed, PlanExtract, ReminderSettings, TwinRefusal

__all__ = [
    "Action",
    "ActionResponsible",
    "CalendarFeed",
    "Finding",
    "FindingEngagement",
    "Plan",
    "PlanExtract",
    "PlanImport",
    "Proof",
    "ReminderSettings",
    "ResponsibleMatch",
    "TwinRefusal",
]
