"""Sign in by an identity provider: to it, and back from it. Off without settings."""

import time
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from core.base.errors import UserError
from organisations.models import User
from organisations.services import oidc
from organisations.views.signing_in import ID_TOKEN, open_session, public

JOURNEY, ARRIVAL, NEXT, PATIENCE = "oidc_journey", "oidc_arrival", "oidc_next", 300


class OidcPage(View):
    """A page that is there only where there is a provider; a refusal is told on the page of sign-in."""

    http_method_names = ("get", "options")

    def dispatch(self, request, *args, **kwargs):
        if not oidc.is_on():
            raise Http404
        try:
            return super().dispatch(request, *args, **kwargs)
        except UserError as error:
            messages.error(request, error.message)
            return redirect("organisations:login")


@public
class OidcStart(OidcPage):
    def get(self, request):
        journey = oidc.Journey.begin(request.build_absolute_uri(reverse("organisations:oidc-back")))
        address = oidc.address_to_sign_in(journey)
        request.session[JOURNEY] = asdict(journey)
        request.session[NEXT] = request.GET.get("next", "")
        return redirect(address)


@public
class OidcBack(OidcPage):
    """Who came back is told by name, and enters by a button: reading a page signs nobody in."""

    http_method_names = ("get", "post", "options")

    def get(self, request):
        kept = request.session.pop(JOURNEY, None)
        if kept is None:
            return redirect("organisations:login")
        asked = request.GET
        arrival = oidc.arrive(oidc.Journey(**kept), state=asked.get("state", ""), code=asked.get("code", ""))
        request.session[ARRIVAL] = {"at": time.time(), **asdict(arrival)}
        person = User.objects.get(pk=arrival.user_id)
        context = {"person": person, "is_new": arrival.is_new, "provider": settings.OIDC_NAME}
        return render(request, "organisations/oidc_back.html", context)

    def post(self, request):
        kept, target = request.session.pop(ARRIVAL, None), request.session.pop(NEXT, "")
        if kept is None or time.time() - kept.pop("at") > PATIENCE:
            return redirect("organisations:login")
        arrival = oidc.Arrival(**kept)
        open_session(request, oidc.enter(arrival), passed=True)
        request.session[ID_TOKEN] = arrival.id_token
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
        return redirect(target if is_ours else reverse("reports:home"))
