"""The sign-in sheet on a tablet that goes round: each one presses the button of their name, which counts at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from core.base.errors import UserError
from core.pages import Page
from core.pages.access import OnObject
from organisations.permissions import Permission
from training.enums import HELD, Attendance
from training.models import Session
from training.services import sessions

REASON = "Émargement sur tablette"


class Tablet(OnObject, Page, View):
    """The names of those enrolled, in large; who signed by mistake takes it back."""

    permission = Permission.TRAINING_MANAGE
    queryset = Session.objects.select_related("course", "unit")
    template_name = "training/tablet.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = self.object.enrolments.filter(state__in=HELD).select_related("agent__unit")
        ordered = rows.order_by("agent__last_name", "agent__first_name", "pk")
        signed = [row for row in ordered if row.state == Attendance.PRESENT]
        return self.render(
            session=self.object,
            awaited=[row for row in ordered if row.state != Attendance.PRESENT],
            signed=signed,
            sheet_url=reverse("training:session-sheet", args=[self.object.pk]),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = self.object.enrolments.filter(state__in=HELD)
        sign, undo = request.POST.get("sign", ""), request.POST.get("undo", "")
        if (asked := sign or undo).isdecimal():
            row = get_object_or_404(rows, pk=asked)
            try:
                if sign:
                    sessions.mark(row, state=Attendance.PRESENT, by=request.user, reason=REASON)
                else:
                    sessions.undo_presence(row, by=request.user, reason=REASON)
            except UserError as error:
                messages.error(request, error.message)
        return HttpResponseRedirect(request.path)

    def get_title(self) -> str:
        return f"Émargement : {self.object}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        session = reverse("training:session", args=[self.object.pk])
        return [("Sessions", reverse("training:sessions")), (str(self.object), session), ("Émargement", "")]
