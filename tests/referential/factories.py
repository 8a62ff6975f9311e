"""Factories of the referential."""

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from referential.models import Correspondence, Engagement, Module, Perimeter, Referential, ReferentialImport
from tests.organisations.factories import LONG_AGO, PrefectureFactory


class ReferentialFactory(DjangoModelFactory):
    class Meta:
        model = Referential

    code = Sequence(lambda n: f"referentiel-{n}")
    name = Sequence(lambda n: f"Référentiel {n}")
    in_force_from = LONG_AGO


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    referential = SubFactory(ReferentialFactory)
    code = Sequence(str)
    title = "Accueil physique"


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    module = SubFactory(ModuleFactory)
    code = Sequence(lambda n: f"{n}.1")
    title = "Nous répondons à vos appels"


class CorrespondenceFactory(DjangoModelFactory):
    class Meta:
        model = Correspondence

    old = SubFactory(EngagementFactory)
    new = SubFactory(EngagementFactory)


class ReferentialImportFactory(DjangoModelFactory):
    class Meta:
        model = ReferentialImport

    referential = SubFactory(ReferentialFactory)
    name = "referentiel.xlsx"


class PerimeterFactory(DjangoModelFactory):
    class Meta:
        model = Perimeter

    site = SubFactory(PrefectureFactory)
    module = SubFactory(ModuleFactory)
    valid_from = LONG_AGO
