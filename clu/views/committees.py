"""The committees of the sites: list, file with seats and meetings, arrêtés, members and mandates."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views import View

from clu.enums import CommitteeKind, MandateStatus
from clu.forms.committees import (
    CommitteeForm,
    MandateFields,
    MandateForm,
    MemberForm,
    NewCommitteeForm,
    NewMemberForm,
    OrderForm,
)
from clu.models import Committee, Mandate, Meeting, Member
from clu.printing import arrete, document, documents
from clu.rules.mandates import seats_on
from clu.services import committees
from clu.synthesis import progress, structures
from clu.tables.committees import CommitteeTable
from core.base.words import counted
from core.pages import PageAction
from core.pages.access import OnObject
from core.pages.section import Add, Change, Detail, Fill, History, Listing, Own, Parent, Remove, Section
from organisations.permissions import Permission

EDIT, VIEW = Permission.COMMITTEE_EDIT, Permission.COMMITTEE_VIEW
LEVELS = {
    MandateStatus.ACTIVE: "success",
    MandateStatus.EXPIRING: "warning",
    MandateStatus.EXPIRED: "error",
    MandateStatus.VACANT: "error",
}
WAY = (("Instances", "clu:committees"),)


class CommitteeDetail:
    """Who sits today, what is missing or expires, when it meets."""

    template_name = "clu/committees/detail.html"

    def get_context_data(self, **context) -> dict:
        today = timezone.localdate()
        seats = seats_on(self.object.members.with_mandates(), today)
        told = [(seat, seat.status.label, LEVELS[seat.status]) for seat in seats]
        rows = Meeting.objects.filter(committee=self.object).select_related("committee").with_counts()
        is_clac = self.object.kind_on(today) == CommitteeKind.CLAC
        found = structures(self.object, self.request.user, today) if is_clac else []
        return super().get_context_data(
            committee=self.object,
            seats=told,
            to_mend=_to_mend(seats),
            meetings=rows.prefetch_related("committee__orders").order_by("-held_on", "-pk"),
            orders=list(self.object.orders.all()),
            is_clac=is_clac,
            structures=found,
            progress=progress(found),
            may_edit=self.allows(EDIT),
            today=today,
            **context,
        )


class MembersPdf(OnObject, View):
    """The members of today, as a document."""

    queryset = Committee.objects.for_list()
    permission = VIEW
    stem, build, write, content_type = "membres", documents.members, document.pdf, "application/pdf"

    def get(self, request, *args, **kwargs):
        today, view = timezone.localdate(), type(self)
        content = view.write(view.build(self.object, today=today))
        response = HttpResponse(content, content_type=self.content_type)
        name = f"{self.stem}-{self.object.kind}-{today:%Y-%m-%d}.{request.path.rpartition('.')[2]}"
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Cache-Control"] = "no-store"
        return response


class OrderPdf(MembersPdf):
    """The arrêté that names the members of today, to be read."""

    permission = VIEW  # its own: a section gives its permission to a page that says none
    stem, build = "projet-arrete", arrete.order


class OrderOdt(OrderPdf):
    """The same for a word processor, to be completed and signed."""

    permission = VIEW
    write, content_type = document.odt, "application/vnd.oasis.opendocument.text"


class Committees(Section):
    name, path, permission = "clu:committee", "<int:pk>", EDIT
    queryset = Committee.objects.for_list()

    listing = Listing(
        "",
        table_class=CommitteeTable,
        title="Instances",
        noun=("instance", "instances"),
        empty_title="Aucune instance pour le moment.",
        empty_text="Le référent qualité crée le CLU, le COPIL ou le CLAC du site, ou importe la liste d’un arrêté.",
    )
    create = Add("nouvelle", NewCommitteeForm, committees.create, title="Créer une instance")
    detail = Detail(
        page=CommitteeDetail,
        facts=("site", "kind", "chair", "quorum"),
        unsaid={"quorum": "aucun : l’arrêté n’en fixe pas"},
        actions=(
            PageAction("Planifier une réunion", "clu:meeting-create", EDIT, kind=""),
            PageAction("Ajouter un membre", "clu:member-create", EDIT),
            PageAction("Enregistrer un arrêté", "clu:committee-order", EDIT),
            PageAction("Modifier", "clu:committee-edit", EDIT, kind="tertiary"),
        ),
    )
    edit = Change(CommitteeForm, committees.change, title="Modifier une instance")
    order = Fill(
        "arrete",
        OrderForm,
        committees.record_order,
        title="Enregistrer un arrêté",
        button_label="Enregistrer",
        intro="Il nomme les membres, fixe le quorum, ou change la nature de l’instance (un CLU devient CLAC).",
        success_message="L’arrêté est enregistré.",
    )
    members = Own("membres.pdf", MembersPdf)
    order_pdf = Own("projet-arrete.pdf", OrderPdf)
    order_odt = Own("projet-arrete.odt", OrderOdt)
    remove = Remove(committees.remove, reason="optional", title="Supprimer « {0} »")
    history = History()


OF_COMMITTEE = Parent("committee", Committee.objects.for_list(), "clu:committee", way=WAY)


class MemberDetail:
    """The mandates of a seat, one after the other."""

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(may_edit=self.allows(EDIT), **context)


def _add_seat(committee: Committee, *, organisation, college, public, by, **mandate):
    member = committees.add_member(committee, organisation=organisation, college=college, public=public, by=by)
    committees.appoint(member, **mandate, by=by)
    return member


class Members(Section):
    name, path, permission = "clu:member", "membres/<int:pk>", EDIT
    queryset = Member.objects.select_related("committee__site").prefetch_related(
        Prefetch("mandates", queryset=Mandate.objects.order_by("-starts_on", "-pk"))
    )
    parent = OF_COMMITTEE

    create = Add("<int:pk>/membres/nouveau", NewMemberForm, _add_seat, title="Ajouter un membre")
    detail = Detail(
        page=MemberDetail,
        facts=("organisation", "college", "public", "structure"),
        template_name="clu/committees/member.html",
        actions=(
            PageAction("Nouveau mandat", "clu:mandate-create", EDIT, kind=""),
            PageAction("Modifier", "clu:member-edit", EDIT),
            PageAction("Supprimer", "clu:member-remove", EDIT, kind="tertiary"),
        ),
    )
    edit = Change(MemberForm, committees.change_member, title="Modifier un membre")
    remove = Remove(committees.remove_member, reason="optional", title="Supprimer « {0} »")
    history = History()


class Mandates(Section):
    name, path, permission = "clu:mandate", "mandats/<int:pk>", EDIT
    queryset = Mandate.objects.select_related("member__committee__site")
    parent = Parent("member", Members.queryset, "clu:member", way=lambda member: _way_to(member.committee))

    create = Add("membres/<int:pk>/mandats/nouveau", MandateFields, committees.appoint, title="Nouveau mandat")
    edit = Change(MandateForm, committees.change_mandate, title="Modifier un mandat")
    remove = Remove(committees.remove_mandate, reason="optional", title="Supprimer un mandat", question="« {0} »")
    history = History()


def _way_to(committee: Committee) -> list[tuple[str, str]]:
    return OF_COMMITTEE.trail(committee)


def _to_mend(seats) -> str:
    """« 1 siège à désigner, 2 mandats expirés, 1 mandat qui expire dans les 90 jours »."""
    found = {status: sum(seat.status == status for seat in seats) for status in MandateStatus}
    told = (
        (found[MandateStatus.VACANT], "siège à désigner", "sièges à désigner"),
        (found[MandateStatus.EXPIRED], "mandat expiré", "mandats expirés"),
        (
            found[MandateStatus.EXPIRING],
            "mandat qui expire dans les 90 jours",
            "mandats qui expirent dans les 90 jours",
        ),
    )
    return ", ".join(counted(number, one, many) for number, one, many in told if number)
