"""A site with a few indicators of the catalogue."""

import pytest

from tests.indicators.factories import FamilyFactory, IndicatorFactory, TargetFactory
from tests.organisations.factories import PrefectureFactory


@pytest.fixture
def site(db):
    family = FamilyFactory(name="Accueil téléphonique")
    rate = IndicatorFactory(code="appels", label="Taux d’appels aboutis", family=family, measure="rate", direction=">=")
    TargetFactory(indicator=rate, site=None, direction=">=", value="0.9")
    others = (
        ("svi", "Taux d’appels aboutis SVI", "rate", ">=", "monthly"),
        ("courriers", "Taux de réponse aux courriers dans le délai", "rate", ">=", "monthly"),
        ("connexions", "Taux de connexions au site internet", "rate", ">=", "monthly"),
        ("delai", "Délai moyen de réponse aux courriers", "days", "<", "monthly"),
        ("civ", "Délai moyen trimestriel de délivrance des CIV", "days", "<=", "quarterly"),
        ("usagers", "Nombre d’usagers reçus au PN", "count", "", "monthly"),
    )
    for code, label, measure, direction, frequency in others:
        IndicatorFactory(
            code=code,
            label=label,
            family=family,
            measure=measure,
            direction=direction,
            frequency=frequency,
            year_rule="mean",
        )
    return PrefectureFactory(code="essai", name="Préfecture d’essai")
