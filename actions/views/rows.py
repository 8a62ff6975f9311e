"""A plan written in its page, row after row, by keyboard (static/js/plan-rows.js); without script, a page a row."""

from django.template.loader import render_to_string

from actions.forms.rows import PlanRowForm
from actions.models import Action, Plan
from actions.services import rows
from actions.views.in_place import bands_of
from actions.views.scope import EDIT, OnPlan
from core.pages import AddPage
from core.pages.in_place import InPlace
from core.record import history

ROW = "ligne"  # the form of the row in the page of the plan


class PlanRowWrite(InPlace, OnPlan, AddPage):
    """One more row: a finding with its action, or one more action of the finding before."""

    permission = EDIT
    form_class = PlanRowForm
    template_name = "actions/plan/row.html"
    in_place_template = "actions/plan/_row_form.html"
    title = crumb = "Écrire une ligne"
    button_label = "Ajouter la ligne"
    success_url_name = "actions:plan-row"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | told_of(self.object)

    def save_verb(self, form):
        told = {name: form.cleaned_data[name] for name in ("finding", "under", "text", "deadline")}
        self.written = rows.write_row(self.object, by=self.request.user, responsibles=form.responsibles, **told)
        return self.object

    def hold(self) -> None:
        history.lock(self.object)

    def get_success_url(self, saved) -> str:
        return self.request.path

    def get_success_message(self, saved) -> str:
        finding, action = self.written
        return f"Constat {finding.number} : {'l’action est ajoutée' if action else 'il est ajouté'}."

    def get_pieces(self, saved) -> dict[str, str]:
        return bands_of({self.object.pk}, self.request.user)

    def get_more(self, saved) -> dict:
        if not hasattr(self, "written"):  # taken back
            return {}
        finding, action = self.written
        shown = Action.objects.for_list().filter(pk=action.pk).first() if action else None
        told = {"finding": finding, "action": shown, "words": self.request.POST.get("finding", "").strip()}
        return {"row": render_to_string("actions/plan/_written.html", told, self.request)}


def row_form_of(plan: Plan) -> PlanRowForm:
    """The empty row at the foot of the plan; its fields stand in cells, outside of their form."""
    form = PlanRowForm(auto_id=f"{ROW}-%s", **told_of(plan))
    for field in form.fields.values():
        field.widget.attrs["form"] = ROW
    form.fields["deadline"].tell_in(f"{ROW}-comprise")
    return form


def told_of(plan: Plan) -> dict:
    return {"site": plan.site, "initial": {"under": rows.last_words(plan)}}
