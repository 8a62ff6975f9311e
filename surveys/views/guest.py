"""Pages of an investigator without an account: the programme, a test, the grid to take away. Until the link expires."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.base.errors import UserError
from surveys.enums import CampaignState, Channel, Kind, Language
from surveys.forms.mystery import TestForm
from surveys.forms.public import KEY, answers_in
from surveys.kit import kit_html
from surveys.models import CollectionPoint, PlannedTest
from surveys.rules import wording
from surveys.rules.phrases import phrases_in
from surveys.services import intake, mystery
from surveys.views.public import PublicView


@method_decorator(login_not_required, name="dispatch")
class GuestView(PublicView):
    """A page of a guest link: a link out of date, or of a closed campaign, says so."""

    def points(self):
        links = CollectionPoint.objects.filter(channel=Channel.INVESTIGATOR, campaign__kind=Kind.MYSTERY)
        return links.in_service(timezone.localdate()).select_related("campaign__site", "campaign__questionnaire")

    def dispatch(self, request, *args, **kwargs):
        point = self.points().filter(token=kwargs["token"]).first()
        if point is not None and point.campaign.state != CampaignState.OPEN:
            self.language, self.point = Language.FRENCH, point
            return self.message("closed" if point.campaign.state == CampaignState.CLOSED else "unknown")
        return super().dispatch(request, *args, **kwargs)

    def show(self, template: str, *, status: int = 200, **context) -> HttpResponse:
        shown = {"point": self.point, "campaign": self.point.campaign, "words": phrases_in(Language.FRENCH)}
        return render(self.request, template, shown | context, status=status)


class GuestHome(GuestView):
    """The programme: what is to be done and what was done through this link."""

    def get(self, request, token):
        done = list(self.point.responses.select_related("scenario").order_by("-answered_on", "-pk"))
        tests = PlannedTest.objects.filter(campaign=self.point.campaign).select_related("scenario", "response")
        return self.show(
            "surveys/mystery/guest.html",
            to_do=[test for test in tests if not test.response_id],
            done=done,
            just_recorded=request.GET.get("note", "") in {str(row.pk) for row in done},
        )


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class GuestTest(GuestView):
    """The grid of one test; the secret of its link is its protection."""

    def get(self, request, token):
        form = self.form(initial={"planned": request.GET.get("prevu", ""), "tester": self.point.label})
        return self.page(form, key=uuid.uuid4())

    def post(self, request, token):
        form, answers = self.form(request.POST), answers_in(request.POST)
        key = self.key()
        if not form.is_valid():
            return self.page(form, key=key, values=answers)
        test = mystery.Test(key=key, answers=answers, **form.cleaned_data)
        try:
            row, _ = mystery.record(self.point.campaign, test, point=self.point)
        except intake.AnswersRefused as refusal:
            return self.page(form, key=key, values=answers, problems=refusal.problems)
        except UserError as error:
            field = {"answered_on": "made_on"}.get(error.field, error.field)
            form.add_error(field if field in form.fields else None, error.message)
            return self.page(form, key=key, values=answers)
        return redirect(reverse("surveys:guest", args=[token]) + f"?note={row.pk}")

    def form(self, *args, **kwargs) -> TestForm:
        return TestForm(*args, campaign=self.point.campaign, **kwargs)

    def key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.request.POST.get(KEY, ""))
        except ValueError:
            return uuid.uuid4()

    def page(self, form, *, key, values=None, problems=()) -> HttpResponse:
        questions = intake.questions_of(self.point.campaign.questionnaire_id)
        shown = wording.sheet(questions, kind=Kind.MYSTERY, values=values, problems=problems)
        errors = [question for question in shown if question.error]
        return self.show("surveys/mystery/guest_test.html", form=form, questions=shown, errors=errors, key=key)


class GuestKit(GuestView):
    """The grid as one file that works without network; opened from here, our policy keeps its script still."""

    def get(self, request, token):
        response = HttpResponse(kit_html(self.point), content_type="text/html; charset=utf-8")
        name = f"grille-{self.point.campaign.code}.html"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response
