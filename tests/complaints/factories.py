"""Factories of complaints."""

import uuid
from datetime import date

import factory
from factory import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from complaints import models
from complaints.enums import Channel, MailState, Medium, MessageKind, Nature
from core.record import identities
from tests.actions.factories import FindingFactory
from tests.organisations.factories import SousPrefectureFactory


class ComplaintFactory(DjangoModelFactory):
    """A case as it is stored; its dates are computed by the services, not here."""

    class Meta:
        model = models.Complaint

    reference = Sequence(lambda n: f"R22-{n:08d}")
    site = SubFactory(SousPrefectureFactory)
    channel = Channel.EMAIL
    kind = Nature.COMPLAINT
    received_on = date(2022, 3, 1)


class SuspensionFactory(DjangoModelFactory):
    class Meta:
        model = models.Suspension

    complaint = SubFactory(ComplaintFactory)
    asked_on = date(2022, 3, 2)


class CaseFindingFactory(DjangoModelFactory):
    class Meta:
        model = models.CaseFinding

    complaint = SubFactory(ComplaintFactory)
    finding = SubFactory(FindingFactory)


class CaseMessageFactory(DjangoModelFactory):
    class Meta:
        model = models.CaseMessage

    complaint = SubFactory(ComplaintFactory)
    kind = MessageKind.ANSWER
    written_on = date(2022, 3, 3)
    sealed = LazyFunction(lambda: identities.keep({"subject": "Réponse", "body": "Bonjour"}, kind="message"))


class CaseFileFactory(DjangoModelFactory):
    class Meta:
        model = models.CaseFile

    complaint = SubFactory(ComplaintFactory)
    name = "courrier.pdf"
    file = factory.django.FileField(filename="courrier.pdf", data=b"%PDF-1.4")
    content_type = "application/pdf"
    size = 8
    digest = "0" * 64
    added_on = date(2022, 3, 1)


class ComplaintImportFactory(DjangoModelFactory):
    class Meta:
        model = models.ComplaintImport

    site = SubFactory(SousPrefectureFactory)
    name = "registre.csv"
    file = factory.django.FileField(filename="registre.csv", data=b"Date;Canal")
    digest = "0" * 64


class TallyImportFactory(ComplaintImportFactory):
    class Meta:
        model = models.TallyImport


class TallyFactory(DjangoModelFactory):
    class Meta:
        model = models.Tally

    site = SubFactory(SousPrefectureFactory)
    on = date(2022, 3, 1)
    key = LazyFunction(uuid.uuid4)


class MailboxFactory(DjangoModelFactory):
    class Meta:
        model = models.Mailbox

    site = SubFactory(SousPrefectureFactory)
    label = "Boîte des réclamations"
    host = "imap.example.invalid"
    username = "reclamations"


class MailReceivedFactory(DjangoModelFactory):
    class Meta:
        model = models.MailReceived

    mailbox = SubFactory(MailboxFactory)
    validity = "1"
    uid = Sequence(lambda n: n + 1)
    state = MailState.TAKEN


class DelayRuleFactory(DjangoModelFactory):
    class Meta:
        model = models.DelayRule

    site = SubFactory(SousPrefectureFactory)
    medium = Medium.ELECTRONIC
    valid_from = date(2023, 1, 1)
    acknowledge_days = 5
    answer_days = 4
    source = "Décision du COPIL"


class ReplyTemplateFactory(DjangoModelFactory):
    class Meta:
        model = models.ReplyTemplate

    site = SubFactory(SousPrefectureFactory)
    kind = MessageKind.ANSWER
    title = "Réponse type"
    subject = "Votre réclamation {reference}"
    body = "Bonjour,\n\nNous avons reçu votre message le {received_on}."


class RetentionTermFactory(DjangoModelFactory):
    class Meta:
        model = models.RetentionTerm

    site = SubFactory(SousPrefectureFactory)
    kind = Nature.COMPLAINT
    valid_from = date(2022, 1, 1)
    months = 24
