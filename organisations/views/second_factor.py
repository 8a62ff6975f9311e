"""The pages of the second factor: put it in service, give a code at sign-in, draw new codes of help, take it away."""

import time

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import FormView

from core.base.errors import UserError
from core.pages.qr import qr_svg
from organisations import devices
from organisations.forms.account import CodeForm, PasswordForm
from organisations.models import User
from organisations.rules import totp
from organisations.services import second_factor
from organisations.views.signing_in import PASSED, PENDING, open_session, public

PATIENCE = 300  # seconds between the password and the code
PROVED = "password_given_at"  # in the session, before a telephone is set up
SERVICE = "Qualité en préfecture"


class CodePage(FormView):
    """A page that asks for a code; a refusal is told at the field."""

    form_class = CodeForm

    def form_valid(self, form):
        try:
            return self.accept(form.cleaned_data["code"])
        except UserError as error:
            form.add_error("code", error.message)
            return self.form_invalid(form)


class SecondFactorPage(CodePage):
    """Scan, then type the first code; once in service, draw new codes of help or take it away."""

    template_name = "organisations/second_factor.html"
    success_url = reverse_lazy("organisations:account")

    def dispatch(self, request, *args, **kwargs):
        if settings.DEMO:  # shared accounts: one visitor would shut the others out
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.request.user
        factor = second_factor.of(user)
        if factor is None:
            is_shown = self.request.method == "POST" and isinstance(kwargs.get("form"), CodeForm)
            secret = second_factor.secret_to_set_up(user) if is_shown else None
            kwargs |= {"secret": secret and totp.shown(secret), "qr": secret and self._qr(secret)}
        return super().get_context_data(
            title="Second facteur", factor=factor, compulsory=second_factor.is_compulsory_for(user), **kwargs
        )

    def get_form_class(self):
        return PasswordForm if self._asks_password else CodeForm

    @property
    def _asks_password(self) -> bool:
        """Whether the password comes first: a session left open must not give its account another's telephone."""
        if second_factor.of(self.request.user):
            return False
        is_proved = time.time() - self.request.session.get(PROVED, 0) < PATIENCE
        return self.request.method != "POST" or "start" in self.request.POST or not is_proved

    def form_valid(self, form):
        if not self._asks_password:
            return super().form_valid(form)
        try:
            second_factor.require_password(self.request.user, form.cleaned_data["password"])
        except UserError as error:
            form.add_error("password", error.message)
            return self.form_invalid(form)
        self.request.session[PROVED] = time.time()
        return self.render_to_response(self.get_context_data(form=CodeForm()))

    def accept(self, code: str):
        user, session = self.request.user, self.request.session.session_key
        if second_factor.of(user) is None:
            codes = second_factor.confirm(user, code, but=session)
            self.request.session.pop(PROVED, None)
            self.request.session.cycle_key()
            self.request.session[PASSED] = True
        elif "remove" in self.request.POST:
            second_factor.check(user, code)
            second_factor.remove(user, by=user, reason="Second facteur retiré par la personne", but=session)
            messages.success(self.request, "Le second facteur est retiré. Vos autres appareils sont déconnectés.")
            return redirect(self.success_url)
        else:
            codes = second_factor.renew_codes(user, code)
        page = render(self.request, "organisations/second_factor_codes.html", {"codes": codes})
        page["Cache-Control"] = "no-store"
        return page

    def _qr(self, secret: bytes):
        address = totp.address(secret, account=self.request.user.email, service=SERVICE)
        return qr_svg(address, title="Code à scanner avec l’application de votre téléphone")


@public
class SecondFactorCheck(CodePage):
    """The code of the telephone, or one of help, within five minutes of the password."""

    template_name = "organisations/second_factor_check.html"

    def dispatch(self, request, *args, **kwargs):
        pending = request.session.get(PENDING) or {}
        is_fresh = time.time() - pending.get("at", 0) < PATIENCE
        self.person = User.objects.filter(pk=pending.get("user"), is_active=True).first() if is_fresh else None
        if self.person is None:
            return redirect("organisations:login")
        return super().dispatch(request, *args, **kwargs)

    def accept(self, code: str):
        second_factor.check(self.person, code)
        target = self.request.session.pop(PENDING)["next"]
        open_session(self.request, self.person, passed=True)
        is_ours = url_has_allowed_host_and_scheme(
            target, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        answer = redirect(target if is_ours else reverse("reports:home"))
        devices.remember(answer, self.request, self.person.email)
        return answer
