"""Done in time or not: one rule for the indicator, the report and the pages."""

from actions.enums import Status


def is_counted(action) -> bool:
    """Whether it is known if the action was done in time: neither abandoned, nor done on an unknown day."""
    return action.status != Status.ABANDONED and not (action.status == Status.DONE and action.done_on is None)


def is_on_time(action) -> bool:
    """Done at the latest on the last day of its deadline."""
    return action.status == Status.DONE and action.done_on <= action.deadline_latest
