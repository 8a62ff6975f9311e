"""What a year lacks: a CLU, the answers of a service."""

from datetime import date

import pytest
import time_machine

from reports import checks
from tests.clu.factories import CommitteeFactory, MeetingFactory
from tests.complaints.factories import ComplaintFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-29 10:00")
def test_a_year_without_clu_is_told_of_a_site_that_has_one():
    site = SousPrefectureFactory()
    assert list(checks.year_without_clu(site, 2020)) == []
    committee = CommitteeFactory(site=site)
    MeetingFactory(committee=committee, held_on=date(2022, 3, 10))
    told = {year: [one.message for one in checks.year_without_clu(site, year)] for year in (2020, 2022, 2026)}
    assert told == {
        2020: ["Aucun CLU ne s’est tenu en 2020 : il se réunit au moins une fois par an."],
        2022: [],
        2026: ["Aucun CLU n’est prévu en 2026 : il se réunit au moins une fois par an."],
    }


def test_a_service_that_never_answers_is_named():
    site = SousPrefectureFactory()
    silent, other = (ServiceFactory(parent=site, name=name) for name in ("Bureau du séjour", "Accueil"))
    for service, answered_on in ((silent, None), (silent, None), (other, date(2022, 3, 1)), (other, None)):
        ComplaintFactory(
            site=site, is_transmitted=True, transmitted_to=service, received_on=date(2022, 2, 1),
            answered_on=answered_on,
        )  # fmt: skip
    assert [one.message for one in checks.silent_services(site, 2022)] == [
        "« Bureau du séjour » n’a fait connaître aucune réponse à 2 demandes transmises en 2022."
    ]
