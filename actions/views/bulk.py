"""Change several actions of the list at once: choose, see what it asks for, record all or nothing."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from actions.filters import ActionFilter
from actions.forms.bulk import ASSIGN, CHANGES, REASSIGN
from actions.models import Action
from actions.services import bulk
from actions.services.bulk import BulkRefused
from actions.views.actions import LIST
from actions.views.scope import EDIT
from core.pages import FormPage

MOST = 500


class BulkPage(FormPage):
    """The form of one change, for the actions chosen on the list."""

    permission = EDIT
    template_name = "actions/action/bulk.html"
    breadcrumbs = (LIST,)
    button_label = "Enregistrer pour toutes"

    @cached_property
    def change(self):
        asked = self.request.POST.get("changement") or self.request.GET.get("changement", "")
        if asked not in CHANGES:
            raise Http404
        return CHANGES[asked]

    @cached_property
    def chosen(self) -> list[Action]:
        """The actions chosen, among those of the plans that the person runs."""
        sites = self.request.user.access.units_with(EDIT)
        rows = Action.objects.visible_to(self.request.user).for_list().filter(finding__plan__site_id__in=sites)
        if self.is_of_filter:
            return list(self.filtered(rows).by_deadline()[: MOST + 1])
        asked = self.request.POST.getlist("actions") or self.request.GET.getlist("actions")
        keys = {int(key) for key in asked[:MOST] if key.isdecimal() and len(key) <= 18}
        return list(rows.filter(pk__in=keys).by_deadline())

    @property
    def is_of_filter(self) -> bool:
        """Whether all the actions of the filter are meant, on all its pages; once shown they are sent one by one."""
        return self.request.method == "GET" and "tous" in self.request.GET

    def filtered(self, rows):
        """The actions of the list as it was filtered; none where the filter is wrong."""
        found = ActionFilter(QueryDict(self.request.GET.get("filtre", "")) or None, queryset=rows, request=self.request)
        return found.qs if not found.is_bound or found.is_valid() else rows.none()

    def get(self, request, *args, **kwargs):
        if len(self.chosen) > MOST:
            messages.error(
                request, f"Ce filtre garde plus de {MOST} actions : resserrez-le avant de les changer d’un coup."
            )
            return HttpResponseRedirect(reverse("actions:actions"))
        return self.go_back() if not self.chosen else super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        return self.go_back() if not self.chosen else super().post(request, *args, **kwargs)

    def go_back(self):
        messages.error(self.request, "Cochez d’abord les actions à changer.")
        return HttpResponseRedirect(reverse("actions:actions"))

    def get_title(self) -> str:
        count = len(self.chosen)
        return f"{self.change.label} : {count} action{'s' if count > 1 else ''}"

    @property
    def form_class(self):
        return self.change.form_class

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.change in (CHANGES[ASSIGN], CHANGES[REASSIGN]):
            kwargs["site"] = self.chosen[0].finding.plan.site
        return kwargs

    def refuse(self, form, error):
        if not isinstance(error, BulkRefused):
            return super().refuse(form, error)
        form.add_error(None, error.message)
        return self.show(form, problems=error.problems)

    def save_verb(self, form):
        return bulk.change(self.chosen, verb=self.change.verb, by=self.request.user, **self.change.arguments(form))

    def get_success_message(self, saved):
        count = len(self.chosen)
        return "L’action est changée." if count == 1 else f"{count} actions sont changées."

    def get_success_url(self, saved):
        return reverse("actions:actions")

    def get_cancel_url(self):
        return reverse("actions:actions")

    def get_context_data(self, **context):
        code = next(code for code, change in CHANGES.items() if change is self.change)
        return super().get_context_data(chosen=self.chosen, change_code=code, **{"problems": []} | context)
