"""States of a day made by hand: no database."""

from datetime import date

from actions.as_of.state import ActionState, FindingState, PlanState, UnitState
from core.time.fuzzy_dates import FuzzyDate

ON = date(2016, 10, 7)
DATES = {"effective_on": ON, "recorded_on": ON}


def action(pk: int = 1, **fields) -> ActionState:
    told = {
        "id": pk, "text": "", "title": "Enquêtes mystères à programmer", "responsibles": ("RQ",),
        "deadline": FuzzyDate("15/11/15", date(2015, 11, 15), date(2015, 11, 15)), "promised_text": "15/11/15",
        "promised_latest": date(2015, 11, 15), "move_count": 0, "status": "todo", "status_reason": "", "done_on": None,
        "comment": "", "expected_effect": "", "review_due_on": None, "review_result": "", "reviewed_on": None,
        "review_comment": "", "merged_into": None,
    }  # fmt: skip
    return ActionState(**DATES | told | fields)


def finding(*actions: ActionState, pk: int = 1, **fields) -> FindingState:
    told = {
        "id": pk, "number": pk, "section": "", "module": "", "engagement_words": "", "engagements": (),
        "text": "Enquêtes mystères à programmer", "kind": "observation", "theme": "other", "closed_on": None,
    }  # fmt: skip
    return FindingState(**DATES | told | fields, actions=actions)


def plan(*findings: FindingState, pk: int = 1, **fields) -> PlanState:
    told = {
        "id": pk, "site": "Préfecture de l’Aisne", "title": "Plan d’actions suite à l’audit interne",
        "origin": "internal_audit", "origin_on": date(2015, 10, 16), "referential": "", "updated_on": ON, "comment": "",
    }  # fmt: skip
    return PlanState(**DATES | told | fields, findings=findings)


def state(*plans: PlanState) -> UnitState:
    return UnitState("02", "Préfecture de l’Aisne", ON, None, plans)
