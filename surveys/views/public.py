"""Pages without an account: the questionnaire, its thanks, and what is said when it takes no answer.

The public exception of « login by default ». Nothing of the visitor is kept: no session, no address; one cookie
protects the form.
"""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.generic import View

from organisations.throttle import client_address
from surveys.enums import CampaignState, Language
from surveys.forms import public as forms
from surveys.models import CollectionPoint
from surveys.rules import wording
from surveys.rules.phrases import PHRASES, phrases_in
from surveys.services import entrances, intake, public

RETRY_SECONDS = 300


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


class Questionnaire(PublicView):
    """The questionnaire: one page, one column, no script needed."""

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
        sent = forms.read(request.POST)
        self.language = sent.language
        if self.point.campaign.state == CampaignState.DRAFT:
            self.read_point()
            return self.closed()
        try:
            outcome = public.receive(self.point, sent, network=client_address(request) or "")
        except intake.AnswersRefused as refusal:
            self.read_point()
            return self.page(values=sent.answers, problems=refusal.problems, key=sent.key)
        except public.EmptyForm:
            self.read_point()
            return self.page(values={}, problems=[], key=sent.key, is_empty=True)
        except public.TooManyForms:
            return self.too_many(sent)
        return redirect(f"{reverse('surveys:thanks', args=[token])}?{urlencode(self.thanks_query(outcome))}")

    def closed(self) -> HttpResponse | None:
        """What is said instead of the questionnaire when the survey is not open."""
        campaign = self.point.campaign
        today = timezone.localdate()
        if campaign.state == CampaignState.CLOSED or today > campaign.ends_on:
            return self.message("closed")
        if campaign.state == CampaignState.DRAFT or today < campaign.starts_on:
            return self.message("not_yet", day=campaign.starts_on)
        return None

    def too_many(self, sent) -> HttpResponse:
        self.read_point()
        response = self.page(values=sent.answers, problems=[], key=sent.key, status=429, is_refused=True)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response

    def thanks_query(self, outcome) -> dict[str, str]:
        late = {"fin": "1"} if outcome == public.Outcome.LATE else {}
        return {forms.LANGUAGE: self.language.value} | late

    def page(
        self, *, values, problems, key, status: int = 200, is_refused: bool = False, is_empty: bool = False
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
            "is_refused": is_refused,
            "is_empty": is_empty,
        }
        return render(self.request, self.template_name, context, status=status)


class Thanks(PublicView):
    """After the form: it is recorded, or it came too late."""

    def get(self, request, token):
        late = phrases_in(self.language).late if request.GET.get("fin") else ""
        return self.message("thanks", late=late)
