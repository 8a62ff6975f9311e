"""Courses and sessions: catalogue, enrolments, the sign-in sheet made presences in one act, certificates."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponseBase
from django.views import View

from core.pages import PageAction, VerbPage
from core.pages.access import OnObject
from core.pages.section import Add, Change, Detail, Fill, History, Listing, Methods, Own, Parent, Section
from core.pages.stored_files import serve
from core.pages.verb import NO_REASON
from organisations.permissions import Permission
from training.enums import HELD, Attendance
from training.filters import CourseFilter, SessionFilter
from training.forms.sessions import (
    CertificateForm,
    CourseFactsForm,
    CourseForm,
    EnrolForm,
    SessionForm,
    SheetForm,
    StateForm,
)
from training.models import Course, Enrolment, Session
from training.services import sessions
from training.tables.training import CourseTable, SessionTable
from training.views.documents import AttestationPdf, AttestationsPdf, SheetPdf
from training.views.tablet import Tablet

P = Permission
SESSIONS = (("Sessions", "training:sessions"),)


class CourseFile(Methods):
    """A course with its sessions."""

    template_name = "training/course.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = self.object.sessions.order_by("-starts_on", "pk")
        return super().get_context_data(sessions=rows, **context)


class FilledCourse(Methods):
    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in sessions.COURSE_FIELDS}


class Courses(Section):
    name, path, permission = "training:course", "catalogue/<int:pk>", P.TRAINING_MANAGE
    queryset = Course.objects.select_related("unit")

    listing = Listing(
        "catalogue/",
        table_class=CourseTable,
        filterset_class=CourseFilter,
        queryset=Course.objects.select_related("unit").annotate(session_count=Count("sessions")),
        title="Catalogue des formations",
        noun=("formation", "formations"),
        empty_title="Le catalogue est vide.",
        empty_text="Le gestionnaire formation y ajoute les formations proposées, puis leurs sessions.",
    )
    create = Add("catalogue/nouvelle", CourseForm, sessions.add_course, title="Ajouter une formation")
    detail = Detail(
        page=CourseFile,
        facts=("unit", "provider", "checked_on", "comment"),
        actions=(
            PageAction("Prévoir une session", "training:course-plan", permission, kind=""),
            PageAction("Modifier", "training:course-edit", permission),
        ),
    )
    edit = Change(CourseFactsForm, sessions.change_course, page=FilledCourse)
    plan = Fill("session", SessionForm, sessions.plan, title="Prévoir une session", button_label="Prévoir")
    history = History()


class SessionFile(Methods):
    """A session with those enrolled, named to whom reads their names."""

    template_name = "training/session.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        session, user = self.object, self.request.user
        rows = Enrolment.objects.visible_to(user).filter(session=session).select_related("agent__unit")
        states = session.enrolments.order_by().values_list("state").annotate(number=Count("pk"))
        return super().get_context_data(
            enrolments=rows.order_by("agent__last_name", "agent__first_name", "pk"),
            themes=[row.theme for row in session.covered.select_related("theme")],
            states=[(str(Attendance(state).label), number) for state, number in states],
            may_manage=self.allows(P.TRAINING_MANAGE),
            has_present=Attendance.PRESENT in dict(states),
            **context,
        )


class FilledSession(Methods):
    def get_initial(self) -> dict[str, Any]:
        session = self.object
        told = {name: getattr(session, name) for name in sessions.SESSION_FIELDS}
        return told | {"themes": list(session.covered.values_list("theme_id", flat=True))}


class OfSession(Methods):
    """A form that knows the session it is about."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"session": self.object}


class Convene(VerbPage):
    """Write to those who are awaited, and say to how many."""

    queryset = Session.objects.select_related("course", "unit")
    permission = P.TRAINING_MANAGE
    title = "Convoquer à la formation"
    button_label = "Envoyer les convocations"
    reason = NO_REASON
    consequences = (
        "Chaque agent inscrit ou retenu qui a une adresse reçoit un courriel, avec l’événement d’agenda.",
        "Les inscrits deviennent « retenus ».",
    )

    def verb(self, obj, *, reason: str):
        self.done = sessions.convene(obj, by=self.request.user, reason=reason)

    def get_success_message(self) -> str:
        return self.done.words


