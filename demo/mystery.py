"""A mystery campaign under way in Aix: scenarios, a programme, a guest, and the first calls made."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from demo.clock import told_at
from demo.months import moment
from organisations.models import Unit, User
from surveys.enums import Kind, TestChannel
from surveys.models import Campaign, Questionnaire
from surveys.services import campaigns, mystery

REASON = "Chargement de la démonstration"
CODE = "appels-mystere-en-cours"
BEFORE, AFTER = timedelta(days=10), timedelta(days=21)
SCENARIOS = (
    ("Demander les horaires de l’accueil", "Se dire nouvel habitant ; appeler avant 11 h.", "13-aix-standard"),
    (
        "Demander où en est un courrier",
        "Se dire président d’une association, sans numéro de dossier.",
        "13-aix-courrier",
    ),
)
GOOD = {"svi": "yes", "sonneries": "yes", "accueil": "yes", "courtoisie": "yes", "appel-transfere": "non"}
CALLS = (
    GOOD,
    GOOD | {"sonneries": "no"},
    GOOD | {"appel-transfere": "oui", "transfert": "yes", "identification": "no"},
)


def load_mystery(units: Mapping[str, Unit], people: Mapping[str, User], *, today: date) -> None:
    """The campaign, once; three of its eight calls are made."""
    if Campaign.objects.filter(code=CODE).exists():
        return
    by = people["rq"]
    with told_at([]) as set_clock:
        set_clock(moment(today - BEFORE - timedelta(days=7), 10))
        campaign = campaigns.create(
            title="Appels mystère d’automne",
            kind=Kind.MYSTERY,
            site=units["13-aix"],
            code=CODE,
            by=by,
            reason=REASON,
            questionnaire=Questionnaire.objects.filter(code="mystere-appels", site=None).latest("version"),
            starts_on=today - BEFORE,
            ends_on=today + AFTER,
            investigator="Préfecture du Vaucluse",
            goal=8,
            terms="Huit appels, deux scénarios, à des heures différentes de la journée.",
        )
        programme = []
        for title, instructions, unit in SCENARIOS:
            scenario = mystery.add_scenario(
                campaign,
                channel=TestChannel.CALL,
                title=title,
                instructions=instructions,
                unit=units[unit],
                contact="le standard, aux heures affichées",
                by=by,
                reason=REASON,
            )
            programme += mystery.plan_tests(scenario, count=4, tester="Préfecture du Vaucluse", by=by, reason=REASON)
        set_clock(moment(today - BEFORE, 8))
        campaign = campaigns.open(campaign, by=by)
        point = mystery.invite(campaign, expires_on=campaign.ends_on, label="Préfecture du Vaucluse", by=by)
        programme.sort(key=lambda test: (test.planned_on, test.pk))
        for number, answers in enumerate(CALLS):
            day = min(programme[number].planned_on, today - timedelta(days=1))
            set_clock(moment(day, 17))
            key = uuid5(NAMESPACE_URL, f"urn:qualepref:demo:{CODE}:{number}")
            test = mystery.Test(
                key=key, answers=answers, made_on=day, planned=programme[number], duration=70 + 25 * number
            )
            mystery.record(campaign, test, point=point)
