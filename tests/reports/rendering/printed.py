"""Every PDF of the house, by the function that lays it out: who adds one adds it here, and it is walked."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from actions.exports.plan_pdf import plan_pdf
from clu.printing import arrete
from clu.printing import document as paper
from clu.printing import documents as meetings
from clu.publications import deck_of
from complaints.enums import Channel
from complaints.services import cases
from core.pages import decks
from indicators.models import Snapshot
from indicators.printing import dashboard
from indicators.services import dashboards
from organisations.enums import Role
from reports.rendering import parts
from reports.rendering.papers import PAPERS
from reports.rendering.report import context_of
from surveys.enums import Language, PublicationKind
from surveys.printing import documents as forms
from surveys.publications import content_of, files
from tests.actions.exports.documents import document, sheet
from tests.clu.factories import AgendaItemFactory, AttendanceFactory, CommitteeFactory, MandateFactory, MeetingFactory
from tests.organisations.factories import user_with
from tests.surveys.factories import CollectionPointFactory, PlaceFactory
from tests.training.factories import AgreementFactory, EnrolmentFactory, SessionThemeFactory
from training import printing as training

TODAY = date(2022, 3, 10)
Printed = Iterator[bytes]


def bilan(report, **_more) -> Printed:
    context = context_of(report)
    yield parts.render(context)[0]
    yield parts.render(context, note=parts.DRAFT)[0]


def plaquette(report, **_more) -> Printed:
    yield PAPERS["plaquette"].pdf(report)[0]


def transparence(report, **_more) -> Printed:
    yield PAPERS["transparence"].pdf(report)[0]


def month(report, **_more) -> Printed:
    dashboards.seal(site=report.site, year=report.year, month=6, by=None)
    yield dashboard.pdf_of(Snapshot.objects.select_related("site").get())


def posters(campaign, **_more) -> Printed:
    for kind in (PublicationKind.POSTER_A3, PublicationKind.POSTER_A4):
        yield files.render(content_of(campaign), kind, today=TODAY)


def slides(campaign, **_more) -> Printed:
    yield files.render(content_of(campaign), PublicationKind.SLIDES_PDF, today=TODAY)
    meeting = MeetingFactory(committee=CommitteeFactory(site=campaign.site), held_on=TODAY)
    AgendaItemFactory(meeting=meeting, content="satisfaction")
    yield decks.pdf(deck_of(meeting, today=TODAY).slides)


def point(campaign, **_more) -> Printed:
    place = PlaceFactory(site=campaign.site, name="Accueil général")
    yield forms.poster_pdf(CollectionPointFactory(campaign=campaign, channel="qr", token="abc_DEF-123", place=place))


def paper_form(campaign, **_more) -> Printed:
    for language in Language:
        yield forms.paper_form_pdf(campaign, language)


def plan(**_more) -> Printed:
    yield plan_pdf(document(sheet(), sheet()))[0]


def trainings(**_more) -> Printed:
    enrolment = EnrolmentFactory(state="present")
    SessionThemeFactory(session=enrolment.session)
    for html in (
        training.agreement_html(AgreementFactory()),
        training.attestation_html(enrolment),
        training.attestations_html(enrolment.session),
        training.sheet_html(enrolment.session),
    ):
        yield training.as_pdf(html)


def papers_of_a_meeting(report, **_more) -> Printed:
    committee = CommitteeFactory(site=report.site)
    MandateFactory(member__committee=committee)
    yield paper.pdf(meetings.members(committee, today=TODAY))
    yield paper.pdf(arrete.order(committee, today=TODAY))
    meeting = MeetingFactory(committee=committee, held_on=TODAY, minutes="Un titre\n\nDes mots.\n\n- Une décision")
    AttendanceFactory(meeting=meeting, presence="present")
    for _label, made in meetings.DOCUMENTS.values():
        yield paper.pdf(made(meeting, today=TODAY))


def letter(report, client: Any, **_more) -> Printed:
    referent = user_with(Role.QUALITY_REFERENT, report.site)
    client.force_login(referent)
    person = {"name": "Anne Durand", "text": "J’ai attendu."}
    case = cases.register(report.site, channel=Channel.LETTER, received_on=TODAY, by=referent, person=person)
    told = {"on": "2022-03-10", "subject": "Réponse", "body": "Deux guichets de plus."}
    client.post(reverse("complaints:case-answer", args=[case.reference]), told)
    yield client.post(reverse("complaints:case-letter", args=[case.reference])).content


# the module and the function that ask the renderer, and what makes all they print
PRINTED: Mapping[str, Callable[..., Printed]] = {
    "actions.exports.plan_pdf.plan_pdf": plan,
    "clu.printing.document.pdf": papers_of_a_meeting,
    "complaints.views.case_page.post": letter,
    "core.pages.decks.writing.pdf": slides,
    "indicators.printing.dashboard.pdf_of": month,
    "reports.rendering.papers.plaquette_pdf": plaquette,
    "reports.rendering.parts.render": bilan,
    "reports.rendering.posters.transparence_pdf": transparence,
    "surveys.printing.documents.paper_form_pdf": paper_form,
    "surveys.printing.documents.poster_pdf": point,
    "surveys.publications.posters.poster_pdf": posters,
    "training.printing.as_pdf": trainings,
}
