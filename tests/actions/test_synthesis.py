"""The synthesis: which actions are of a quarter or a year, under which headings, counted once."""

from datetime import date

import pytest

from actions import synthesis
from actions.enums import Origin, Status
from actions.models import Action
from actions.synthesis import BY_ENGAGEMENT, BY_ORIGIN, SynthesisPeriod
from referential.enums import Theme
from tests.actions.factories import ActionFactory, FindingEngagementFactory, FindingFactory, PlanFactory
from tests.referential.factories import EngagementFactory, ModuleFactory, ReferentialFactory

pytestmark = pytest.mark.django_db
TODAY = date(2019, 12, 15)


@pytest.fixture
def plan():
    return PlanFactory(title="CLU du 25 juin 2019", origin=Origin.CLU, origin_on=date(2019, 6, 25))


def action(plan, text: str, *, theme=Theme.RECEPTION, **fields) -> Action:
    return ActionFactory(finding=FindingFactory(plan=plan, theme=theme), text=text, **fields)


def done(plan, text: str, on: date | None, **fields) -> Action:
    return action(plan, text, status=Status.DONE, done_on=on, **fields)


def of(plan, year=2019, quarter=None, **options) -> synthesis.Synthesis:
    return synthesis.synthesise(synthesis.of_site(plan.site), SynthesisPeriod(year, quarter), on=TODAY, **options)


def told(found) -> list[tuple]:
    return [(group.label, [line.action.text for line in group.lines]) for group in found.shown]


def test_the_third_quarter_lists_its_actions_by_theme_in_the_order_of_the_document(plan):
    done(plan, "Actualiser le site", date(2019, 9, 2), theme=Theme.INTERNET)
    done(plan, "Former les agents", date(2019, 9, 20))
    done(plan, "Refaire la signalétique", date(2019, 7, 1))
    done(plan, "Trop tard", date(2019, 10, 1))
    found = of(plan, quarter=3)
    assert told(found) == [
        ("Accueil physique et téléphonique", ["Refaire la signalétique", "Former les agents"]),
        ("Internet et réseaux sociaux", ["Actualiser le site"]),
    ]
    assert found.tally.in_words == "3 actions : 3 réalisées"
    assert found.shown[0].tally.total_in_words == "2 actions"


def test_an_action_is_placed_by_the_day_it_was_done_else_by_its_deadline(plan):
    done(plan, "Avant l’échéance", date(2019, 3, 1), deadline_latest=date(2019, 9, 30))
    done(plan, "Un jour inconnu", None, deadline_latest=date(2019, 9, 30))
    action(plan, "En cours", status=Status.ONGOING, deadline_latest=date(2019, 9, 30))
    action(plan, "Rouverte", status=Status.TODO, done_on=None, deadline_latest=date(2019, 12, 31))
    assert told(of(plan, quarter=1)) == [("Accueil physique et téléphonique", ["Avant l’échéance"])]
    assert told(of(plan, quarter=3)) == [("Accueil physique et téléphonique", ["Un jour inconnu", "En cours"])]
    assert of(plan, quarter=3).tally.details == "1 réalisée et 1 en cours, dont 1 en retard"


def test_without_any_day_an_action_is_of_the_year_of_its_plan_and_of_no_quarter(plan):
    done(plan, "Sans jour", None)
    action(PlanFactory(site=plan.site, origin_on=None), "Sans rien")
    assert told(of(plan)) == [("Accueil physique et téléphonique", ["Sans jour"])]
    assert [told(of(plan, quarter=number)) for number in (1, 2, 3, 4)] == [[], [], [], []]
    assert (len(of(plan).undated), of(plan).groups[0].cells) == (1, ["–", "–", "–", "–", "1 sur 1", "1 sur 1"])


def test_the_cells_of_the_year_say_realised_of_all(plan):
    done(plan, "A", date(2019, 1, 1))
    done(plan, "B", date(2019, 12, 31))
    action(plan, "C", deadline_latest=date(2019, 12, 1))
    action(plan, "L’an prochain", deadline_latest=date(2020, 1, 1))
    expected = ["1 sur 1", "–", "–", "1 sur 2", "–", "2 sur 3"]
    assert (of(plan, quarter=2).groups[0].cells, of(plan).cells) == (expected, expected)
    assert told(of(plan, 2020)) == [("Accueil physique et téléphonique", ["L’an prochain"])]


def test_twins_count_once_and_say_where_else_they_are(plan):
    leader = done(plan, "Communiquer sur les MSAP", date(2019, 9, 2))
    other = PlanFactory(site=plan.site, title="Enquête de satisfaction")
    done(other, "Communication sur les MSAP", date(2019, 9, 2), merged_into=leader)
    (line,) = of(plan, quarter=3).lines
    assert (line.action, line.twins) == (leader, "Enquête de satisfaction")


def test_a_twin_whose_leader_is_not_seen_is_told(plan):
    leader = done(plan, "Communiquer", date(2019, 9, 2))
    twin = done(plan, "Communication", date(2019, 9, 2), merged_into=leader)
    seen = Action.objects.filter(pk=twin.pk)
    assert [line.action for line in synthesis.lines_of(seen, 2019)] == [twin]


def test_by_origin_the_headings_follow_the_order_of_the_origins(plan):
    done(PlanFactory(site=plan.site, origin=Origin.SATISFACTION_SURVEY), "Enquête", date(2019, 9, 2))
    done(plan, "Comité", date(2019, 9, 3))
    assert told(of(plan, quarter=3, by=BY_ORIGIN)) == [("CLU", ["Comité"]), ("Enquête de satisfaction", ["Enquête"])]


def test_by_engagement_an_action_stands_under_each_and_counts_once(plan):
    module = ModuleFactory(referential=ReferentialFactory(name="Qualipref 2.0"))
    four, fourteen = (EngagementFactory(module=module, code=code, title=title) for code, title in
                      (("4", "Nous formons nos agents"), ("14.3", "")))  # fmt: skip
    both = done(plan, "Les deux", date(2019, 9, 2))
    done(plan, "Aucun", date(2019, 9, 3))
    for engagement in (fourteen, four):
        FindingEngagementFactory(finding=both.finding, engagement=engagement)
    found = of(plan, quarter=3, by=BY_ENGAGEMENT)
    assert told(found) == [
        ("E4 – Nous formons nos agents (Qualipref 2.0)", ["Les deux"]),
        ("E14.3 – à compléter (Qualipref 2.0)", ["Les deux"]),
        ("Sans engagement", ["Aucun"]),
    ]
    assert found.tally.total == 2


def test_another_site_is_another_synthesis(plan):
    done(PlanFactory(), "Ailleurs", date(2019, 9, 2))
    assert told(of(plan)) == []
    assert of(plan).tally.in_words == "aucune action"


def test_the_years_are_those_with_something_to_tell(plan):
    done(plan, "A", date(2018, 1, 1), deadline_latest=date(2017, 1, 1))
    action(plan, "B", deadline_latest=date(2021, 1, 1))
    action(plan, "C")
    action(PlanFactory(site=plan.site, origin_on=None), "D")
    assert synthesis.years_of(synthesis.of_site(plan.site)) == [2018, 2019, 2021]


def test_the_period_is_named_in_words():
    assert [SynthesisPeriod(2019, quarter).label for quarter in (None, 1, 2, 3, 4)] == [
        "l’année 2019", "le premier trimestre 2019", "le deuxième trimestre 2019", "le troisième trimestre 2019",
        "le quatrième trimestre 2019",
    ]  # fmt: skip
