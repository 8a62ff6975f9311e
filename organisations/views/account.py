"""One's own account: sign in and out, password, last sign-ins. The pages marked public open without an account."""

import contextlib
import math

from axes.models import AccessLog
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views import View
from django.views.generic import FormView, TemplateView

from core.base.errors import UserError
from core.pages import saving, sessions
from organisations import devices, throttle
from organisations.enums import Role
from organisations.forms.account import AskForPasswordForm, ChangePasswordForm, NewPasswordForm, SignInForm
from organisations.links import INVITATION_DAYS, invitations
from organisations.models import Membership, User
from organisations.services import accounts, oidc, passwords, second_factor
from organisations.views.signing_in import ID_TOKEN, ask_for_code, open_session, public

CODE_ASKED = "Ce compte demande aussi un code : connectez-vous dans un autre onglet, puis revenez ici."


def locked_out(request, response=None, credentials=None):
    """Answer too many attempts: when to try again, and the way that is always open."""
    until = throttle.locked_until(request, credentials) or timezone.now() + settings.AXES_COOLOFF_TIME
    page = render(request, "organisations/locked_out.html", {"until": until}, status=429)
    page["Retry-After"] = max(1, math.ceil((until - timezone.now()).total_seconds()))
    return page


@public
class SignIn(auth.LoginView):
    """E-mail and password. A device that has signed in is remembered as known.

    A page whose session ended signs in from its own dialog, by script, and goes on.
    """

    template_name = "organisations/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        self.redirect_authenticated_user = not saving.is_scripted(request)
        return super().dispatch(request, *args, **kwargs)

    def get_redirect_url(self):
        """Never the address of a button, which takes no reader."""
        url = super().get_redirect_url()
        return sessions.readable(url) if url else url

    def form_valid(self, form):
        user = form.get_user()
        if second_factor.of(user):
            is_scripted = saving.is_scripted(self.request)
            return (
                saving.answer(saving.SavingOutcome.REFUSED, CODE_ASKED)
                if is_scripted
                else ask_for_code(self.request, user)
            )
        open_session(self.request, user, passed=False)
        response = redirect(self.get_success_url())
        if saving.is_scripted(self.request):
            response = saving.answer(saving.SavingOutcome.SAVED, user=str(user.pk))
        elif self.request.GET.get(sessions.ENDED) == sessions.OF_A_POST:
            messages.warning(self.request, "La session avait pris fin : rien n’a été enregistré, recommencez.")
        devices.remember(response, self.request, user.email)
        return response

    def form_invalid(self, form):
        if saving.is_scripted(self.request):
            sentences = [sentence for errors in form.errors.values() for sentence in errors]
            return saving.answer(saving.SavingOutcome.REFUSED, " ".join(sentences))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        accounts = sorted(User.objects.demonstration(), key=_first_role) if settings.DEMO else []
        return super().get_context_data(
            **kwargs,
            demo_accounts=accounts,
            demo_password=settings.DEMO_PASSWORD,
            oidc_name=settings.OIDC_NAME if oidc.is_on() else "",
            has_ended=bool(self.request.GET.get(sessions.ENDED)),
        )


class GoOn(View):
    """A page in use asks for its session to go on; the answer says for how long, and who is signed in."""

    http_method_names = ("post", "options")

    def post(self, request):
        sessions.renew(request)
        return saving.answer(saving.SavingOutcome.SAVED, seconds=sessions.left(request), user=str(request.user.pk))


class SignOut(auth.LogoutView):
    """Only by POST: an image in a page cannot sign anyone out."""

    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        id_token = request.session.get(ID_TOKEN, "")
        answer = super().post(request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'  # what waits to be sent stays on the device, under its owner's number
        if id_token and oidc.is_on():
            with contextlib.suppress(UserError):  # signed out here at least
                back = request.build_absolute_uri(reverse("organisations:login"))
                answer["Location"] = oidc.address_to_sign_out(id_token, back=back) or answer.url
        return answer


class SignOutElsewhere(View):
    """The sessions of the person end, but for this one."""

    http_method_names = ("post", "options")

    def post(self, request):
        reason = "Autres appareils déconnectés par la personne"
        accounts.end_sessions(request.user, by=request.user, reason=reason, but=request.session.session_key)
        messages.success(request, "Vos autres appareils sont déconnectés.")
        return redirect("organisations:account")


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
            may_add_factor=not settings.DEMO,
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
        devices.remember(response, self.request, form.user.email)
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
    success_url = reverse_lazy("reports:home")
    extra_context = {"first": False, "days": INVITATION_DAYS}

    def get_user(self, uidb64):
        """Nobody where the account was closed since the link left."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form):
        response = super().form_valid(form)
        if second_factor.of(form.user):  # the mailbox alone does not open the account
            messages.success(self.request, "Votre mot de passe est enregistré.")
            return ask_for_code(self.request, form.user)
        open_session(self.request, form.user, passed=False)
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
