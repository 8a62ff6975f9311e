"""Pages without an account: the questionnaire, its thanks, and what is said when it takes no answer.

The public exception of « login by default ». Nothing of the visitor is kept: no session, no address, no cookie; a
signed token tells that the form is ours.
"""

import uuid
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from core.pages import saving
from core.pages.saving import SavingOutcome
from organisations.throttle import client_address
from surveys.enums import CampaignState, Language
from surveys.forms import public as forms
from surveys.models import CollectionPoint
from surveys.printing.addresses import path_of
from surveys.rules import wording
from surveys.rules.phrases import PHRASES, phrases_in
from surveys.services import entrances, intake, points, public

RETRY_SECONDS = 300
TOLD, TOLD_FOR = "suite", timedelta(hours=1)
_signer = signing.TimestampSigner(salt="surveys.thanks")


@method_decorator(login_not_required, name="dispatch")
class PublicView(View):
    """A page of a collection point, whose address says something plain even when the point is gone."""

    point: CollectionPoint
    language: Language
    message_template = "surveys/public/message.html"

    def dispatch(self, request, *args, **kwargs):
        point = self.find(kwargs["token"])
        self.language = forms.language_in(request.GET, point.language if point else Language.FRENCH)
        if point is None:
            return self.message("unknown", status=404)
        self.point = point
        return super().dispatch(request, *args, **kwargs)

    def find(self, token: str) -> CollectionPoint | None:
        """The point behind the address, when it is one of this page."""
        return self.points().filter(token=token).first()

    def points(self):
        return CollectionPoint.objects.for_public().in_service(timezone.localdate())

    def message(self, name: str, *, status: int = 200, **context) -> HttpResponse:
        """A page of two sentences."""
        words = phrases_in(self.language)
        shown = {
            "words": words,
            "title": getattr(words, name),
            "text": getattr(words, f"{name}_text"),
            "point": getattr(self, "point", None),
        }
        return render(self.request, self.message_template, shown | context, status=status)


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Questionnaire(PublicView):
    """The questionnaire: one page, one column, no script and no cookie needed; nothing of it stays in the browser."""

    template_name = "surveys/public/form.html"

    def find(self, token):
        """A form sent needs little of its point; a page that answers with more than thanks reads the whole of it."""
        if self.request.method != "POST":
            return super().find(token)
        point = entrances.find(token)
        return point if point and self.takes(point) else None

    def takes(self, point: CollectionPoint) -> bool:
        return point.is_in_service(timezone.localdate())

    def read_point(self) -> None:
        self.point = CollectionPoint.objects.for_public().get(pk=self.point.pk)

    def get(self, request, token):
        if closed := self.closed():
            return closed
        return self.page(values={}, problems=[], key=uuid.uuid4())

    def post(self, request, token):
        sent = forms.read(request, self.point)
        self.language = sent.language
        if self.point.campaign.state == CampaignState.DRAFT:
            self.read_point()
            return self.closed()
        try:
            outcome = public.receive(self.point, sent, network=client_address(request) or "")
        except intake.AnswersRefused as refusal:
            return self.again(sent, problems=refusal.problems)
        except public.EmptyForm:
            return self.again(sent, is_empty=True)
        except public.NotOurForm:
            return self.again(sent, key=sent.key or uuid.uuid4(), is_stale=True)
        except public.TooManyForms:
            response = self.again(sent, status=429, is_refused=True)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
        url = thanks_url(token, sent.language, outcome)
        return saving.answer(SavingOutcome.SAVED, url=url) if saving.is_scripted(request) else redirect(url)

    def again(self, sent, *, problems=(), key=None, **shown) -> HttpResponse:
        """The form, with the answers it had; a script that is told « refused » sends it as a browser does."""
        if saving.is_scripted(self.request):
            outcome = SavingOutcome.LATER if shown.get("is_refused") else SavingOutcome.REFUSED
            return saving.answer(outcome, phrases_in(self.language).error_title)
        self.read_point()
        return self.page(values=forms.cut(sent.answers), problems=list(problems), key=key or sent.key, **shown)

    def closed(self) -> HttpResponse | None:
        """What is said instead of the questionnaire when the survey is not open."""
        campaign = self.point.campaign
        today = timezone.localdate()
        if campaign.state == CampaignState.CLOSED or today > campaign.ends_on:
            return self.message("closed")
        if campaign.state == CampaignState.DRAFT or today < campaign.starts_on:
            return self.message("not_yet", day=campaign.starts_on)
        return None

    def page(
        self,
        *,
        values,
        problems,
        key,
        status: int = 200,
        is_refused: bool = False,
        is_empty: bool = False,
        is_stale: bool = False,
    ) -> HttpResponse:
        questionnaire = self.point.campaign.questionnaire
        questions = intake.questions_of(questionnaire)
        languages = wording.languages_of(questions)
        if self.language not in languages:
            self.language = Language.FRENCH
        shown = wording.sheet(questions, self.language, values=values, problems=problems)
        context = {
            "point": self.point,
            "words": phrases_in(self.language),
            "language": self.language.value,
            "languages": [(code.value, PHRASES[code]) for code in languages] if len(languages) > 1 else [],
            "introduction": wording.text_of(questionnaire, "introduction", self.language),
            "questions": shown,
            "errors": [question for question in shown if question.error],
            "key": key,
            "form_token": forms.token_of(self.point),
            "is_refused": is_refused,
            "is_empty": is_empty,
            "is_stale": is_stale,
        }
        return render(self.request, self.template_name, context | self.extra(), status=status)

    def extra(self) -> dict:
        """What the page of a kind of point needs besides."""
        return {}


def thanks_url(token: str, language: Language, outcome: public.Reception) -> str:
    """The page of thanks, which says what became of the form: signed, since only we know."""
    told = _signer.sign(f"{token}:{outcome}")
    return f"{reverse('surveys:thanks', args=[token])}?{urlencode({forms.LANGUAGE: language.value, TOLD: told})}"


@method_decorator(never_cache, name="dispatch")
class Thanks(PublicView):
    """After the form: what became of it. Without our word for it, nothing is thanked for."""

    message_template = "surveys/public/thanks.html"

    def get(self, request, token):
        outcome = self.outcome()
        if outcome is None:
            return redirect("surveys:respond", token)
        words = phrases_in(self.language)
        texts = {
            public.Reception.KNOWN: words.known,
            public.Reception.CORRECTED: words.corrected,
            public.Reception.LATE: words.late,
        }
        return self.message("thanks", told=texts.get(outcome, ""), language=self.language.value)

    def outcome(self) -> public.Reception | None:
        try:
            told = _signer.unsign(self.request.GET.get(TOLD, ""), max_age=TOLD_FOR)
        except signing.BadSignature:
            return None
        token, _, outcome = told.rpartition(":")
        return public.Reception(outcome) if token == self.kwargs["token"] else None


@method_decorator(login_not_required, name="dispatch")
class ShortAddress(View):
    """The address that is printed: « /avis/K7Q-F3M », in any case, with or without its dash; without it, asked for."""

    def get(self, request, code=""):
        typed = code or request.GET.get("code", "")
        point = points.find_by_code(typed)
        if point is not None:
            return redirect(path_of(point))
        context = {"words": phrases_in(Language.FRENCH), "point": None, "typed": typed}
        return render(request, "surveys/public/code.html", context, status=404 if typed else 200)
