"""A year of 100,000 complaints at one préfecture, 10,000 of them open: pages, and the dates after a new closed day.

Run by tests/bench/run.py in a process of its own, on a database of one site filled by `seed_national`.
"""

import json
import random
import sys
import time
from datetime import date, timedelta

from tests.bench.timing import fetch, measured, median_ms

CASES, OPEN, BATCH = 100_000, 10_000, 10_000
YEAR = 2026
INBOX_SQL = """
SELECT c.*, u.name FROM complaints_complaint c JOIN organisations_unit u ON u.id = c.site_id
WHERE c.site_id = %(site)s AND c.closed_on IS NULL ORDER BY c.answer_by NULLS LAST, c.received_on DESC LIMIT 25
"""
YEAR_SQL = """
SELECT channel, kind, theme, in_scope, count(*), avg(delay_days) FROM complaints_complaint
WHERE site_id = %(site)s AND received_on BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY 1, 2, 3, 4
"""
FIND_SQL = "SELECT * FROM complaints_complaint WHERE reference = %(reference)s"
MOVE_SQL = "UPDATE complaints_complaint SET answer_by = answer_by + 1 WHERE closed_on IS NULL"


def fill() -> dict:
    """The cases, drawn the same at each run, with the dates that the rules give them."""
    from complaints.calendars import rules_of
    from complaints.models import Complaint
    from complaints.services.clocks import settle
    from core.record import identities
    from organisations.calendars import calendar_of
    from organisations.models import Unit, User

    site, by = Unit.objects.get(code="p0"), User.objects.get(email="rq@mesures.invalid")
    services = list(Unit.objects.filter(pk__in=Unit.objects.ids_below(site.pk)).exclude(pk=site.pk)[:40])
    calendar, rules, draw = calendar_of(site), rules_of(site), random.Random(YEAR)
    for start in range(0, CASES, BATCH):
        people = identities.keep_many(
            [
                {"name": f"Personne {n}", "email": f"p{n}@exemple.invalid", "text": "Mesure"}
                for n in range(start, start + BATCH)
            ],
            kind="complainant",
        )
        cases = [_case(start + n, site, draw.choice(services), people[n], draw) for n in range(BATCH)]
        settle(_without_waits(cases), calendar=calendar, rules=rules, on=date(YEAR, 12, 31))
        Complaint.objects.bulk_create(cases, batch_size=2_000)
    return {"site": site.pk, "unit": site, "code": site.code, "user": by, "reference": f"R26-{CASES // 2:08d}"}


def _case(number: int, site, service, identity, draw: random.Random):
    from complaints.enums import Channel, Nature, Outcome, Topic
    from complaints.models import Complaint

    received = date(YEAR, 1, 1) + timedelta(days=draw.randrange(360))
    is_open = number % (CASES // OPEN) == 0
    answered = None if is_open else received + timedelta(days=draw.randrange(1, 20))
    return Complaint(
        reference=f"R26-{number:08d}",
        site=site,
        service=service,
        identity=identity,
        received_on=received,
        channel=draw.choice(list(Channel)),
        kind=draw.choice(list(Nature)),
        in_scope=draw.random() < 0.7,
        theme=draw.choice(list(Topic)),
        answered_on=answered,
        closed_on=answered,
        outcome="" if is_open else draw.choice(list(Outcome)),
    )


def _without_waits(cases: list) -> list:
    """As if read `with_waits`: none of them waits for its user."""
    for case in cases:
        case._prefetched_objects_cache = {"suspensions": []}
    return cases


def measure() -> list[dict]:
    """One row per page or job: milliseconds, those of the raw SQL, queries."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    where = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(where["user"])

    def page(url: str):
        def get() -> None:
            assert client.get(url).status_code == 200

        return get

    inbox, case = reverse("complaints:cases"), reverse("complaints:case", args=[where["reference"]])
    statistics = f"{reverse('complaints:statistics')}?site={where['code']}&annee={YEAR}"

    def sql(text: str):
        return lambda: fetch(text, where)

    return [
        measured("Boîte de réception (25 sur 100 000)", page(inbox), sql(INBOX_SQL)),
        measured("Dossiers en retard", page(f"{inbox}?state=en-retard"), sql(INBOX_SQL)),
        measured("Recherche d’une référence", page(f"{inbox}?q={where['reference']}"), sql(FIND_SQL)),
        measured("Recherche d’une personne", page(f"{inbox}?q=p777@exemple.invalid"), sql(FIND_SQL)),
        measured("Un dossier et ses délais expliqués", page(case), sql(FIND_SQL)),
        measured("Bilan de l’année", page(statistics), sql(YEAR_SQL)),
        _recomputing(where),
    ]


def _recomputing(where: dict) -> dict:
    """What a new closed day costs: the dates of 10,000 open cases, with their history."""
    from complaints.services import clocks
    from core.record import history
    from organisations.models import ClosedDay

    history.save(ClosedDay(site=where["unit"], date=date(YEAR, 12, 28), label="Mesure"), by=None, reason="Mesure")
    started = time.perf_counter()
    moved = clocks.recompute(where["unit"], reason="Jour fermé ajouté")
    seconds = time.perf_counter() - started
    raw = median_ms(lambda: _rolled_back(MOVE_SQL), rounds=3, warm_up=1)
    return {
        "name": f"Jour fermé ajouté : {OPEN} dossiers ouverts revus, {moved} déplacés",
        "ms": seconds * 1000,
        "raw_ms": raw,
    }


def _rolled_back(sql: str) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        transaction.set_rollback(True)


def main() -> None:
    import django

    django.setup()
    json.dump(measure(), sys.stdout)


if __name__ == "__main__":
    main()
