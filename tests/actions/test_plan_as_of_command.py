"""`manage.py plan_as_of`: the shape promised, and one sentence when it cannot."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans
from tests.organisations.factories import ServiceFactory

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2016, 10, 7, 10, tzinfo=UTC)


@pytest.fixture
def imported(site, service, rq):
    plan = plans.create_plan(
        site=site, title="Audit", origin="internal_audit", origin_on=date(2015, 10, 16), by=rq, effective_at=WRITTEN
    )
    finding = findings.add_finding(plan, text="Enquêtes à programmer", by=rq, effective_at=WRITTEN)
    actions.add_action(
        finding, text="", deadline="1er trim. 2016", status="done", comment="Prévues en avril", by=rq,
        responsibles=[Responsible(unit=service), Responsible(words="correspondants")], effective_at=WRITTEN,
    )  # fmt: skip


def run(**options) -> str:
    output = io.StringIO()
    call_command("plan_as_of", stdout=output, **options)
    return output.getvalue()


def test_it_prints_the_plans_of_the_day(site, imported):
    printed = json.loads(run(unit=site.parent.code, date="2016-10-07", format="json"))
    assert printed == {
        "date": "2016-10-07",
        "plans": [
            {
                "title": "Audit",
                "origin": "internal_audit",
                "origin_on": "2015-10-16",
                "findings": [
                    {
                        "number": 1,
                        "text": "Enquêtes à programmer",
                        "kind": "observation",
                        "engagements": [],
                        "actions": [
                            {
                                "text": "Enquêtes à programmer",
                                "responsibles": ["BRH", "correspondants"],
                                "deadline": {
                                    "text": "1er trim. 2016", "earliest": "2016-01-01", "latest": "2016-03-31",
                                },
                                "status": "done",
                                "done_on": None,
                                "comment": "Prévues en avril",
                            }
                        ],
                    }
                ],
            }
        ],
    }  # fmt: skip


def test_a_day_without_plan_prints_none(site, imported):
    assert json.loads(run(unit=site.code, date="2016-10-06", format="json")) == {"date": "2016-10-06", "plans": []}
    assert run(unit=site.code, date="2016-10-06").splitlines()[-1] == "Aucun plan d’actions ce jour-là."


def test_it_reads_as_text_too(site, imported):
    head, _blank, *lines = run(unit=site.code, date="2016-10-07").splitlines()
    assert head.startswith("État au 07/10/2016 – Sous-préfecture de Soissons – empreinte ")
    assert lines == [
        "Audit",
        "   1 Enquêtes à programmer",
        "     – BRH, correspondants · 1er trim. 2016 · réalisée · Prévues en avril",
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days_too(site, imported, day):
    assert json.loads(run(unit=site.code, date=day, format="json"))["date"] == day


def test_what_cannot_be_read_is_said_in_one_sentence(site):
    with pytest.raises(CommandError, match=r"^Aucun site n’a le code « 99 ».$"):
        run(unit="99", date="2016-10-07")
    with pytest.raises(CommandError, match=r"^Aucun site n’a le code « un-bureau ».$"):
        run(unit=ServiceFactory(code="un-bureau", parent=site).code, date="2016-10-07")
    with pytest.raises(CommandError, match=r"^--date : « 07/10/2016 » n’est pas une date"):
        run(unit=site.code, date="07/10/2016")
