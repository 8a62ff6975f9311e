"""The file of the actions: read as values, it holds what the objects say."""

from datetime import date

import pytest
import time_machine

from actions.enums import Status
from actions.models import Action
from actions.tables import cells
from actions.tables.actions import ActionFile
from tests.actions.factories import (
    ActionFactory,
    ActionResponsibleFactory,
    FindingEngagementFactory,
    FindingFactory,
    PlanFactory,
)
from tests.organisations.factories import ServiceFactory, UserFactory
from tests.referential.factories import EngagementFactory

pytestmark = pytest.mark.django_db
TODAY = date(2016, 3, 15)


@pytest.fixture
def actions():
    """Every status, before, on and after its latest day and without one; engagements, words or none."""
    plan = PlanFactory(origin_on=date(2015, 10, 16))
    findings = [
        FindingFactory(plan=plan, number=n, engagement_words=words) for n, words in ((1, ""), (2, "E9"), (3, ""))
    ]
    for finding, codes in ((findings[0], ["14.3", "2.1"]), (findings[1], ["5.1"])):
        for code in codes:
            FindingEngagementFactory(finding=finding, engagement=EngagementFactory(code=code))
    days = (date(2016, 3, 14), TODAY, date(2016, 3, 16), None)
    for number, status in enumerate(Status.values):
        for place, day in enumerate(days):
            ActionFactory(
                finding=findings[(number + place) % 3], status=status, position=place, deadline_latest=day,
                deadline_text=str(day or "bientôt"), comment="Vu\nle 3",
            )  # fmt: skip
    first, second, *_ = Action.objects.order_by("pk")
    unit, person = ServiceFactory(sigle="BRH"), UserFactory(first_name="Ana", last_name="Petit")
    ActionResponsibleFactory(action=first, unit=None, user=person, words="référent qualité", position=1)
    ActionResponsibleFactory(action=first, unit=unit, position=0)
    ActionResponsibleFactory(action=first, unit=None, words="tous", position=2)
    ActionResponsibleFactory(action=second, unit=None, user=person)
    return Action.objects.for_list().pending_first()


def test_each_cell_is_what_its_action_says(actions, django_assert_num_queries):
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        table = ActionFile(actions)
        with django_assert_num_queries(6):  # actions, engagements and their names, responsibles, units, people
            rows = list(table.export_rows())
    heads = [column.label for column in table.export_columns()]
    assert [dict(zip(heads, row, strict=True)) for row in rows] == [
        {
            "Plan": action.finding.plan.title,
            "Origine": action.finding.plan.get_origin_display(),
            "Site": action.finding.plan.site.name,
            "Rubrique": action.finding.section,
            "N°": action.finding.number,
            "Engagements": cells.engagements_text(action.finding),
            "Constat": action.finding.text,
            "Nature": action.finding.get_kind_display(),
            "Thème": action.finding.get_theme_display(),
            "Action": action.text,
            "Responsables": cells.responsibles_text(action),
            "Échéance": action.deadline_text,
            "Au plus tard le": action.deadline_latest,
            "En retard": "oui" if action.is_late(TODAY) else "non",
            "Statut": action.get_status_display(),
            "Réalisée le": action.done_on,
            "Commentaire": action.comment,
        }
        for action in actions
    ]
    assert [row[10] for row in rows if row[10]] == ["BRH, référent qualité, tous", "Ana Petit"]
    assert {row[5] for row in rows} == {"E14.3, E2.1", "E5.1", ""}
