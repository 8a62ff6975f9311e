"""20,000 agents in 1,500 services of 100 préfectures: the due list, agents by themes, the forecast, two home pages.

As many as the country has (`seed_national`): 200 agents a préfecture, whose training manager reads them all. Then a
préfecture that none is, with 2,000. Run by tests/bench/run.py in a process of its own, on a database of one site.
"""

import json
import random
import sys
from datetime import date, timedelta

from tests.bench.timing import fetch, measured

PLACES, SERVICES, AGENTS, CROWD = 100, 15, 200, 2_000  # préfectures; of each, services and agents
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


def fill() -> dict:
    """Préfectures, services, agents, a post or two each, trainings and tutorings, drawn the same at each run."""
    from organisations.enums import Role, UnitKind
    from organisations.models import Unit
    from training.models import TrainingTheme
    from training.services import themes

    site, draw = Unit.objects.get(code="p0"), random.Random(TODAY.year)
    themes.load()
    followed = list(TrainingTheme.objects.order_by("position"))[:4]
    sites = [site]
    for number in range(1, PLACES + 1):
        held = {"kind": UnitKind.PREFECTURE, "holiday_zone": site.holiday_zone}
        sites.append(Unit.objects.create(code=f"t{number}", name=f"Préfecture {number:03d}", **held))
    for one in sites:
        many = CROWD if one == site else AGENTS
        services = [
            Unit.objects.create(code=f"{one.code}-f{n}", name=f"Bureau {n:03d}", kind=UnitKind.BUREAU, parent=one)
            for n in range(SERVICES * many // AGENTS)
        ]
        _people(services, many, followed, draw)
    return {
        "code": sites[1].code,
        "crowd": site.code,
        "manager": _account(sites[1], Role.TRAINING_MANAGER),
        "crowded": _account(site, Role.TRAINING_MANAGER),
        "head": _account(sites[1].children.first(), Role.HEAD_OF_SERVICE),
    }


def _account(unit, role):
    from organisations.models import Membership, User

    person = User.objects.create_user(f"{unit.code}@mesures.invalid", first_name="Mesure", last_name=role.label)
    Membership.objects.create(user=person, unit=unit, role=role, valid_from=date(2020, 1, 1))
    return person


def _people(services: list, many: int, followed: list, draw: random.Random) -> None:
    """The agents of a préfecture, with what their statuses rest on."""
    from training.models import Agent, PastTraining, Post, TutoringAgreement

    made = Agent.objects.bulk_create(
        [
            Agent(unit=draw.choice(services), last_name=f"NOM{n:05d}", first_name="Agent", name_key=f"agent nom{n}")
            for n in range(many)
        ]
    )
    held = [(agent, theme) for agent in made for theme in draw.sample(followed, draw.choice((1, 1, 2)))]
    posts = [
        Post(agent=a, unit=a.unit, service=a.unit.name, theme=t, taken_on=_before(draw.randrange(30, 4_000)))
        for a, t in held
    ]
    Post.objects.bulk_create(posts)
    trained = [(a, t, _before(draw.randrange(2_000))) for a, t in held if draw.random() < 0.8]
    PastTraining.objects.bulk_create([PastTraining(agent=a, theme=t, on=on) for a, t, on in trained])
    ends = {"starts_on": TODAY, "ends_on": date(2027, 6, 1)}
    pairs = zip(made[::20], made[1::20], strict=True)
    TutoringAgreement.objects.bulk_create(
        [TutoringAgreement(unit=one.unit, service="", tutee=one, tutor=tutor, **ends) for one, tutor in pairs]
    )


def _before(days: int) -> date:
    return TODAY - timedelta(days=days)


def measure() -> list[dict]:
    """One row per page: milliseconds, those of the raw SQL, queries."""
    from django.db import connection
    from django.test import Client

    where = fill()
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

    place, crowd = (f"?site={where[one]}&on={TODAY.isoformat()}" for one in ("code", "crowd"))
    return [
        measured(f"Suivi de {AGENTS} agents : les échéances", page(f"/formation/suivi/{place}"), sql(LIST_SQL)),
        measured("Agents et thèmes", page(f"/formation/agents-et-themes/{place}"), sql(COUNT_SQL)),
        measured("Prévision à 12 et 24 mois", page(f"/formation/prevision/{place}"), sql(COUNT_SQL)),
        measured("Bilan de l’année", page(f"/formation/suivi/bilan/?site={where['code']}&annee=2026"), sql(COUNT_SQL)),
        measured("Accueil du gestionnaire formation", page("/"), sql(LIST_SQL)),
        measured("Accueil d’un chef de service", page("/", "head"), sql(LIST_SQL)),
        measured(f"Suivi de {CROWD} agents", page(f"/formation/suivi/{crowd}", "crowded"), sql(LIST_SQL)),
        measured(f"Prévision de {CROWD} agents", page(f"/formation/prevision/{crowd}", "crowded"), sql(COUNT_SQL)),
    ]


def main() -> None:
    import django

    django.setup()
    json.dump(measure(), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
