"""`manage.py label_status`: what a site holds on a day, each label with its dates, « none » without any."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audits.services import labels
from tests.audits.factories import LabelFactory
from tests.referential.factories import ReferentialFactory

pytestmark = pytest.mark.django_db


def run(unit="aix", **options):
    output = io.StringIO()
    call_command("label_status", unit=unit, format="json", stdout=output, **options)
    return json.loads(output.getvalue())


def test_a_label_with_its_dates_and_its_state(site, referential, rq):
    labels.open_label(
        site=site, referential=referential, obtained_on=date(2020, 2, 11), follow_up_planned="T4 2021", by=rq
    )
    assert run(on="2026-11-29") == [
        {
            "site": "aix",
            "referential": "qual-e-pref",
            "level": None,
            "obtained_on": "2020-02-11",
            "valid_until": "2023-02-11",
            "follow_up_due_on": "2021-08-11",
            "follow_up_planned": {"text": "T4 2021", "earliest": "2021-10-01", "latest": "2021-12-31"},
            "follow_up_done_on": None,
            "state": "expired",
        }
    ]


def test_a_site_without_label(site):
    nothing = dict.fromkeys(
        ("referential", "level", "obtained_on", "valid_until", "follow_up_due_on", "follow_up_planned",
         "follow_up_done_on")
    )  # fmt: skip
    assert run(on="2026-11-29") == [{"site": "aix", **nothing, "state": "none"}]


def test_several_labels_and_those_of_the_sites_below(site, referential):
    LabelFactory(site=site, referential=referential)
    plus = ReferentialFactory(code="services-publics-plus-2023", in_force_from=date(2023, 1, 1))
    LabelFactory(site=site, referential=plus, level="argent", obtained_on=date(2025, 3, 3))
    told = [(one["site"], one["referential"], one["level"], one["state"]) for one in run("pref", on="2026-06-01")]
    assert told == [
        ("pref", None, None, "none"),
        ("aix", "qual-e-pref", None, "expired"),
        ("aix", "services-publics-plus-2023", "argent", "valid"),
    ]


def test_a_label_is_not_prepared_before_its_referential_exists(site, referential):
    LabelFactory(site=site, referential=referential)
    assert [run(on=day)[0]["state"] for day in ("2018-12-18", "2018-12-19")] == ["none", "preparing"]


def test_what_is_wrong_is_one_sentence(site):
    with pytest.raises(CommandError, match="Aucun site n’a le code « nulle-part »"):
        run("nulle-part")
    with pytest.raises(CommandError, match="--on : « demain » n’est pas une date"):
        run(on="demain")