class FilledSheet(OfSession):
    def get_initial(self) -> dict[str, Any]:
        present = self.object.enrolments.filter(state=Attendance.PRESENT)
        return {"present": list(present.values_list("pk", flat=True))}


_TAKEN = Count("enrolments", filter=Q(enrolments__state__in=HELD))
_PRESENT = Count("enrolments", filter=Q(enrolments__state=Attendance.PRESENT))


class Sessions(Section):
    name, path, permission = "training:session", "sessions/<int:pk>", P.TRAINING_MANAGE
    queryset = Session.objects.select_related("course", "unit")

    listing = Listing(
        "sessions/",
        table_class=SessionTable,
        filterset_class=SessionFilter,
        queryset=Session.objects.select_related("course", "unit").annotate(taken=_TAKEN, present_count=_PRESENT),
        title="Sessions",
        noun=("session", "sessions"),
        actions=(PageAction("Prévoir une session depuis le catalogue", "training:courses", permission, kind=""),),
        empty_title="Aucune session n’est prévue.",
        empty_text="Une session se prévoit depuis une formation du catalogue, ou s’importe avec ses inscrits.",
    )
    detail = Detail(
        page=SessionFile,
        facts=("course", "unit", "starts_on", "ends_on", "place", "seats", "comment"),
        actions=(
            PageAction("Inscrire des agents", "training:session-enrol", permission, kind=""),
            PageAction("Convoquer", "training:session-convene", permission),
            PageAction("Émarger sur une tablette", "training:session-tablet", permission),
            PageAction("Saisir les présences", "training:session-sheet", permission),
            PageAction(
                "Feuille d’émargement à signer (PDF)", "training:session-sheet-pdf", permission, kind="tertiary"
            ),
            PageAction("Modifier", "training:session-edit", permission),
        ),
    )
    edit = Change(SessionForm, sessions.change, page=FilledSession)
    enrol = Fill(
        "inscrire", EnrolForm, sessions.enrol, page=OfSession, title="Inscrire des agents", button_label="Inscrire"
    )
    convene = Own("convoquer", Convene)
    sheet = Fill(
        "emargement",
        SheetForm,
        sessions.sign_sheet,
        page=FilledSheet,
        title="Saisir les présences",
        button_label="Enregistrer les présences",
        intro="Cochez ceux qui ont signé : ils sont présents, les autres inscrits sont absents.",
        success_message="Les présences sont enregistrées : les thèmes de la session sont à jour pour les présents, "
        "et leurs attestations sont prêtes.",
    )
    tablet = Own("tablette", Tablet)
    attestations_pdf = Own("attestations-de-presence.pdf", AttestationsPdf)
    sheet_pdf = Own("emargement.pdf", SheetPdf)
    history = History()


class FilledState(Methods):
    def get_initial(self) -> dict[str, Any]:
        return {"state": self.object.state}


class CertificateFile(OnObject, View):
    """The certificate kept for a presence, always to be saved."""

    permission = P.TRAINING_VIEW
    queryset = Enrolment.objects.select_related("agent__unit")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = self.object
        if not row.certificate:
            raise Http404
        return serve(request, row.certificate, digest=row.certificate_digest, name=row.certificate_name)


class Enrolments(Section):
    name, path, permission = "training:enrolment", "inscriptions/<int:pk>", P.TRAINING_MANAGE
    queryset = Enrolment.objects.select_related("agent__unit", "session__course")
    parent = Parent("session", Sessions.queryset, "training:session", way=SESSIONS)
    anchor = "#inscrits"

    mark = Change(StateForm, sessions.mark, at="etat", page=FilledState, title="Où en est l’inscription", crumb="État")
    attach = Fill(
        "joindre-attestation",
        CertificateForm,
        sessions.attach_certificate,
        title="Joindre l’attestation",
        button_label="Joindre",
        success_message="L’attestation est jointe.",
    )
    certificate = Own("attestation", CertificateFile, permission=P.TRAINING_VIEW)
    attestation = Own("attestation-de-presence.pdf", AttestationPdf, permission=P.TRAINING_VIEW)
    history = History()
