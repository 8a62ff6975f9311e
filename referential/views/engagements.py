"""An engagement: what is known of it, what it corresponds to, its history; and the table of correspondences."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from core.pages import CreatePage, DetailPage, ListPage, PageAction, VerbPage
from core.pages.page import link
from core.pages.section import Add, Change, Detail, History, Parent, Section
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.places import kept
from referential.forms import CorrespondenceForm, EngagementEditForm, EngagementForm
from referential.models import TO_COMPLETE, Correspondence, Engagement, Module, Perimeter
from referential.registries import Dossier, file_parts
from referential.services import texts
from referential.tables import CorrespondenceTable
from referential.views.shared import LIST, SharedPage

CORRESPONDENCES = "referential:correspondences"


class EngagementDetail(DetailPage):
    """The file of an engagement at a site: what is expected, and what each application keeps about it."""

    template_name = "referential/engagement_detail.html"
    takes_site = True  # `?site=`: chosen in the header
    facts = ("module", "parent", "title", "subject", "compulsory_from", "expected_evidence", "certainty")
    actions = (PageAction("Modifier", "referential:engagement-edit", Permission.REFERENTIAL_EDIT),)

    def get_facts(self):
        """A missing title is said to be missing, not merely blank; an engagement without parent says nothing of one."""
        title, parent = (Engagement._meta.get_field(name).verbose_name.capitalize() for name in ("title", "parent"))
        facts = [(label, value) for label, value in super().get_facts() if value or label != parent]
        return [(label, value or TO_COMPLETE if label == title else value) for label, value in facts]

    @cached_property
    def sites(self) -> list[Unit]:
        """The sites one reads, those that keep the module first."""
        sites = Unit.objects.sites().filter(pk__in=self.request.user.sites_with(Permission.REFERENTIAL_VIEW))
        kept = Perimeter.objects.in_force(timezone.localdate()).filter(
            site=OuterRef("pk"), module=self.object.module_id
        )
        return list(sites.annotate(is_keeping=Exists(kept)).order_by("-is_keeping", "position", "code"))

    @property
    def kept_code(self) -> str:
        """The site kept in the header, where it is one of these."""
        code = kept(self.request).code
        return code if any(site.code == code for site in self.sites) else ""

    @cached_property
    def site(self) -> Unit | None:
        """The site asked, else the one kept, else the first."""
        code = self.request.GET.get("site", "") or self.kept_code
        found = next((site for site in self.sites if code in ("", site.code)), None)
        if found is None and code:
            raise Http404
        return found

    def get_parts(self, children: list[Engagement]) -> list[dict]:
        """The parts of the file, an empty one too: an auditor reads what is missing."""
        if self.site is None:
            return []
        keys = {self.object.pk, *(child.pk for child in children)}
        dossier = Dossier(self.request.user, self.site, timezone.localdate(), keys)
        return [
            {"title": part.title, "content": part.read(dossier), "nothing": part.nothing}
            for part in file_parts.for_user(self.request.user)
        ]

    def get_context_data(self, **context) -> dict:
        children = list(self.object.children.order_by("position", "code"))
        return super().get_context_data(
            children=children,
            site=self.site,
            parts=self.get_parts(children),
            today=timezone.localdate(),
            predecessors=self.object.predecessors.for_list(),
            successors=self.object.successors.for_list(),
            **context,
        )


class OfVersion(Parent):
    """Modules are shown on the page of their referential."""

    def url(self, parent: Module) -> str:
        return link(self.url_name, parent.referential.code)


class Engagements(Section):
    name, path, permission = "referential:engagement", "engagements/<int:pk>/", Permission.REFERENTIAL_EDIT
    queryset = Engagement.objects.for_list()
    parent = OfVersion(
        "module",
        Module.objects.select_related("referential"),
        "referential:referential",
        way=LIST,
        label="{0.referential}",
    )

    create = Add(
        "modules/<int:pk>/engagements/ajouter/",
        EngagementForm,
        texts.add_engagement,
        takes="module",
        title="Ajouter un engagement",
    )
    detail = Detail(page=EngagementDetail)
    edit = Change(EngagementEditForm, texts.edit_engagement)
    history = History()


class CorrespondenceList(SharedPage, ListPage):
    queryset = Correspondence.objects.for_list()
    table_class = CorrespondenceTable
    title = "Correspondances"
    breadcrumbs = LIST
    intro = (
        "Un même sujet change de numéro d’une version à l’autre : 14 (Qualipref 2.0) devient 17 et 18 (Qual-e-Pref)."
    )
    create_url_name = "referential:correspondence-create"
    create_permission = Permission.REFERENTIAL_EDIT
    create_label = "Ajouter une correspondance"

    def get_table_kwargs(self) -> dict:
        return {} if self.may_edit else {"exclude": ("remove",)}


class CorrespondenceCreate(SharedPage, CreatePage):
    queryset = Correspondence.objects.all()
    permission = Permission.REFERENTIAL_EDIT
    form_class = CorrespondenceForm
    title = "Ajouter une correspondance"
    breadcrumbs = [*LIST, ("Correspondances", CORRESPONDENCES)]
    list_url_name = success_url_name = CORRESPONDENCES

    def save_verb(self, form):
        return texts.relate(by=self.request.user, **form.cleaned_data)


class CorrespondenceRemove(SharedPage, VerbPage):
    queryset = Correspondence.objects.for_list()
    permission = Permission.REFERENTIAL_EDIT
    title = "Retirer la correspondance"
    breadcrumbs = [*LIST, ("Correspondances", CORRESPONDENCES)]
    button_label = "Retirer"
    is_danger = True
    success_message = "La correspondance est retirée."
    success_url_name = CORRESPONDENCES

    def get_question(self) -> str:
        return f"Retirer la correspondance {self.object} ?"

    def verb(self, obj, *, reason: str):
        texts.unrelate(obj, by=self.request.user, reason=reason)
