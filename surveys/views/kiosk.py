"""The tablet of the hall: the same questionnaire, one question per screen, which keeps answers when the network drops.

Its script sends each form with the key drawn on the tablet until it is received. Forms are taken even when the point is
out of service or the survey closed: nothing answered is lost, it is set aside.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from organisations.throttle import client_address
from surveys.enums import CampaignState, Channel
from surveys.forms import public as forms
from surveys.models import CollectionPoint
from surveys.services import intake, public
from surveys.views.public import RETRY_SECONDS, PublicView, Questionnaire


class OfTablets(PublicView):
    """A page of a tablet, in service or not."""

    message_template = "surveys/kiosk/message.html"

    def points(self):
        return CollectionPoint.objects.for_public().filter(channel=Channel.TABLET)

    def takes(self, point: CollectionPoint) -> bool:
        return point.channel == Channel.TABLET


class Kiosk(OfTablets, Questionnaire):
    """The screens of the tablet; its script sends forms here and reads what became of them."""

    template_name = "surveys/kiosk/form.html"

    def get(self, request, token):
        if not self.point.is_in_service(timezone.localdate()):
            return self.message("unknown", status=404)
        return super().get(request, token)

    def post(self, request, token):
        if not request.accepts("text/html"):
            return self.received(forms.read(request.POST))
        return super().post(request, token)

    def received(self, sent) -> JsonResponse:
        """Said to the script: `received` and `late` leave its queue, `refused` is put apart, `later` is sent again."""
        try:
            outcome = public.receive(self.point, sent, network=client_address(self.request) or "")
        except intake.AnswersRefused as refusal:
            return JsonResponse({"outcome": "refused", "sentence": refusal.message}, status=422)
        except public.EmptyForm:
            return JsonResponse({"outcome": "received"})
        except public.TooManyForms:
            return JsonResponse({"outcome": "later"}, status=429, headers={"Retry-After": str(RETRY_SECONDS)})
        except intake.SurveyClosed:
            return JsonResponse({"outcome": "later"}, status=409)
        return JsonResponse({"outcome": "late" if outcome == public.Outcome.LATE else "received"})


@method_decorator(never_cache, name="dispatch")
class KioskState(OfTablets):
    """A fresh protection token before sending, and whether the survey still takes answers."""

    def get(self, request, token):
        today = timezone.localdate()
        campaign = self.point.campaign
        takes = campaign.state == CampaignState.OPEN and campaign.starts_on <= today <= campaign.ends_on
        return JsonResponse({"token": get_token(request), "open": takes and self.point.is_in_service(today)})


@method_decorator(login_not_required, name="dispatch")
class Worker(View):
    """The service worker: served beside the tablet's pages, since its place is what it may answer for."""

    def get(self, request):
        response: HttpResponse = render(
            request, "surveys/kiosk/worker.js", {"static_url": settings.STATIC_URL}, content_type="text/javascript"
        )
        response["Cache-Control"] = "no-cache"
        return response
