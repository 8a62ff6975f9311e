"""A meeting: its page, its agenda, who came, what was said, its minutes and documents."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from clu.enums import NoteKind
from clu.forms.meetings import (
    GuestForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    NewItemForm,
    NewMeetingForm,
    NewNoteForm,
    NoteForm,
    OpinionForm,
    SheetForm,
    ValidateForm,
)
from clu.models import AgendaItem, Attendance, Meeting, Note, Opinion
from clu.publications.deck import blanks_of
from clu.publications.plans import reply_of, state_of
from clu.rules.attendance import counts, counts_in_words, quorum_sentence
from clu.services import attendance, convocation, documents, meetings, minutes, proceedings
from clu.views.committees import EDIT, OF_COMMITTEE, VIEW
from core.pages import AddPage, ObjectPage, PageAction, VerbPage
from core.pages.access import OnObject
from core.pages.section import Add, Change, Detail, Fill, History, Own, Parent, Press, Remove, Section
from organisations.permissions import Permission

MOST_BLANKS = 12


class MeetingPage:
    """What is to be done before, during and after, on one page."""

    template_name = "clu/meetings/detail.html"

    def get_facts(self) -> list[tuple[str, str]]:
        first, *others = super().get_facts()
        hour = self.object.starts_at
        return [first, *([("Heure", f"{hour:%H h %M}")] if hour else []), *others]

    def get_actions(self) -> list[dict[str, str]]:
        """A meeting that is over is neither convened nor cancelled; one to come has no minutes."""
        is_over = self.object.held_on < timezone.localdate()
        left = ("convoquer", "annuler") if is_over else ("compte-rendu",)
        return [action for action in super().get_actions() if not action["url"].rstrip("/").endswith(left)]

    def get_context_data(self, **context) -> dict:
        meeting, today = self.object, timezone.localdate()
        rows = list(meeting.attendances.select_related("mandate__member"))
        may_edit = self.allows(EDIT)
        notes = meeting.notes.select_related("item", "finding__plan", "action").prefetch_related("finding__actions")
        shown = notes if may_edit else notes.sent()
        return super().get_context_data(
            meeting=meeting,
            items=list(meeting.items.select_related("carried_from__meeting__committee")),
            attendances=rows,
            came=counts_in_words(counts(rows)),
            quorum=quorum_sentence(meeting.committee.quorum, rows),
            notes=[(note, *_followed(note)) for note in shown],
            opinions=list(meeting.opinions.all()),
            blanks=list(blanks_of(meeting, today=today))[:MOST_BLANKS] if may_edit and meeting.held_on >= today else [],
            note_form=NewNoteForm(meeting=meeting, user=self.request.user) if may_edit else None,
            kinds=documents.kinds_on(meeting, today=today).items(),
            is_past=meeting.held_on <= today,
            is_minutes_stale=meeting.validated_on is not None and meeting.minutes != meeting.validated_minutes,
            may_edit=may_edit,
            may_act=may_edit and self.request.user.can(Permission.ACTION_EDIT, meeting.committee.site_id),
            **context,
        )


def _followed(note: Note) -> tuple[str, str]:
    """What became of a request."""
    return (reply_of(note), state_of(note)) if note.kind == NoteKind.REQUEST else ("", "")


class Convene(VerbPage):
    """Who was written to, said when it is done."""

    queryset = Meeting.objects.for_list()
    permission = EDIT
    title = "Convoquer « {0} »"
    button_label = "Envoyer la convocation"
    consequences = (
        "Les titulaires en fonction sont mis sur la liste des personnes attendues.",
        "Chacun reçoit par courriel la convocation en PDF, l’événement d’agenda et un lien pour répondre.",
        "Une personne convoquée aujourd’hui ne l’est pas deux fois.",
    )

    def verb(self, obj, *, reason: str):
        self.done = convocation.convene(obj, by=self.request.user, reason=reason)

    def get_success_message(self) -> str:
        return self.done.words


class DocumentRequest(OnObject, View):
    """Ask for a document, and go to the page that shows how far it is."""

    queryset = Meeting.objects.for_list()
    permission = VIEW
    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        if kwargs["kind"] not in documents.kinds():
            raise Http404
        job = documents.request(self.object, kind=kwargs["kind"], by=request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))


class Sheet(AddPage):
    """Everybody of the list on one page: a minute to type a sheet back."""

    queryset = Meeting.objects.for_list()
    permission = EDIT
    form_class = SheetForm
    title = "Saisir les présences"
    button_label = "Enregistrer"
    template_name = "clu/meetings/sheet.html"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"rows": self.object.attendances.all()}

    def save_verb(self, form):
        rows = {row.pk: row for row in form.rows}
        changed = [(rows[pk], presence) for pk, presence in form.said.items() if rows[pk].presence != presence]
        for row, presence in changed:
            attendance.note(row, presence=presence, by=self.request.user)
        return changed

    def get_success_message(self, saved) -> str:
        return f"{len(saved)} présence{'s' if len(saved) > 1 else ''} enregistrée{'s' if len(saved) > 1 else ''}."


class Tablet(ObjectPage):
    """The sheet to sign on a tablet: one button a person."""

    queryset = Meeting.objects.for_list()
    permission = EDIT
    template_name = "clu/meetings/tablet.html"
    title = "Émargement sur tablette"

    def get(self, request, *args, **kwargs):
        return self.render(meeting=self.object, rows=list(self.object.attendances.all()))

    def get_tabs(self):
        return []


class SignRow:
    """A signature leads back to the tablet."""

    def get_success_url(self, *args) -> str:
        return reverse("clu:meeting-tablet", args=[self.object.meeting_id])


class MinutesPage(ObjectPage):
    """The minutes as they are: the draft and the validated text, told apart."""

    queryset = Meeting.objects.for_list()
    permission = VIEW
    template_name = "clu/meetings/minutes.html"
    title = "Compte rendu"

    def get(self, request, *args, **kwargs):
        meeting = self.object
        may_edit = self.allows(EDIT)
        return self.render(
            meeting=meeting,
            may_edit=may_edit,
            is_future=meeting.held_on > timezone.localdate(),
            shows_draft=bool(meeting.minutes) and meeting.minutes != meeting.validated_minutes and may_edit,
        )

    def get_tabs(self):
        return []


MINUTES = "clu:meeting-report"


class BackToMinutes:
    def get_success_url(self, *args) -> str:
        return reverse(MINUTES, args=[self.object.pk])


class Meetings(Section):
    name, path, permission = "clu:meeting", "reunions/<int:pk>", EDIT
    queryset = Meeting.objects.for_list()
    parent = OF_COMMITTEE

    create = Add(
        "<int:pk>/reunions/nouvelle",
        NewMeetingForm,
        meetings.plan,
        title="Planifier une réunion",
        button_label="Planifier",
        success_message="La réunion est planifiée : complétez son ordre du jour, puis convoquez.",
    )
    detail = Detail(
        page=MeetingPage,
        facts=("held_on", "place", "chair", "note", "convened_at"),
        unsaid={"note": "", "convened_at": "aucun envoi enregistré"},
        actions=(
            PageAction("Convoquer", "clu:meeting-convene", EDIT, kind=""),
            PageAction("Saisir les présences", "clu:meeting-sheet", EDIT),
            PageAction("Émargement sur tablette", "clu:meeting-tablet", EDIT),
            PageAction("Compte rendu", MINUTES, VIEW),
            PageAction("Modifier", "clu:meeting-edit", EDIT, kind="tertiary"),
            PageAction("Annuler la réunion", "clu:meeting-cancel", EDIT, kind="tertiary"),
        ),
    )
    edit = Change(MeetingForm, meetings.change, title="Modifier une réunion")
    convene = Own("convoquer", Convene)
    cancel = Remove(
        meetings.cancel,
        at="annuler",
        reason="required",
        title="Annuler « {0} »",
        button_label="Annuler la réunion",
        success_message="La réunion est annulée.",
    )
    sheet = Own("presences", Sheet)
    tablet = Own("tablette", Tablet)
    report = Own("compte-rendu", MinutesPage)
    minutes_edit = Change(
        MinutesForm, minutes.write, page=BackToMinutes, at="compte-rendu/modifier", title="Écrire le compte rendu"
    )
    minutes_draft = Press(
        "compte-rendu/rediger",
        minutes.write_draft,
        page=BackToMinutes,
        success_message="Le projet est rédigé : relisez-le.",
    )
    minutes_validate = Fill(
        "compte-rendu/valider",
        ValidateForm,
        minutes.validate,
        page=BackToMinutes,
        title="Valider le compte rendu",
        button_label="Valider",
        success_message="Le compte rendu est validé.",
    )
    history = History()


def _way(meeting: Meeting) -> list[tuple[str, str]]:
    return OF_COMMITTEE.trail(meeting.committee)


OF_MEETING = Parent("meeting", Meeting.objects.for_list(), "clu:meeting", way=_way)


class Items(Section):
    name, path, permission = "clu:item", "points/<int:pk>", EDIT
    queryset = AgendaItem.objects.select_related("meeting__committee__site")
    parent = OF_MEETING
    anchor = "#ordre-du-jour"

    create = Add("reunions/<int:pk>/points/nouveau", NewItemForm, meetings.add_item, title="Ajouter un point")
    edit = Change(ItemForm, meetings.change_item, title="Modifier un point")
    treat = Press("traite", meetings.treat, success_message="Le point est traité.")
    postpone = Press("reporter", meetings.postpone, success_message="Le point est reporté à la réunion suivante.")
    remove = Remove(meetings.remove_item, reason="optional", title="Supprimer un point", question="« {0} »")
    history = History()


class Attendances(Section):
    name, path, permission = "clu:attendance", "presences/<int:pk>", EDIT
    queryset = Attendance.objects.select_related("meeting__committee__site")
    parent = OF_MEETING
    anchor = "#presences"

    create = Add("reunions/<int:pk>/presences/nouvelle", GuestForm, attendance.add_guest, title="Ajouter une personne")
    edit = Change(GuestForm, attendance.change, title="Modifier une présence")
    sign = Press("signer", attendance.sign, page=SignRow, success_message="Merci, votre présence est enregistrée.")
    remove = Remove(attendance.remove, reason="optional", title="Retirer une personne", question="« {0} »")
    history = History()


class OpenFinding(VerbPage):
    """The finding that a request opens: for those who run the plans too."""

    queryset = Note.objects.select_related("meeting__committee__site", "item")
    permission = Permission.ACTION_EDIT
    is_direct = True

    def verb(self, obj, *, reason: str):
        self.finding = proceedings.open_finding(obj, by=self.request.user, reason=reason)

    def get_success_message(self) -> str:
        return f"La demande est au plan « {self.finding.plan} »."


class Notes(Section):
    name, path, permission = "clu:note", "notes/<int:pk>", EDIT
    queryset = Note.objects.select_related("meeting__committee__site", "item")
    parent = OF_MEETING
    anchor = "#seance"

    create = Add(
        "reunions/<int:pk>/notes/nouvelle",
        NewNoteForm,
        proceedings.add_note,
        takes="meeting",
        title="Noter ce qui se dit",
        button_label="Noter",
        success_message="C’est noté.",
    )
    edit = Change(NoteForm, proceedings.change_note, title="Modifier une note")
    open_finding = Own("constat", OpenFinding)
    remove = Remove(proceedings.remove_note, reason="optional", title="Supprimer une note", question="« {0} »")
    history = History()


class Opinions(Section):
    name, path, permission = "clu:opinion", "avis/<int:pk>", EDIT
    queryset = Opinion.objects.select_related("meeting__committee__site")
    parent = OF_MEETING
    anchor = "#avis"

    create = Add("reunions/<int:pk>/avis/nouveau", OpinionForm, proceedings.add_opinion, title="Soumettre un document")
    edit = Change(OpinionForm, proceedings.change_opinion, title="Noter un avis")
    remove = Remove(proceedings.remove_opinion, reason="optional", title="Retirer un document", question="« {0} »")
    history = History()
