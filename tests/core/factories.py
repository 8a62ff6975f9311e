"""Factories of the core: holidays, jobs, mails."""

from datetime import UTC, date, datetime

import factory
from factory import SubFactory
from factory.django import DjangoModelFactory

from core.base.digests import digest_of_chunks
from core.base.enums import JobState
from core.models import Holiday, HolidayZone, Job, Notice


class HolidayZoneFactory(DjangoModelFactory):
    class Meta:
        model = HolidayZone
        django_get_or_create = ("code",)

    code = "metropole"
    name = "Métropole"


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    zone = SubFactory(HolidayZoneFactory)
    date = date(2020, 5, 1)
    label = "Fête du Travail"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "test"
    label = "Un travail"
    state = JobState.QUEUED


class DoneJobFactory(JobFactory):
    """A job that produced a file."""

    label = "Bilan"
    state = JobState.DONE
    ended_at = datetime(2021, 1, 15, 9, tzinfo=UTC)
    result_file = factory.django.FileField(filename="bilan.pdf", data=b"%PDF-1.7")
    result_name = "bilan.pdf"
    result_digest = digest_of_chunks([b"%PDF-1.7"])


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    kind = "test"
    recipient = "personne@example.invalid"
    sent_on = date(2020, 1, 2)
    subject = "Objet"
    body = "Texte"
