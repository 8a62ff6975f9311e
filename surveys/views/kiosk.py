"""The tablet of the hall: the same questionnaire, one question per screen, which keeps answers when the network drops.

Its script sends each form with the key drawn on the tablet until it is received. Forms are taken even when the point is
out of service or the survey closed: nothing answered is lost, it is set aside.
"""

from hashlib import sha256

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from core.pages import saving
from core.pages.qr import qr_svg
from core.pages.saving import SavingOutcome
from organisations.throttle import client_address
from surveys.enums import CampaignState, Channel
from surveys.forms import public as forms
from surveys.models import CollectionPoint
from surveys.printing.addresses import address_of
from surveys.services import intake, public
from surveys.views.public import RETRY_SECONDS, PublicView, Questionnaire


def release() -> str:
    """The name of the copies a tablet keeps: it changes with the scripts and styles they hold."""
    files = (static("js/kiosk.js"), static("css/public.css"), static("dsfr/dist/dsfr.main.min.css"))
    return f"enquetes-borne-{sha256(' '.join(files).encode()).hexdigest()[:12]}"


@method_decorator(login_not_required, name="dispatch")
class OfTablets(PublicView):
    """A page of a tablet, in service or not."""

    message_template = "surveys/kiosk/message.html"

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            response["X-Kiosk"] = "1"  # what the tablet may keep
        return response

    def message(self, name, *, status=200, **context):
        return super().message(name, status=status, release=release(), **context)

    def points(self):
        return CollectionPoint.objects.for_public().filter(channel=Channel.TABLET)

    def takes(self, point: CollectionPoint) -> bool:
        return point.channel == Channel.TABLET


@method_decorator(csrf_exempt, name="dispatch")
class Kiosk(OfTablets, Questionnaire):
    """The screens of the tablet; its script sends forms here and reads what became of them."""

    template_name = "surveys/kiosk/form.html"

    def get(self, request, token):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return self.prepare()
        if not self.point.is_in_service(timezone.localdate()):
            return self.message("unknown", status=404)
        return super().get(request, token)

    def prepare(self) -> HttpResponse:
        """A device where somebody is signed in never shows the screens of the hall."""
        address = address_of(self.point)
        context = {
            "title": "Préparer la tablette",
            "point": self.point,
            "address": address.partition("://")[2],
            "qr": qr_svg(address, title="Adresse de la tablette"),
        }
        return render(self.request, "surveys/kiosk/prepare.html", context)

    def post(self, request, token):
        if not request.accepts("text/html"):
            return self.received(forms.read(request, self.point))
        return super().post(request, token)

    def extra(self) -> dict:
        return {"release": release()}

    def received(self, sent) -> HttpResponse:
        """Said to the script: `saved` leaves its queue, `refused` is put apart, `later` and `token` are sent again."""
        try:
            outcome = public.receive(self.point, sent, network=client_address(self.request) or "")
        except intake.AnswersRefused as refusal:
            return saving.answer(SavingOutcome.REFUSED, refusal.message)
        except public.EmptyForm:
            return saving.answer(SavingOutcome.SAVED)
        except public.NotOurForm as refusal:
            is_old = sent.opened_at is None
            return saving.answer(SavingOutcome.TOKEN if is_old else SavingOutcome.REFUSED, refusal.message)
        except public.TooManyForms:
            response = saving.answer(SavingOutcome.LATER)
            response.status_code = 429
            response["Retry-After"] = str(RETRY_SECONDS)
            return response
        except intake.SurveyClosed as refusal:
            return saving.answer(SavingOutcome.LATER, refusal.message)
        return saving.answer(SavingOutcome.SAVED, late=outcome == public.Reception.LATE)


class Prepare(OfTablets):
    """Turn the device into a tablet of the hall: whoever is signed in leaves, and nothing of them stays."""

    http_method_names = ("post", "options")

    def post(self, request, token):
        logout(request)
        response = HttpResponseRedirect(reverse("surveys:kiosk", args=[token]))
        for name in request.COOKIES:
            response.delete_cookie(name)
        response["Clear-Site-Data"] = '"cache", "cookies"'
        return response


@method_decorator(never_cache, name="dispatch")
class KioskState(OfTablets):
    """A fresh protection token before sending, and whether the survey still takes answers."""

    def get(self, request, token):
        today = timezone.localdate()
        campaign = self.point.campaign
        takes = campaign.state == CampaignState.OPEN and campaign.starts_on <= today <= campaign.ends_on
        return JsonResponse({"token": forms.token_of(self.point), "open": takes and self.point.is_in_service(today)})


@method_decorator(login_not_required, name="dispatch")
class Worker(View):
    """The service worker: served beside the tablet's pages, since its place is what it may answer for."""

    def get(self, request):
        response: HttpResponse = render(
            request,
            "surveys/kiosk/worker.js",
            {"static_url": settings.STATIC_URL, "release": release()},
            content_type="text/javascript",
        )
        response["Cache-Control"] = "no-cache"
        return response
