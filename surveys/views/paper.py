"""Typing of paper forms: digits 1 to 4, 0 for « non concerné », Enter for the next form, the last one corrected."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core.base.errors import UserError
from core.pages import saving
from core.pages.detail import ObjectPage
from core.pages.saving import SavingOutcome
from organisations.permissions import Permission
from surveys.enums import Channel, Language
from surveys.forms import public
from surveys.forms.paper import PaperForm
from surveys.models import Campaign, Response
from surveys.rules import phrases, wording
from surveys.services import intake, paper
from surveys.views.campaigns import way_to


class TypesPaper:
    """The rows of a questionnaire with their digits, and the head of the form."""

    permission = Permission.SURVEY_ENTER
    campaign: Campaign

    def get_breadcrumbs(self):
        return [*way_to(self.campaign), (self.get_title(), "")]

    def sheet(self, answers, problems=()):
        questions = intake.questions_of(self.campaign.questionnaire_id)
        return wording.sheet(questions, values=answers, problems=problems, kind=self.campaign.kind)

    def head(self, data=None, **initial) -> PaperForm:
        return PaperForm(data, campaign=self.campaign, initial=initial)

    def refusal(self, error: UserError, form: PaperForm) -> list:
        """Told on its field, or above the form; the problems of answers go to their questions."""
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return getattr(error, "problems", [])

    def shown(self, form, answers, problems=(), **context):
        return self.render(
            form=form,
            campaign=self.campaign,
            words=phrases.phrases_in(Language.FRENCH),
            questions=self.sheet(answers, problems),
            **context,
        )


class PaperEntry(TypesPaper, ObjectPage):
    """A form after the other, without leaving the page nor the keyboard."""

    queryset = Campaign.objects.satisfaction().select_related("site")
    lookup_field = "code"
    template_name = "surveys/paper/entry.html"
    title = "Saisie des formulaires papier"

    @property
    def campaign(self):
        return self.object

    def get(self, request, code):
        return self.fresh()

    def post(self, request, code):
        form, answers = self.head(request.POST), public.answers_in(request.POST)
        key = public.key_in(request.POST)
        if key is not None and form.is_valid():
            try:
                paper.enter(self.campaign, key=key, answers=answers, by=request.user, **form.cleaned_data)
            except UserError as error:
                return self.refused(form, answers, key, self.refusal(error, form))
            return self.recorded(form)
        return self.refused(form, answers, key or uuid.uuid4())

    def recorded(self, form):
        number = form.cleaned_data["number"]
        sentence = f"Formulaire {f'n° {number} ' if number else ''}enregistré."
        if saving.is_scripted(self.request):
            batch = paper.batch_of(self.campaign, self.request.user)
            return saving.answer(SavingOutcome.SAVED, sentence, **batch_shown(batch))
        messages.success(self.request, sentence)
        return HttpResponseRedirect(self.request.path)

    def refused(self, form, answers, key, problems=()):
        if saving.is_scripted(self.request):
            sentences = [sentence for errors in form.errors.values() for sentence in errors]
            return saving.answer(SavingOutcome.REFUSED, " ".join(sentences))
        return self.shown(form, answers, problems, key=key, batch=self.batch())

    def fresh(self):
        batch = self.batch()
        last = batch["last"]
        form = self.head(
            place=last.place_id if last else None,
            answered_on=last.answered_on if last else min(timezone.localdate(), self.campaign.ends_on),
            number=batch["number"],
            language=last.language if last else Language.FRENCH,
        )
        return self.shown(form, {}, key=uuid.uuid4(), batch=batch)

    def batch(self) -> dict:
        batch = paper.batch_of(self.campaign, self.request.user)
        return {"last": batch.last, **batch_shown(batch)}


def batch_shown(batch: paper.Batch) -> dict:
    """What the page says of the batch, and what its script reads."""
    last = batch.last
    return {
        "count": batch.count,
        "number": batch.next_number,
        "last_label": (f"n° {last.number}" if last.number else "le dernier") if last else "",
        "correct_url": reverse("surveys:response-correct", args=[last.pk]) if last else "",
    }


class PaperCorrection(TypesPaper, ObjectPage):
    """A form typed wrongly, by oneself or, for those who run the survey, by anybody."""

    queryset = Response.objects.filter(channel=Channel.PAPER).select_related("campaign__site", "place")
    template_name = "surveys/paper/correction.html"
    title = "Corriger un formulaire"

    @property
    def campaign(self):
        return self.object.campaign

    def find_object(self):
        response = super().find_object()
        runs = self.request.user.can(Permission.SURVEY_EDIT, response.campaign.site_id)
        if not runs and response.entered_by_id != self.request.user.pk:
            raise PermissionDenied
        return response

    def get(self, request, pk):
        row = self.object
        form = self.head(place=row.place_id, answered_on=row.answered_on, number=row.number, language=row.language)
        return self.shown(form, row.answers)

    def post(self, request, pk):
        form, answers = self.head(request.POST, place=self.object.place_id), public.answers_in(request.POST)
        if not form.is_valid():
            return self.shown(form, answers)
        try:
            paper.correct(self.object, answers=answers, by=request.user, **form.cleaned_data)
        except UserError as error:
            return self.shown(form, answers, self.refusal(error, form))
        messages.success(request, "Le formulaire est corrigé.")
        return HttpResponseRedirect(reverse("surveys:paper", args=[self.campaign.code]))
