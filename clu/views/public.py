"""What a person invited opens without an account: the convocation, and the answer to it."""

import contextlib

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views import View

from clu.enums import Answer
from clu.models import Attendance
from clu.notifications import answer_address
from clu.printing.agenda import ics
from clu.services import attendance
from core.base.errors import UserError

SHORTEST = 20  # a token is longer; an empty one is that of nobody


@method_decorator(login_not_required, name="dispatch")
class AnswerPage(View):
    """« Je serai présent » or « Je vous prie de m’excuser », until the day of the meeting."""

    @cached_property
    def row(self) -> Attendance:
        token = self.kwargs["token"]
        rows = Attendance.objects.select_related("meeting__committee__site")
        found = rows.filter(token=token).first() if len(token) >= SHORTEST else None
        if found is None:
            raise Http404
        return found

    def get(self, request, token):
        meeting = self.row.meeting
        is_over = meeting.held_on < timezone.localdate()
        context = {
            "row": self.row,
            "meeting": meeting,
            "items": meeting.items.all(),
            "is_over": is_over,
            "answers": Answer,
        }
        response = render(request, "clu/public/answer.html", context)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"  # « no-referrer » names no origin: 403
        return response

    def post(self, request, token):
        if self.row.meeting.held_on >= timezone.localdate():
            with contextlib.suppress(UserError):  # neither of the two buttons: the page is shown again
                attendance.answer(self.row, answer=request.POST.get("answer", ""))
        return redirect(reverse("clu:answer", args=[token]))


class AnswerCalendar(AnswerPage):
    """The event for one's own calendar."""

    def get(self, request, token):
        data = ics(self.row.meeting, address=answer_address(self.row))
        response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, "reunion.ics")
        return response

    def post(self, request, token):
        raise Http404
