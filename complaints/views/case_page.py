"""The page of a case: its two clocks day by day, its messages, what can be done; who wrote, on request and logged."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone

from complaints.calendars import rules_of
from complaints.enums import JUDGED, NOT_ARRIVED, Channel, MessageKind, Punctuality
from complaints.models import CaseMessage, Complaint, Suspension
from complaints.resemblances import others_of
from complaints.rules import delays, sensitive
from complaints.rules.facts import facts_of, punctuality_of
from complaints.services import messages as case_messages
from complaints.services.cases import SAID
from complaints.tables import badge_of_case
from core.base.errors import UserError
from core.pages import PageAction
from core.pages.detail import DetailPage, ObjectPage
from core.pages.pdf import render_pdf
from core.pages.states import badge_html
from core.record import identities
from core.time.working_days import CONVENTION, Day
from organisations.calendars import calendar_of
from organisations.permissions import Permission

REPLY, IDENTITY, EDIT = Permission.COMPLAINT_REPLY, Permission.COMPLAINT_IDENTITY, Permission.COMPLAINT_EDIT
READ = "Lecture du dossier"
Way = tuple[str, str, bool]  # label, verb, whether it is offered
FATES = {
    "again": (case_messages.send_again, "Le message va repartir."),
    "settle": (case_messages.settle, "Ce message n’est plus signalé."),
}
WEIGHTS = {0: "", 1: "secondary", 2: "secondary"}  # what comes first is seen first
_SAID = {True: Punctuality.IN_TIME, False: Punctuality.LATE}
LABELS = {"name": "Nom", "email": "Courriel", "phone": "Téléphone", "address": "Adresse", "subject": "Objet"}


def _verbs(case: Complaint) -> list[PageAction]:
    """What is to be done next first; a closed case has a second look alone."""
    ways = _ways_of_open(case) if case.is_open else _ways_of_closed(case)
    return [
        PageAction(label, f"complaints:case-{name}", REPLY, kind=WEIGHTS.get(rank, "tertiary"))
        for rank, (label, name) in enumerate((label, name) for label, name, is_offered in ways if is_offered)
    ]


def _ways_of_closed(case: Complaint) -> list[Way]:
    return [
        ("Demander un second regard", "again", case.answered_on is not None),
        ("Relier au plan d’actions", "finding", True),
        ("Dire ce qui a été fait", "done", _is_to_be_told(case)),
    ]


def _is_to_be_told(case: Complaint) -> bool:
    return Complaint.objects.filter(pk=case.pk).to_be_told().exists()


def _ways_of_open(case: Complaint) -> list[Way]:
    is_waiting = any(one.replied_on is None for one in case.suspensions.all())
    is_due, is_judged = case.answered_on is None, case.in_scope and case.kind in JUDGED
    is_dated = is_due and case.answer_by is not None
    return [
        ("Accuser réception", "acknowledge", is_due and not case.acknowledged_on),
        ("Répondre", "answer", is_due and case.in_scope),
        ("Rediriger", "redirect", is_due and not is_judged),
        ("Trier", "sort", True),
        ("Transmettre", "transmit", is_due),
        ("L’usager a répondu", "resume", is_due and is_waiting),
        ("Demander des précisions", "ask", is_dated and not is_waiting),
        ("Annoncer une autre date", "extend", is_dated and not case.extended_to),
        ("Relier au plan d’actions", "finding", True),
        ("Dire ce qui a été fait", "done", _is_to_be_told(case)),
        ("Clore", "close", True),
    ]


@dataclass(frozen=True)
class Clock:
    """One of the two clocks, as its block shows it."""

    title: str
    by: Any
    done: Any
    punctuality: Punctuality | None
    days: list[Day]
    sentence: str


class CaseDetail(DetailPage):
    """Nothing of the person is shown before it is asked for."""

    template_name = "complaints/case.html"

    def get_queryset(self):
        return super().get_queryset().with_waits()

    def get_facts(self) -> list[tuple[str, str]]:
        case = self.object
        scope = "dans le champ" if case.in_scope else f"hors champ : {case.get_out_of_scope_display() or 'non précisé'}"
        facts = [
            ("Site", str(case.site)),
            ("Nature", f"{case.get_kind_display()}, {scope}"),
            ("Reçue", f"le {case.received_on:%d/%m/%Y} {Channel(case.channel).how}"),
            ("Venant de", case.get_origin_display()),
            ("Thème", case.theme_label),
            ("Engagement", str(case.engagement or "")),
            ("Service concerné", case.service_label),
            (
                "Transmise",
                f"à {case.transmitted_label} {_le(case.transmitted_on)}".strip() if case.is_transmitted else "non",
            ),
            ("Personne joignable", "oui" if case.is_reachable else "non : aucune réponse n’est due"),
        ]
        facts += [("Demandé à l’usager", _said_of(wait)) for wait in case.suspensions.all()]
        if case.closed_on:
            facts.append(
                ("Issue", f"{case.get_outcome_display() or 'non précisée'}, close le {case.closed_on:%d/%m/%Y}")
            )
        return facts + ([("Ce qui en est appris", case.lesson)] if case.lesson else [])

    def get_actions(self):
        return [action.shown(self.get_key()) for action in _verbs(self.object) if self.allows(action.permission)]

    def get_context_data(self, **context):
        case = self.object
        person = context.pop("person", None)
        try:
            clocks, problem = clocks_of(case), ""
        except UserError as unknown:  # the holidays of a year are not known
            clocks, problem = [], unknown.message
        return super().get_context_data(
            case=case,
            badge=badge_html(*badge_of_case(case, timezone.localdate())),
            clocks=clocks,
            problem=problem,
            convention=CONVENTION,
            messages_told=messages_of(case, person),
            files=list(case.files.all()),
            findings=[link.finding for link in case.findings.select_related("finding__plan")],
            looks=list(case.second_looks.all()),
            others=others_of(case, self.request.user) if self.allows(IDENTITY) else [],
            person=person,
            may_read=self.allows(IDENTITY) and case.identity_id is not None,
            may_reply=self.allows(REPLY),
            may_erase=self.allows(EDIT) and case.identity_id is not None,
            **context,
        )


class CasePerson(CaseDetail):
    """The same page with who wrote and what: asked for by a button, and each reading is logged."""

    permission = IDENTITY
    http_method_names = ("post", "options")

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        case = self.object
        told = identities.read(case.identity, by=request.user, why=READ) if case.identity else {}
        person = {
            "rows": [(label, told[name]) for name, label in LABELS.items() if told.get(name)],
            "text": told.get("text", ""),
            "is_erased": bool(case.identity and case.identity.is_erased),
            "flags": sensitive.words_in(" ".join(told.get(name, "") for name in SAID)),
            "sealed": identities.read_many(
                [one.sealed for one in case.messages.select_related("sealed") if one.sealed], by=request.user, why=READ
            ),
        }
        return self.render(facts=self.get_facts(), actions=self.get_actions(), person=person)


class CaseLetter(ObjectPage):
    """The last letter of a case as a PDF, for who has no address of e-mail."""

    permission = REPLY
    http_method_names = ("post", "options")

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        case = self.object
        letters = case.messages.exclude(kind=MessageKind.RECEIVED).select_related("sealed").order_by("-pk")
        letter = letters.first()
        if letter is None or letter.sealed is None:
            messages.error(request, "Aucun courrier n’a été écrit pour ce dossier.")
            return HttpResponseRedirect(self.get_object_url())
        why = "Impression d’un courrier"
        person = identities.read(case.identity, by=request.user, why=why) if case.identity else {}
        said = identities.read(letter.sealed, by=request.user, why=why)
        shown = {"case": case, "letter": letter, "person": person, "said": said, "is_demo": settings.DEMO}
        content, _pages = render_pdf(render_to_string("complaints/letter.html", shown), stylesheet="print/letter.css")
        name = f"{case.reference}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)


class CaseMessageFate(ObjectPage):
    """What becomes of a message that did not arrive: sent once more, or settled otherwise."""

    permission = REPLY
    http_method_names = ("post", "options")

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        message = self.object.messages.filter(pk=kwargs["message"]).first()
        if message is None:
            raise Http404
        verb, told = FATES.get(request.POST.get("fate", ""), FATES["settle"])
        try:
            verb(message, by=request.user)
        except UserError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, told)
        return HttpResponseRedirect(self.get_object_url())


def clocks_of(case: Complaint) -> list[Clock]:
    """The two clocks explained day by day; none where nothing is owed or no calendar is known."""
    facts, today, rules = facts_of(case), timezone.localdate(), rules_of(case.site)
    rule = delays.rule_for(case.channel, case.received_on, rules)
    if rule is None or not facts.owes_acknowledgement or case.site.holiday_zone_id is None:
        return []
    first = min(filter(None, (case.acknowledged_on, case.answered_on)), default=None)
    found = [
        Clock(
            "Accusé de réception",
            case.acknowledge_by,
            first,
            _SAID.get(delays.acknowledged_in_time(facts, case.acknowledge_by, on=today)),
            delays.explain_acknowledgement(facts, rule),
            f"{rule.acknowledge_days} jours calendaires, non reportés quand le dernier n’est pas travaillé.",
        )
    ]
    if facts.owes_answer:
        calendar = calendar_of(case.site)
        promised = f" Nouvelle date promise : {case.extended_to:%d/%m/%Y}." if case.extended_to else ""
        found.append(
            Clock(
                "Réponse sur le fond",
                case.answer_by,
                case.answered_on,
                punctuality_of(case, calendar, rules=rules, on=today),
                delays.explain_answer(facts, rule, calendar, on=today),
                f"{rule.answer_days} jours ouvrés ({rule.source}).{promised}",
            )
        )
    return found


def messages_of(case: Complaint, person: dict | None) -> list[dict[str, Any]]:
    """The messages of a case; what they say once the person was asked for."""
    rows: list[CaseMessage] = list(case.messages.select_related("author"))
    return [
        {
            "message": one,
            "said": person["sealed"].get(one.sealed_id, {}) if person else None,
            "is_letter": not one.by_mail,
            "is_lost": one.state in NOT_ARRIVED,
        }
        for one in rows
    ]


def _said_of(wait: Suspension) -> str:
    replied = f"réponse {_le(wait.replied_on)}" if wait.replied_on else "sans réponse à ce jour"
    return f"{_le(wait.asked_on)}, {replied}"


def _le(day: Any) -> str:
    return f"le {day:%d/%m/%Y}" if day else ""
