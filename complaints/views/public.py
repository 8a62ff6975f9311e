"""Pages without an account, script or cookie: the form, its thanks, where a message stands.

The exception to « login by default ». A form changes nothing of an account: its own key makes it one, a field nobody
sees and a limit per network keep robots out, so that it needs no cookie against forgery.
"""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from complaints.enums import JUDGED
from complaints.forms import public as forms
from complaints.models import Complaint
from complaints.rules.phrases import EASY, FRENCH, PHRASES, phrases_in
from complaints.services import public
from core.base.errors import UserError
from organisations.models import Unit
from organisations.throttle import client_address

RETRY_SECONDS = "3600"
SALT = "complaints.thanks"


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class PublicPage(View):
    """A page in one of our languages, whose words are said plainly even when the site is gone."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.language = forms.language_in(request.POST if request.method == "POST" else request.GET)
        self.words = phrases_in(self.language)
        self.site = None
        if code := kwargs.get("code"):
            self.site = Unit.objects.sites().select_related("holiday_zone").filter(code=code).first()
            if self.site is None or self.site.holiday_zone is None:
                return self.page("complaints/public/gone.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        shown = {
            "words": self.words,
            "language": self.language,
            "languages": list(PHRASES.items()),
            "site": self.site,
            **context,
        }
        answer = render(self.request, template, shown, status=status)
        answer["Cache-Control"] = "no-store"
        return answer


class PublicForm(PublicPage):
    """One column, no script needed."""

    def get(self, request: Any, code: str) -> HttpResponse:
        return self.form(forms.SentCase(uuid.uuid4(), forms.KINDS[0], dict.fromkeys(forms.LIMITS, ""), False))

    def post(self, request: Any, code: str) -> HttpResponse:
        sent = forms.read(request.POST, request.FILES.getlist("files"), self.words)
        if sent.errors:
            return self.form(sent, status=200)
        if sent.is_trapped or sent.key is None:  # forged: thanked like anybody, nothing is kept
            return self.thank("", has_mail=False)
        person = sent.values
        language = FRENCH if self.language == EASY else self.language
        try:
            case = public.receive(
                self.site,
                key=sent.key,
                kind=sent.kind,
                person=person,
                documents=sent.documents,
                language=language,
                network=client_address(request) or "",
            )
        except public.TooMany:
            answer = self.form(sent, status=429, refusal=self.words.too_many)
            answer["Retry-After"] = RETRY_SECONDS
            return answer
        except UserError as error:
            sent.errors[error.field or "text"] = error.message
            return self.form(sent)
        may_answer = case.kind in JUDGED
        return self.thank(
            case.reference, has_mail=bool(person["email"]), is_reachable=case.is_reachable, may_answer=may_answer
        )

    def form(self, sent: forms.SentCase, *, status: int = 200, refusal: str = "") -> HttpResponse:
        kinds = [(kind.value, getattr(self.words, kind.value)) for kind in forms.KINDS]
        return self.page(
            "complaints/public/form.html", status=status, sent=sent, values=sent.values, kinds=kinds, refusal=refusal
        )

    def thank(
        self, reference: str, *, has_mail: bool, is_reachable: bool = True, may_answer: bool = False
    ) -> HttpResponse:
        told = signing.dumps([reference, has_mail, is_reachable, may_answer], salt=SALT)
        query = urlencode({forms.LANGUAGE: self.language, "m": told})
        return HttpResponseRedirect(f"{reverse('complaints:public-thanks', args=[self.kwargs['code']])}?{query}")


class PublicThanks(PublicPage):
    """The reference on screen."""

    def get(self, request: Any, code: str) -> HttpResponse:
        try:
            told = signing.loads(request.GET.get("m", ""), salt=SALT, max_age=86_400)
            reference, has_mail, is_reachable, may_answer = told
        except (signing.BadSignature, ValueError):
            reference, has_mail, is_reachable, may_answer = "", False, True, False
        return self.page(
            "complaints/public/thanks.html",
            reference=reference,
            has_mail=has_mail,
            is_reachable=is_reachable,
            may_answer=may_answer,
        )


class PublicStatus(PublicPage):
    """Where a message stands, by its reference and the address of who wrote; nothing of what was written."""

    def get(self, request: Any) -> HttpResponse:
        return self.page("complaints/public/status.html", case=None, problem="", reference="", is_awaited=False)

    def post(self, request: Any) -> HttpResponse:
        reference, email = request.POST.get("reference", "")[:20], request.POST.get("email", "")[:300]
        try:
            case = public.status(reference, email, network=client_address(request) or "")
        except public.TooMany as refusal:
            problem, case, status = refusal.message, None, 429
        else:
            problem, status = ("", 200) if case else (self.words.unknown, 200)
        shown = {"case": case, "problem": problem, "reference": reference, "is_awaited": _is_awaited(case)}
        return self.page("complaints/public/status.html", status=status, **shown)


def _is_awaited(case: Complaint | None) -> bool:
    return case is not None and case.is_open and case.suspensions.filter(replied_on__isnull=True).exists()
