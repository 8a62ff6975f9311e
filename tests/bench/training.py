"""20,000 agents in 1,500 services of one préfecture: the due list, agents by themes, the forecast, two home pages.

Run by tests/bench/run.py in a process of its own, on a database of one site filled by `seed_national`; a first argument
gives another number of agents.
"""

import json
import random
import sys
from datetime import date, timedelta

from tests.bench.timing import fetch, measured

SERVICES, AGENTS, BATCH = 1_500, 20_000, 5_000
TODAY = date(2026, 12, 1)
COUNT_SQL = """
SELECT p.theme_id, count(*), max(t.on) FROM training_post p
JOIN organisations_unit u ON u.id = p.unit_id
LEFT JOIN training_pasttraining t ON t.agent_id = p.agent_id AND t.theme_id = p.theme_id
WHERE p.taken_on <= '2026-12-01' AND p.ended_on IS NULL GROUP BY p.theme_id
"""
LIST_SQL = """
SELECT a.last_name, p.service, p.taken_on + 365 AS due FROM training_post p JOIN training_agent a ON a.id = p.agent_id
WHERE p.ended_on IS NULL ORDER BY due LIMIT 50
"""


def fill(agents: int) -> dict:
    """Services, agents, a post or two each, trainings and tutorings, drawn the same at each run."""
    from organisations.enums import Role, UnitKind
    from organisations.models import Membership, Unit, User
    from training.models import Agent, PastTraining, Post, TrainingTheme, TutoringAgreement
    from training.services import themes

    site, draw = Unit.objects.get(code="p0"), random.Random(TODAY.year)
    for number in range(SERVICES * agents // AGENTS):
        Unit.objects.create(code=f"f{number}", name=f"Bureau {number:04d}", kind=UnitKind.BUREAU, parent=site)
    services = list(Unit.objects.filter(code__startswith="f").order_by("pk"))
    themes.load()
    followed = list(TrainingTheme.objects.order_by("position"))[:4]
    for start in range(0, agents, BATCH):
        made = Agent.objects.bulk_create(
            [
                Agent(unit=draw.choice(services), last_name=f"NOM{n:05d}", first_name="Agent", name_key=f"agent nom{n}")
                for n in range(start, min(start + BATCH, agents))
            ]
        )
        held = [(agent, theme) for agent in made for theme in draw.sample(followed, draw.choice((1, 1, 2)))]
        taken = [TODAY - timedelta(days=draw.randrange(30, 4_000)) for _one in held]
        rows = zip(held, taken, strict=True)
        Post.objects.bulk_create(
            [Post(agent=a, unit=a.unit, service=a.unit.name, theme=t, taken_on=on) for (a, t), on in rows]
        )
        trained = [(a, t, TODAY - timedelta(days=draw.randrange(2_000))) for a, t in held if draw.random() < 0.8]
        PastTraining.objects.bulk_create([PastTraining(agent=a, theme=t, on=on) for a, t, on in trained])
        pairs = zip(made[::20], made[1::20], strict=False)
        TutoringAgreement.objects.bulk_create(
            [
                TutoringAgreement(
                    unit=tutee.unit, service="", tutee=tutee, tutor=tutor, starts_on=TODAY, ends_on=date(2027, 6, 1)
                )
                for tutee, tutor in pairs
            ]
        )
    people = {}
    for role, unit in ((Role.TRAINING_MANAGER, site), (Role.HEAD_OF_SERVICE, services[0])):
        people[role] = User.objects.create_user(f"{role}@mesures.invalid", first_name="Mesure", last_name=role.label)
        Membership.objects.create(user=people[role], unit=unit, role=role, valid_from=date(2020, 1, 1))
    return {"code": site.code, "manager": people[Role.TRAINING_MANAGER], "head": people[Role.HEAD_OF_SERVICE]}


def measure(agents: int) -> list[dict]:
    """One row per page: milliseconds, those of the raw SQL, queries."""
    from django.db import connection
    from django.test import Client

    where = fill(agents)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def page(url: str, person: str = "manager"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(where[person])

        def get() -> None:
            assert client.get(url).status_code == 200

        return get

    def sql(text: str):
        return lambda: fetch(text, where)

    place = f"?unite={where['code']}&on={TODAY.isoformat()}"
    return [
        measured(f"Suivi de {agents} agents : les échéances", page(f"/formation/suivi/{place}"), sql(LIST_SQL)),
        measured("Suivi, une page plus loin", page(f"/formation/suivi/{place}&page=40"), sql(LIST_SQL)),
        measured("Agents et thèmes", page(f"/formation/agents-et-themes/{place}"), sql(COUNT_SQL)),
        measured("Prévision à 12 et 24 mois", page(f"/formation/prevision/{place}"), sql(COUNT_SQL)),
        measured("Bilan de l’année", page(f"/formation/bilan/?unite={where['code']}&annee=2026"), sql(COUNT_SQL)),
        measured("Accueil du gestionnaire formation", page("/"), sql(LIST_SQL)),
        measured("Accueil d’un chef de service", page("/", "head"), sql(LIST_SQL)),
    ]


def main() -> None:
    import django

    django.setup()
    json.dump(measure(int(sys.argv[1]) if len(sys.argv) > 1 else AGENTS), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
