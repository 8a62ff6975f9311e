"""What a session owes to the person's rights: a new key when they change, a second factor where it is compulsory."""

import time

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from core.pages import sessions
from organisations.models import User
from organisations.services import second_factor

PENDING, ID_TOKEN = "pending_sign_in", "oidc_id_token"
RIGHTS, PASSED = "rights_version", "second_factor"
# What one may do before the second factor is in service.
OPEN = {"login", "logout", "second-factor", "password-change", "second-factor-check"}
ASKED = "Votre rôle demande un second facteur : mettez-le en service avant de continuer."


public = method_decorator(login_not_required, name="dispatch")


def ask_for_code(request: HttpRequest, user: User):
    """The password was right: the code comes next, and the session belongs to nobody until then."""
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "at": time.time(), "next": request.POST.get("next", "")}
    return redirect("organisations:second-factor-check")


def open_session(request: HttpRequest, user: User, *, passed: bool) -> None:
    """Sign in, and say in the session whether the person gave a second factor."""
    auth.login(request, user, backend="organisations.backends.RoleBackend")
    request.session.cycle_key()  # at a second sign-in of the same person too, where Django keeps the key
    sessions.begin(request)
    request.session[RIGHTS] = user.rights_version
    request.session[PASSED] = passed


class FollowRights:
    """Middleware: a session whose person gained or lost a role goes on under another key."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and request.session.get(RIGHTS, 0) != user.rights_version:
            request.session.cycle_key()
            request.session[RIGHTS] = user.rights_version
        return self.get_response(request)

    def process_view(self, request, _view, _arguments, _options):
        """To the second factor first, where the installation asks one of the person's role."""
        if not settings.SECOND_FACTOR or request.session.get(PASSED):
            return None
        match = request.resolver_match
        is_open = match.url_name in OPEN if match.app_name == "organisations" else match.app_name == "core"
        user = request.user
        if is_open or not user.is_authenticated or not second_factor.is_compulsory_for(user):
            return None
        if second_factor.of(user):  # signed in before it was in service, or by another way
            auth.logout(request)
            return redirect(f"{reverse('organisations:login')}?next={request.path}")
        messages.warning(request, ASKED)
        return redirect("organisations:second-factor")
