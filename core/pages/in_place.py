"""Change a thing where it is shown (static/js/in-place.js): the form of its page comes in a panel over the list, the
answer holds the pieces of the page that changed, and the gesture is taken back until the next one.

Without script the same link opens the page. A page says `class ActionPoint(InPlace, …, UpdatePage)` and gives
`get_pieces`; what is shown stands in `<span data-piece="…">`, the link that changes it has `data-in-place`.
"""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from core.base.errors import UserError
from core.pages.saving import SavingOutcome, answer, is_scripted
from core.record import changesets, undoing

HEADER = "X-In-Place"  # of the script that asks for the form alone
FIELD = "_in_place"  # in what it sends
UNDO = "_undo"
SALT = "core.pages.in_place"
LASTS = 8 * 3600  # seconds: a gesture is taken back in the same working day
TAKEN_BACK = "Geste annulé"
TOO_LATE = "Ce geste ne s’annule plus ici : l’historique dit ce qu’il a changé."


class InPlace:
    """A page with a form that answers in place too: same verb, same conflicts, each gesture one act of the history."""

    in_place_template = "core/in_place.html"
    act: UUID | None = None

    @property
    def is_in_place(self) -> bool:
        return HEADER in self.request.headers or (is_scripted(self.request) and FIELD in self.request.POST)

    def get_pieces(self, saved) -> dict[str, str]:
        """What the pages show of it now: the HTML of each piece by its name."""
        raise NotImplementedError

    def get_more(self, saved) -> dict:
        """What else the script of the page is told: `places`, the column of a board where each card stands now."""
        return {}

    def post(self, request, *args, **kwargs):
        if UNDO in request.POST:
            return self.take_back(request.POST[UNDO])
        return super().post(request, *args, **kwargs)

    def save_once(self, form):
        return self.as_one_act(super().save_once, form)

    def save_checked(self, form):
        return self.as_one_act(super().save_checked, form)

    def as_one_act(self, save, form):
        if not self.is_in_place:
            return save(form)
        with changesets.opened() as self.act:
            return save(form)

    def succeed(self, saved, url: str = ""):
        if not self.is_in_place:
            return super().succeed(saved, url)
        undo = signed(self.act, self.request.user, str(self.get_key()))
        return self.tell(self.get_success_message(saved), saved, undo=undo)

    def tell(self, sentence: str, saved, **more):
        return answer(SavingOutcome.SAVED, sentence, pieces=self.get_pieces(saved), **self.get_more(saved), **more)

    def render(self, *, status: int = 200, **context):
        if not self.is_in_place:
            return super().render(status=status, **context)
        html = render_to_string(
            self.in_place_template, self.get_context_data(**{"differences": None} | context), self.request
        )
        if self.request.method != "POST":
            return HttpResponse(html, headers={"Cache-Control": "no-store"})
        form = context.get("form")
        sentence = " ".join(str(one) for told in form.errors.values() for one in told) if form is not None else ""
        return answer(SavingOutcome.CONFLICT if status == 409 else SavingOutcome.REFUSED, sentence, html=html)

    def take_back(self, token: str):
        """Undo the gesture by the history; refused once the same thing was changed again."""
        try:
            with transaction.atomic():
                self.hold()
                undoing.undo(self.act_of(token), by=self.request.user, reason=TAKEN_BACK)
        except UserError as error:
            return self.refuse_undo(error.message)
        self.__dict__.pop("object", None)
        if self.is_in_place:
            return self.tell("C’est annulé.", self.object)
        messages.success(self.request, "C’est annulé.")
        return HttpResponseRedirect(self.get_cancel_url())

    def refuse_undo(self, sentence: str):
        if self.is_in_place:
            return answer(SavingOutcome.REFUSED, sentence)
        messages.error(self.request, sentence)
        return HttpResponseRedirect(self.get_cancel_url())

    def act_of(self, token: str) -> UUID:
        """The act that this person made here; UserError on any other."""
        return act_of(token, self.request.user, str(self.get_key()))


def signed(act: UUID | None, user, place: str) -> str:
    """What a script sends back to undo the act that this person made at a place."""
    return signing.dumps([str(act), user.pk, place], salt=SALT)


def act_of(token: str, user, place: str) -> UUID:
    """The act of a token, of this person at this place; UserError on any other."""
    try:
        act, author, where = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise UserError(TOO_LATE) from error
    if (author, where) != (user.pk, place):
        raise UserError(TOO_LATE)
    return UUID(act)
