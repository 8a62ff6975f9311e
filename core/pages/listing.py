"""The list page: filters, count, sort, pages of 25, 50 or 100 lines, and the export of what the filters show."""

from collections.abc import Sequence

from django.http import Http404
from django.utils.text import capfirst
from django.views import View

from core.base.figures import format_number
from core.pages.access import Scoped
from core.pages.filters import FilterSet
from core.pages.ordering import in_french
from core.pages.page import Page, PageAction, link
from core.pages.tables import Table
from core.sheets import writing

FORMAT, PER_PAGE = "format", "par_page"
PAGE_SIZES = (25, 50, 100)


class ListPage(Scoped, Page, View):
    """The objects a person may see, as a table of `table_class` narrowed by `filterset_class`."""

    template_name = "core/list.html"
    table_class: type[Table]
    file_table_class: type[Table] | None = None  # the columns of the files, where they are not those of the screen
    filterset_class: type[FilterSet] | None = None
    create_url_name = ""
    create_permission = ""
    create_label = "Ajouter"
    actions: Sequence[PageAction] = ()
    noun: tuple[str, str] = ("", "")  # singular and plural; the model's names when empty
    empty_title = ""
    empty_text = ""
    export_name = ""
    intro = ""

    def get(self, request, *args, **kwargs):
        filterset = self.get_filterset()
        queryset = self.get_filtered(filterset)
        table = self.get_table(queryset)
        if wanted := request.GET.get(FORMAT):
            return self.export(self.file_table_class(table.data.data) if self.file_table_class else table, wanted)
        table.paginate(page=request.GET.get("page"), per_page=self.get_page_size())
        return self.render(table=table, filter=filterset, **self.get_list_context(table.paginator.count, filterset))

    def get_title(self) -> str:
        return capfirst(self.title or self.get_noun()[1])

    def get_noun(self) -> tuple[str, str]:
        meta = self.model._meta
        return self.noun if any(self.noun) else (str(meta.verbose_name), str(meta.verbose_name_plural))

    def get_filterset(self) -> FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET or None, queryset=self.visible(), request=self.request)

    def get_filtered(self, filterset: FilterSet | None):
        if filterset is None:
            return self.visible()
        return filterset.qs if not filterset.is_bound or filterset.is_valid() else filterset.queryset.none()

    def get_table(self, queryset) -> Table:
        """The table in the order asked for, French for words; the key settles ties: no line is shown on two pages."""
        table = self.table_class(in_french(queryset), **self.get_table_kwargs())
        table.request = self.request
        if asked := self.request.GET.getlist(table.prefixed_order_by_field):
            table.order_by = asked
            table.data.data = in_french(table.data.data)
        return table

    def get_table_kwargs(self) -> dict:
        return {}

    def get_page_size(self) -> int:
        asked = self.request.GET.get(PER_PAGE, "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    def export(self, table: Table, wanted: str):
        if wanted not in writing.FORMATS:
            raise Http404
        name = self.export_name or self.get_noun()[1]
        return writing.respond(wanted, table.export_columns(), table.export_rows(), name)

    def get_list_context(self, count: int, filterset: FilterSet | None) -> dict:
        is_filtered = filterset is not None and filterset.is_active
        return {
            "count": count,
            "count_text": self.get_count_text(count),
            "is_filtered": is_filtered,
            "reset_url": self.request.path,
            "chips": filterset.chips(self.without) if filterset is not None else [],
            "actions": self.get_actions(),
            "exports": [(label, self.query(**{FORMAT: code})) for code, label in writing.FORMATS.items()],
            "page_sizes": [(size, self.query(**{PER_PAGE: size}), size == self.get_page_size()) for size in PAGE_SIZES],
            "empty": None if count else self.get_empty(is_filtered),
            "intro": self.intro,
        }

    def get_count_text(self, count: int) -> str:
        singular, plural = self.get_noun()
        return f"{format_number(count)} {plural if count > 1 else singular}"

    def get_actions(self) -> list[dict[str, str]]:
        actions = list(self.actions)
        if self.create_url_name:
            actions.insert(0, PageAction(self.create_label, self.create_url_name, self.create_permission, kind=""))
        return [action.shown() for action in actions if self.may(action.permission)]

    def may(self, permission: str) -> bool:
        return not permission or self.request.user.can(permission)

    def get_empty(self, is_filtered: bool) -> dict[str, str]:
        """What to say and do when there is no line: take the filters off, or add the first."""
        if is_filtered:
            return {
                "title": "Rien ne correspond à ces filtres.",
                "text": "",
                "url": self.request.path,
                "action": "Effacer les filtres",
            }
        may_create = bool(self.create_url_name) and self.may(self.create_permission)
        return {
            "title": self.empty_title or "La liste est vide pour le moment.",
            "text": self.empty_text,
            "url": link(self.create_url_name) if may_create else "",
            "action": self.create_label if may_create else "",
        }

    def without(self, name: str) -> str:
        """The address of the same list without one of its filters."""
        query = self.request.GET.copy()
        for gone in (name, "page", FORMAT):
            query.pop(gone, None)
        return (
            f"{self.request.path}?{query.urlencode() or f'{name}='}"  # asked for nothing, a list is not narrowed again
        )

    def query(self, **changes) -> str:
        """The address of the same list with other parameters, filters and order kept, back to its first page."""
        query = self.request.GET.copy()
        query.pop("page", None)
        query.pop(FORMAT, None)
        for name, value in changes.items():
            query[name] = str(value)
        return f"?{query.urlencode()}"
