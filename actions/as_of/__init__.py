"""The plans of a unit as they stood at the end of any day, read from the history: what an auditor is shown.

« On a day » is by day of effect; each item tells its day of recording too. `known_at` leaves out what was recorded
later, so that a file produced once can be computed again.
"""

from actions.as_of.comparing import Compared, Difference, difference
from actions.as_of.fates import Fate, Fates, fates
from actions.as_of.plain import canonical, digest, printed
from actions.as_of.reading import plan_state
from actions.as_of.state import ActionState, FindingState, PlanState, ProofState, UnitState

__all__ = [
    "ActionState",
    "Compared",
    "Difference",
    "Fate",
    "Fates",
    "FindingState",
    "PlanState",
    "ProofState",
    "UnitState",
    "canonical",
    "difference",
    "digest",
    "fates",
    "plan_state",
    "printed",
]
