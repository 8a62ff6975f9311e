"""Themes and their delays: dated data, read by all, changed for the days to come."""

from typing import Any

from core.pages.listing import ListPage
from core.pages.section import Add, Fill, Listing, Methods, Section
from organisations.permissions import Permission
from training.forms.themes import DelaysForm, ThemeForm
from training.models import TrainingTheme
from training.services import themes
from training.tables.training import ThemeTable

FIELDS = ("first_months", "renewal_months", "window_months", "counts_before_post", "source")


class FilledDelays(Methods):
    """The delays in force, to be changed from another day on."""

    def get_initial(self) -> dict[str, Any]:
        last = self.object.requirements.first()
        return {name: getattr(last, name) for name in FIELDS} if last else {}


class ThemeList(ListPage):
    """The change of delays is offered to those who keep the trainings."""

    def get_table_kwargs(self) -> dict[str, Any]:
        return {} if self.request.user.can(Permission.TRAINING_MANAGE) else {"exclude": ("change",)}


class Themes(Section):
    name, path, permission = "training:theme", "themes/<int:pk>", Permission.TRAINING_MANAGE
    queryset = TrainingTheme.objects.select_related("site", "module__referential")

    listing = Listing(
        "themes/",
        page=ThemeList,
        table_class=ThemeTable,
        queryset=TrainingTheme.objects.select_related("site", "module__referential").prefetch_related("requirements"),
        title="Thèmes et délais de formation",
        noun=("thème", "thèmes"),
        empty_title="Aucun thème n’est chargé.",
        empty_text="Le premier import d’un suivi charge ceux du référentiel, comme la commande load_themes.",
    )
    create = Add("themes/nouveau", ThemeForm, themes.add, title="Ajouter un thème")
    delays = Fill(
        "delais",
        DelaysForm,
        themes.change_delays,
        page=FilledDelays,
        title="Changer les délais de « {0} »",
        button_label="Enregistrer",
        success_message="Les délais valent à partir du jour donné.",
    )

    @classmethod
    def url_of(cls, thing: Any) -> str:
        return cls.list_step()[1]
