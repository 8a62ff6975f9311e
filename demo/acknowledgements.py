"""The automatic acknowledgements of the functional mailboxes of Aix, tested by a partner; closed, with their delays."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from demo.clock import told_at
from demo.months import moment
from organisations.models import Unit, User
from surveys.enums import Kind
from surveys.models import Campaign, PlannedTest, Questionnaire
from surveys.rules.scenarios import proposal_for
from surveys.services import campaigns, mystery

REASON = "Chargement de la démonstration"
CODE = "accuses-reception-aix"
GRID = "mystere-accuses"
BEFORE, LENGTH = timedelta(days=150), timedelta(days=11)
COMPLETE = {"accuse-recu": "yes", "immediat": "yes", "date": "yes", "service": "yes", "suite": "yes"}
NAMES = ("de l’accueil", "du séjour", "des associations", "des collectivités", "du standard", "du point numérique")
# the mailbox, the service that reads it, what its acknowledgement was like, after how many minutes
MAILBOXES: tuple[tuple[str, str, Mapping, int | None], ...] = (
    ("accueil@aix.demo.invalid", "13-aix-accueil", COMPLETE, 1),
    ("sejour@aix.demo.invalid", "13-aix-sejour", COMPLETE | {"suite": "no"}, 2),
    ("associations@aix.demo.invalid", "13-aix-courrier", COMPLETE | {"service": "no"}, 2),
    ("collectivites@aix.demo.invalid", "13-aix-collectivites", COMPLETE | {"immediat": "no", "suite": "no"}, 194),
    ("standard@aix.demo.invalid", "13-aix-standard", {"accuse-recu": "no"}, None),
    ("point-numerique@aix.demo.invalid", "13-aix-numerique", COMPLETE, 1),
)


def load_acknowledgements(units: Mapping[str, Unit], people: Mapping[str, User], *, today: date) -> None:
    """The campaign, once: one scenario and one test a mailbox."""
    if Campaign.objects.filter(code=CODE).exists():
        return
    by, first, proposal = people["rq"], today - BEFORE, proposal_for(GRID)
    with told_at([]) as set_clock:
        set_clock(moment(first - timedelta(days=7), 10))
        campaign = campaigns.create(
            title="Accusés de réception des boîtes fonctionnelles",
            kind=Kind.MYSTERY,
            site=units["13-aix"],
            code=CODE,
            questionnaire=Questionnaire.objects.filter(code=GRID, site=None).latest("version"),
            starts_on=first,
            ends_on=first + LENGTH,
            investigator="Préfecture du Vaucluse",
            goal=len(MAILBOXES),
            by=by,
            reason=REASON,
            terms="Un message à chaque boîte fonctionnelle, un jour ouvré avant midi.",
            significance_threshold=4,
        )
        scenarios = [
            mystery.add_scenario(
                campaign,
                channel=proposal.channel,
                title=f"Boîte {name}",
                contact=address,
                instructions=proposal.instructions,
                unit=units[unit],
                by=by,
                reason=REASON,
            )
            for name, (address, unit, _, _) in zip(NAMES, MAILBOXES, strict=True)
        ]
        campaign = campaigns.open(campaign, by=by)
        for number, (scenario, (_, _, answers, minutes)) in enumerate(zip(scenarios, MAILBOXES, strict=True)):
            (planned,) = mystery.plan_tests(scenario, count=1, tester=campaign.investigator, by=by, reason=REASON)
            sent_at = moment(planned.planned_on, 9) + timedelta(minutes=10 * number)
            replied_at = None if minutes is None else sent_at + timedelta(minutes=minutes)
            set_clock(sent_at + timedelta(hours=8))
            mystery.record(campaign, _test(number, planned, answers, sent_at, replied_at))
        set_clock(moment(first + LENGTH + timedelta(days=1), 10))
        campaigns.close(campaign, by=by)


def _test(
    number: int, planned: PlannedTest, answers: Mapping, sent_at: datetime, replied_at: datetime | None
) -> mystery.Test:
    return mystery.Test(
        key=uuid5(NAMESPACE_URL, f"urn:qualepref:demo:{CODE}:{number}"),
        answers=answers,
        made_on=sent_at.date(),
        planned=planned,
        sent_at=sent_at,
        replied_at=replied_at,
    )
