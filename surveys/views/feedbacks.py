"""« Vous l’avez demandé, nous l’avons fait »: the answers that a campaign gives to the public."""

from core.pages import ObjectPage
from core.pages.section import Add, Change, History, Parent, Remove, Section
from organisations.permissions import Permission
from surveys.forms.results import FeedbackForm
from surveys.models import Feedback
from surveys.services import feedbacks
from surveys.views.campaigns import way_to
from surveys.views.results import OfResults

EDIT = Permission.SURVEY_EDIT
LONGEST = 300


class Feedbacks(OfResults, ObjectPage):
    """The answers in their order, published or not."""

    template_name = "surveys/results/feedbacks.html"

    def get_title(self) -> str:
        return f"Vous l’avez demandé, nous l’avons fait – {self.object.title}"

    def get(self, request, *args, **kwargs):
        rows = Feedback.objects.filter(campaign=self.object).select_related("action__finding")
        if not self.allows(EDIT):
            rows = rows.filter(is_published=True)
        return self.render(feedbacks=list(rows), may_read_actions=self.allows(Permission.ACTION_VIEW))


class FromAComment:
    """The words of a comment may come with the address."""

    def get_initial(self) -> dict:
        asked = self.request.GET
        return {"request": asked.get("demande", "")[:LONGEST], "theme": asked.get("theme", "")}


class FeedbackPages(Section):
    name, path, permission = "surveys:feedback", "reponses-aux-usagers/<int:pk>", EDIT
    queryset = Feedback.objects.select_related("campaign__site", "action")
    parent = Parent(
        "campaign", OfResults.queryset, "surveys:feedbacks", lookup="code", way=way_to, label="Réponses aux usagers"
    )

    create = Add(
        "campagnes/<slug:code>/reponses-aux-usagers/nouvelle",
        FeedbackForm,
        feedbacks.add,
        page=FromAComment,
        takes="campaign",
        title="Répondre aux usagers",
        button_label="Enregistrer",
        success_message="La réponse est enregistrée.",
    )
    edit = Change(FeedbackForm, feedbacks.change, takes="campaign", title="Modifier une réponse aux usagers")
    remove = Remove(
        feedbacks.remove,
        reason="optional",
        title="Supprimer une réponse aux usagers",
        question="« {0.request} »",
        success_message="La réponse est supprimée.",
    )
    history = History()
