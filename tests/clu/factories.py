"""Factories of the committees."""

from datetime import date

import factory
from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from clu import models
from clu.enums import CommitteeKind
from tests.organisations.factories import SousPrefectureFactory


class CommitteeFactory(DjangoModelFactory):
    class Meta:
        model = models.Committee

    site = SubFactory(SousPrefectureFactory)
    kind = CommitteeKind.CLU


class OrderFactory(DjangoModelFactory):
    class Meta:
        model = models.Order

    committee = SubFactory(CommitteeFactory)
    reference = "Arrêté n° 2022-45"
    signed_on = date(2022, 1, 10)


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = models.Member

    committee = SubFactory(CommitteeFactory)
    organisation = Sequence(lambda n: f"Association {n}")


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = models.Mandate

    member = SubFactory(MemberFactory)
    holder = "Mme Anne Martin"


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = models.Meeting

    committee = SubFactory(CommitteeFactory)
    held_on = date(2022, 3, 10)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meeting = SubFactory(MeetingFactory)
    title = "Présentation de la démarche"


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Attendance

    meeting = SubFactory(MeetingFactory)
    person = Sequence(lambda n: f"Personne {n}")


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = models.Note

    meeting = SubFactory(MeetingFactory)
    text = "Élargir les plages de rendez-vous"


class OpinionFactory(DjangoModelFactory):
    class Meta:
        model = models.Opinion

    meeting = SubFactory(MeetingFactory)
    title = "Courriel type : demande d’information"


class MembersImportFactory(DjangoModelFactory):
    class Meta:
        model = models.MembersImport

    site = SubFactory(SousPrefectureFactory)
    kind = CommitteeKind.CLU
    name = "membres.csv"
    file = factory.django.FileField(filename="membres.csv", data=b"a;b")
    digest = "0" * 64


class AttendanceImportFactory(DjangoModelFactory):
    class Meta:
        model = models.AttendanceImport

    site = SubFactory(SousPrefectureFactory)
    kind = CommitteeKind.CLU
    held_on = date(2022, 3, 10)
    name = "presences.csv"
    file = factory.django.FileField(filename="presences.csv", data=b"a;b")
    digest = "0" * 64
