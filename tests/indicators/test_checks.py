"""What contradicts itself, is implausible or is missing in the figures of a year."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from indicators import checks
from indicators.enums import Measure
from indicators.services import readings
from tests.indicators.factories import AssignmentFactory, IndicatorFactory, TargetFactory, ValueFactory
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SousPrefectureFactory(code="aix")


@pytest.fixture
def service(site):
    return ServiceFactory(parent=site, sigle="SIDSIC")


@pytest.fixture
def year(site, service):
    def year(indicator, values, **fields):
        for month, value in enumerate(values, start=1):
            ValueFactory(
                indicator=indicator,
                unit=service,
                site=site,
                year=2020,
                month=month,
                value=Decimal(str(value)),
                **fields,
            )
        readings.refresh(indicator.pk, site.pk, 2020)

    return year


def told(run, site, check):
    return [(one.about, one.message) for one in run(site, 2020) if one.check == check]


def test_a_zero_that_drags_the_year_under_its_target(site, year):
    svi = IndicatorFactory(code="svi", label="SVI", measure=Measure.RATE, year_rule="mean")
    TargetFactory(indicator=svi, direction=">=", value=Decimal("0.9"), valid_from=date(2020, 1, 1))
    year(svi, [0.98, 0.98, 0, 0.98])
    (found,) = (one for one in checks.figures(site, 2020) if one.check == "indicators_zero")
    assert (found.about, found.url) == ("SVI", "/indicateurs/pourquoi/svi/aix/2020/3/")
    assert found.message == (
        "« SVI » en mars 2020 : ce 0\u202f% fait passer l’année sous sa cible (73,5\u202f%, 98\u202f% sans lui). "
        "En cas de panne ou de fermeture, choisissez plutôt un état."
    )


def test_a_zero_that_changes_nothing_is_left(site, year):
    svi = IndicatorFactory(label="SVI", measure=Measure.RATE, year_rule="mean")
    TargetFactory(indicator=svi, direction=">=", value=Decimal("0.9"), valid_from=date(2020, 1, 1))
    year(svi, [0.5, 0.5, 0, 0.5])
    assert told(checks.figures, site, "indicators_zero") == []


def test_implausible_figures(site, year):
    year(IndicatorFactory(label="Connexions", measure=Measure.COUNT, year_rule="sum"), [3_900_000])
    year(IndicatorFactory(label="Délai", measure=Measure.DAYS, year_rule="mean"), [600])
    year(IndicatorFactory(label="Courriels", measure=Measure.COUNT, year_rule="sum"), [10, 12, 11, 400])
    assert [about for about, _ in told(checks.figures, site, "indicators_implausible")] == [
        "Connexions",
        "Délai",
        "Courriels",
    ]


def test_a_comment_that_speaks_of_another_medium_than_the_label(site, year):
    indicator = IndicatorFactory(label="Taux de réponse aux courriers dans les 5 jours", measure=Measure.RATE)
    year(indicator, [0.9], comment="1 courriel répondu en 6 jours sur 10")
    year(IndicatorFactory(label="Courriels dans les 5 jours", measure=Measure.RATE), [0.9], comment="1 courriel")
    assert told(checks.figures, site, "indicators_label_comment") == [
        (
            "Taux de réponse aux courriers dans les 5 jours",
            "« Taux de réponse aux courriers dans les 5 jours » en janvier 2020 : l’intitulé « Taux de réponse aux "
            "courriers dans les 5 jours » se contredit avec son commentaire, qui parle de courriels.",
        )
    ]


@time_machine.travel("2026-11-29 10:00")
def test_what_nobody_entered_names_who_answers_for_it(site, service, year):
    entered, blank = IndicatorFactory(label="Saisi"), IndicatorFactory(label="Vide")
    silent = ServiceFactory(parent=site, sigle="BRH", name="Bureau des ressources humaines")
    AssignmentFactory(indicator=entered, site=site, unit=service, valid_from=date(2020, 1, 1))
    AssignmentFactory(indicator=blank, site=site, unit=silent, valid_from=date(2020, 1, 1))
    year(entered, [1])
    assert told(checks.missing, site, "indicators_blank") == [
        ("Vide", "« Vide » : non saisi en 2020, responsable BRH.")
    ]
    assert told(checks.missing, site, "indicators_silent_service") == [
        (
            "Bureau des ressources humaines",
            "« Bureau des ressources humaines » n’a rien saisi en 2020 pour son indicateur (1).",
        )
    ]
