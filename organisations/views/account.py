"""One's own account: sign in and out, password, last sign-ins. The pages marked public open without an account."""

import math

from axes.models import AccessLog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import FormView, TemplateView

from organisations import devices, throttle
from organisations.enums import Role
from organisations.forms.account import AskForPasswordForm, ChangePasswordForm, NewPasswordForm, SignInForm
from organisations.links import INVITATION_DAYS, invitations
from organisations.models import Membership, User
from organisations.services import passwords

public = method_decorator(login_not_required, name="dispatch")


def locked_out(request, response=None, credentials=None):
    """Answer too many attempts: when to try again, and the way that is always open."""
    until = throttle.locked_until(request, credentials) or timezone.now() + settings.AXES_COOLOFF_TIME
    page = render(request, "organisations/locked_out.html", {"until": until}, status=429)
    page["Retry-After"] = max(1, math.ceil((until - timezone.now()).total_seconds()))
    return page


@public
class SignIn(auth.LoginView):
    """E-mail and password. A device that has signed in is remembered as known."""

    template_name = "organisations/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        devices.remember(response, self.request, form.get_user().email)
        return response

    def get_context_data(self, **kwargs):
        accounts = sorted(User.objects.demonstration(), key=_first_role) if settings.DEMO else []
        return super().get_context_data(**kwargs, demo_accounts=accounts, demo_password=settings.DEMO_PASSWORD)


class SignOut(auth.LogoutView):
    """Only by POST: an image in a page cannot sign anyone out."""

    http_method_names = ["post", "options"]


class OwnAccount(TemplateView):
    """Who I am, my roles and until when, my last sign-ins."""

    template_name = "organisations/account.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        given = Membership.objects.filter(delegated_from__user=user).select_related("user")
        return super().get_context_data(
            **kwargs,
            title="Mon compte",
            memberships=user.memberships.select_related("unit", "delegated_from__user").not_over(today),
            may_delegate=Membership.objects.delegable_by(user).exists(),
            delegations=given.not_over(today).order_by("valid_from"),
            sign_ins=AccessLog.objects.filter(username=user.email).order_by("-attempt_time")[:5],
        )


class ChangePassword(auth.PasswordChangeView):
    """The session goes on after the change; those of other devices end."""

    template_name = "organisations/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("organisations:account")

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, "Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
        return response


@public
class AskForPassword(FormView):
    """Send a link to the mailbox; the answer is the same for an unknown address."""

    template_name = "organisations/password_reset.html"
    form_class = AskForPasswordForm
    success_url = reverse_lazy("organisations:password-reset-sent")

    def form_valid(self, form):
        passwords.request_password_link(
            email=form.cleaned_data["email"], address=throttle.client_address(self.request) or ""
        )
        return super().form_valid(form)


@public
class AskedForPassword(TemplateView):
    """What happens next, whoever asked."""

    template_name = "organisations/password_reset_sent.html"


@public
class SetPassword(auth.PasswordResetConfirmView):
    """The page of the link: a new password, then signed in, and the device becomes a known one."""

    template_name = "organisations/password_set.html"
    form_class = NewPasswordForm
    post_reset_login = True
    post_reset_login_backend = "organisations.backends.RoleBackend"
    success_url = reverse_lazy("reports:home")
    extra_context = {"first": False, "days": INVITATION_DAYS}

    def get_user(self, uidb64):
        """Nobody where the account was closed since the link left."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form):
        response = super().form_valid(form)
        devices.remember(response, self.request, form.user.email)
        messages.success(self.request, "Votre mot de passe est enregistré. Vous êtes connecté.")
        return response


class FirstPassword(SetPassword):
    """The same, from an invitation, whose link lives longer."""

    token_generator = invitations
    extra_context = {"first": True, "days": INVITATION_DAYS}


def _first_role(user: User) -> int:
    """Where the account stands in the list of the demonstration: in the order of the roles."""
    ranks = [list(Role).index(Role(membership.role)) for membership in user.memberships.all()]
    return min(ranks, default=len(Role))
