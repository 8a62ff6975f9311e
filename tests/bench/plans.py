"""The pages of the action plans against the raw SQL of their rows: 2,000 actions with 20,000 changes behind them.

Run by tests/bench/run.py in a process of its own, on a database of one site filled by `seed_national`.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta

from tests.bench.timing import fetch, measured

PLANS, FINDINGS, ACTIONS = 10, 40, 5  # of each other: 2,000 actions
ROUNDS = 9  # changes of each action after its creation
FIRST = datetime(2024, 1, 8, 9, tzinfo=UTC)
STEP = timedelta(days=60)
MIDDLE, END = date(2025, 1, 15), date(2025, 12, 31)

LIST_SQL = """
SELECT a.*, f.text, p.title, u.name FROM actions_action a JOIN actions_finding f ON f.id = a.finding_id
JOIN actions_plan p ON p.id = f.plan_id JOIN organisations_unit u ON u.id = p.site_id
WHERE p.site_id = %(site)s AND a.status IN ('todo', 'ongoing', 'postponed') AND a.deadline_latest < now()
ORDER BY a.deadline_latest LIMIT 25
"""
HISTORY_SQL = """
SELECT h.*, u.first_name, u.last_name FROM actions_historicalaction h
LEFT JOIN organisations_user u ON u.id = h.history_user_id
WHERE h.id = %(action)s ORDER BY h.history_date DESC, h.history_id DESC LIMIT 25
"""
STATE_SQL = """
SELECT * FROM (SELECT DISTINCT ON (h.id) h.* FROM actions_historicalaction h WHERE h.history_date <= %(day)s
    ORDER BY h.id, h.history_date DESC, h.history_id DESC) AS last WHERE history_type <> '-'
"""


def fill() -> dict:
    """The plans of one site with their history, once; the place measured."""
    from actions.models import Action, Plan
    from organisations.models import Unit, User

    site, by = Unit.objects.get(code="p0"), User.objects.get(email="rq@mesures.invalid")
    if not Plan.objects.exists():
        _create(site, by)
    action = Action.objects.order_by("pk")[1000]
    return {"site": site.pk, "code": site.code, "action": action.pk, "user": by, "unit": site}


def _create(site, by) -> None:
    from actions.models import Action, ActionResponsible, Finding, Plan
    from core.record import history

    told = {"by": by, "reason": "Mesure", "effective_at": FIRST}
    plans = history.bulk_create(
        [Plan(site=site, title=f"Plan {n}", origin="internal_audit", origin_on=FIRST.date()) for n in range(PLANS)],
        **told,
    )
    findings = history.bulk_create(
        [Finding(plan=plan, number=n + 1, text=f"Constat {n}") for plan in plans for n in range(FINDINGS)], **told
    )
    actions = history.bulk_create([_action(finding, n) for finding in findings for n in range(ACTIONS)], **told)
    history.bulk_create([ActionResponsible(action=action, words="RQ") for action in actions], **told)
    for turn in range(1, ROUNDS + 1):
        for action in actions:
            action.comment = f"Point d’avancement {turn}"
            action.status = ("todo", "ongoing", "done")[(action.position + turn) % 3]
        history.bulk_update(actions, ["comment", "status"], **told | {"effective_at": FIRST + turn * STEP})
    assert Action.history.count() == PLANS * FINDINGS * ACTIONS * (ROUNDS + 1)


def _action(finding, number: int):
    from actions.models import Action

    day = FIRST.date() + timedelta(days=30 * number)
    return Action(
        finding=finding, position=number, text=f"Action {number} du constat {finding.number}", deadline_earliest=day,
        deadline_latest=day, deadline_text=f"{day:%d/%m/%Y}",
    )  # fmt: skip


def measure() -> list[dict]:
    """One row per page or reading: milliseconds, those of the raw SQL, queries."""
    from django.test import Client
    from django.urls import reverse

    from actions import as_of

    where = fill()
    client = Client(SERVER_NAME="localhost")
    client.force_login(where["user"])
    days = {"day": datetime.combine(MIDDLE, datetime.max.time(), tzinfo=UTC)}
    state_url, difference_url = (reverse(f"actions:{name}", args=[where["code"]]) for name in ("as-of", "difference"))

    def page(url: str):
        def get() -> None:
            assert client.get(url).status_code == 200

        return get

    compared = f"{difference_url}?du={MIDDLE}&au={END}"

    def both_states() -> None:
        for _ in range(2):
            fetch(STATE_SQL, days)

    return [
        measured(
            "Actions en retard (25 lignes sur 2 000)",
            page(f"{reverse('actions:actions')}?status=en-retard"),
            lambda: fetch(LIST_SQL, where),
        ),
        measured(
            "Historique d’une action",
            page(reverse("actions:action-history", args=[where["action"]])),
            lambda: fetch(HISTORY_SQL, where),
        ),
        measured(
            "Le plan à une date, page (50 constats)", page(f"{state_url}?au={MIDDLE}"), lambda: fetch(STATE_SQL, days)
        ),
        measured(
            "Le plan à une date, lecture",
            lambda: as_of.plan_state(where["unit"], MIDDLE),
            lambda: fetch(STATE_SQL, days),
        ),
        measured("Différence de deux dates, page (25 constats)", page(compared), both_states),
        measured(
            "Différence de deux dates, lecture", lambda: as_of.difference(where["unit"], MIDDLE, END), both_states
        ),
    ]


def main() -> None:
    import django

    django.setup()
    json.dump(measure(), sys.stdout)


if __name__ == "__main__":
    main()
