"""What is typed and not saved yet: sent by the script as it is typed, given back to its author on any device."""

from urllib.parse import urlencode

from django.views import View

from core.base.errors import UserError
from core.pages.access import OnObject
from core.pages.saving import SavingOutcome, answer
from reports.models import WrittenDraft
from reports.rules.texts import clean_text


class Drafted:
    """A page that gives its author back what was typed there; `static/js/page.js` sends it to `get_draft_url`."""

    def get_draft_url(self) -> str:
        raise NotImplementedError

    def get_draft(self) -> WrittenDraft | None:
        raise NotImplementedError

    def get_context_data(self, **context) -> dict:
        draft = self.get_draft()
        if draft is not None and not self.is_saved(draft):
            told = {"title": draft.title, "text": draft.text, "_version": draft.version}
            context |= {"draft_body": urlencode(told), "draft_at": int(draft.typed_at.timestamp() * 1000)}
        return super().get_context_data(draft_url=self.get_draft_url(), **context)

    def is_saved(self, draft: WrittenDraft) -> bool:
        """Whether the words saved are those of the draft."""
        thing = self.object
        is_titled = not draft.title or draft.title == getattr(thing, "title", draft.title)
        return is_titled and draft.text == clean_text(thing.text)


class KeepDraft(OnObject, View):
    """Keep what is being typed, or forget it."""

    http_method_names = ("post",)

    def post(self, request, *args, **kwargs):
        if "forget" in request.POST:
            self.drop()
            return answer(SavingOutcome.SAVED)
        try:
            self.keep(text=request.POST.get("text", ""), version=request.POST.get("_version", ""))
        except UserError as error:
            return answer(SavingOutcome.REFUSED, error.message)
        return answer(SavingOutcome.SAVED)

    def keep(self, **told) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        raise NotImplementedError
