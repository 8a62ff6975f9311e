"""A plan written row after row: a finding, what is decided, by whom, by when; one act of the history each."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from actions.models import Action, Finding, Plan
from actions.rules.responsibles import Responsible
from actions.services import actions, findings
from core.base.errors import UserError
from core.record import changesets
from core.record.deeds import locked
from core.time.fuzzy_dates import FuzzyDate

NOTHING = "Écrivez un constat, ou l’action qui suit le constat précédent."


@transaction.atomic
def write_row(
    plan: Plan,
    *,
    by,
    finding: str = "",
    under: str = "",
    text: str = "",
    deadline: FuzzyDate | str = "",
    responsibles: Iterable[Responsible] = (),
) -> tuple[Finding, Action | None]:
    """Add a finding with its action; without the words of a finding, one more action of the one that says `under`.

    Rows may arrive in another order than they were typed: the last finding with those words is the one meant, and it is
    opened where it has not come yet.
    """
    plan, responsibles = locked(plan), list(responsibles)
    words = finding.strip() or under.strip()
    if not words:
        raise UserError(NOTHING, field="finding")
    with changesets.opened():
        known = None if finding.strip() else Finding.objects.filter(plan=plan, text=words).order_by("number").last()
        row = known or findings.add_finding(plan, text=words, by=by)
        if not (text.strip() or responsibles or _is_told(deadline)):
            return row, None
        action = actions.add_action(row, text=text, deadline=deadline, responsibles=responsibles, by=by)
    return row, action


def last_words(plan: Plan) -> str:
    """The words of the last finding, which an action without one follows."""
    number = Finding.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
    return Finding.objects.filter(plan=plan, number=number).values_list("text", flat=True).first() or ""


def _is_told(deadline: FuzzyDate | str) -> bool:
    return bool(deadline.text if isinstance(deadline, FuzzyDate) else deadline.strip())
