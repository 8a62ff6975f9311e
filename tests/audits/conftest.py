"""A site with a referential in force, and the person who runs its quality programme."""

from datetime import date

import pytest

from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory, ModuleFactory, ReferentialFactory


@pytest.fixture
def site():
    return SousPrefectureFactory(code="aix", name="Sous-préfecture d’Aix", parent=PrefectureFactory(code="pref"))


@pytest.fixture
def rq(site):
    return user_with(Role.QUALITY_REFERENT, site)


@pytest.fixture
def referential():
    return ReferentialFactory(code="qual-e-pref", name="Qual-e-Pref", in_force_from=date(2018, 12, 19))


@pytest.fixture
def module(referential):
    return ModuleFactory(referential=referential, code="1", title="Relation générale avec les usagers")


@pytest.fixture
def engagement(module):
    return EngagementFactory(module=module, code="10", title="Un accueil téléphonique attentif")
