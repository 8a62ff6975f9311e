"""The life of a label: valid three years, followed up at eighteen months; its state on a day.

Sources: validity 3 years and follow-up audit after 18 months (Alpes-Maritimes, Tarn-et-Garonne, COPIL of Aix, 2020).
"""

from datetime import date

from audits.enums import LABELLED, LabelState
from core.time.spans import months_after

VALID_MONTHS, FOLLOW_UP_MONTHS = 36, 18
SENTENCES = {
    LabelState.NONE: "sans label",
    LabelState.PREPARING: "label en préparation",
    LabelState.VALID: "labellisé",
    LabelState.FOLLOW_UP_OVERDUE: "labellisé, audit de suivi en retard",
    LabelState.EXPIRED: "label expiré",
}


def valid_until(obtained_on: date) -> date:
    """The last day on which the label holds: the same day three years later, 28/02 for 29/02."""
    return months_after(obtained_on, VALID_MONTHS)


def follow_up_due_on(obtained_on: date) -> date:
    """The day by which the follow-up audit is due: the same day eighteen months later, or the last of the month."""
    return months_after(obtained_on, FOLLOW_UP_MONTHS)


def state_on(
    on: date, *, obtained_on: date | None, prepared_from: date | None = None, follow_up_done_on: date | None = None
) -> LabelState:
    """The state of a label on a day. A follow-up done after that day was not done yet."""
    if obtained_on is None or on < obtained_on:
        return LabelState.NONE if prepared_from and on < prepared_from else LabelState.PREPARING
    if on > valid_until(obtained_on):
        return LabelState.EXPIRED
    is_followed_up = follow_up_done_on is not None and follow_up_done_on <= on
    if on > follow_up_due_on(obtained_on) and not is_followed_up:
        return LabelState.FOLLOW_UP_OVERDUE
    return LabelState.VALID


def is_labelled(state: LabelState) -> bool:
    return state in LABELLED


def why_planned_late(obtained_on: date | None, latest: date | None) -> str:
    """A follow-up planned after its due day, in words; empty when the plan keeps it."""
    if obtained_on is None or latest is None or latest <= follow_up_due_on(obtained_on):
        return ""
    due = follow_up_due_on(obtained_on)
    return (
        f"l’audit de suivi est prévu jusqu’au {latest:%d/%m/%Y}, après son échéance du {due:%d/%m/%Y} "
        f"({FOLLOW_UP_MONTHS} mois après l’obtention)"
    )
