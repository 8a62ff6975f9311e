"""What followed the surveys of the demonstration: findings opened from weak criteria, actions and how they went."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan
from actions.rules.responsibles import Responsible
from actions.services import actions, progress
from demo.months import moment
from organisations.models import Unit, User
from surveys.models import Campaign
from surveys.services import findings

TOLD = (Plan, Finding, FindingEngagement, Action, ActionResponsible)


def follow(
    campaign: Campaign,
    rows: Sequence[Mapping[str, Any]],
    *,
    units: Mapping[str, Unit],
    by: User,
    day_of: Callable[[str], date],
    set_clock: Callable,
) -> None:
    """Open a finding for each criterion told, with its action; each verb at its hour."""
    for row in rows:
        set_clock(moment(day_of(row["decided"]), 11))
        question = campaign.questionnaire.questions.get(code=row["criterion"])
        finding, _ = findings.open_finding(campaign, question, by=by)
        action = actions.add_action(
            finding,
            text=row["text"],
            responsibles=[Responsible(unit=units[code]) for code in row["who"]],
            deadline=f"{day_of(row['deadline']):%d/%m/%Y}",
            by=by,
        )
        for verb, day, comment in row["log"]:
            on = day_of(day)
            set_clock(moment(on, 16))
            if verb == "start":
                progress.start(action, comment=comment, by=by)
            else:
                progress.mark_done(action, done_on=on, comment=comment, by=by)
