"""What the pages about the agents of a unit share: the units one reads, the one chosen, and how names are shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View

from core.pages import Page, PermissionRequired
from core.sheets import writing
from organisations.enums import SITE_KINDS
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.places import kept
from training.follow_up.reading import Who
from training.rules.names import initials

TABS = (
    ("Où en sont les agents", "training:follow-up"),
    ("Agents et thèmes", "training:matrix"),
    ("Prévision", "training:forecast"),
    ("Bilan de l’année", "training:balance"),
)


class OfUnit(PermissionRequired, Page, View):
    """A page about one of the units that the person reads: the site chosen in the header, or a service."""

    permission = Permission.TRAINING_COUNT
    takes_site = True  # `?site=`: chosen in the header
    export_name = "formation"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("format")
        if wanted:
            if wanted not in writing.FORMATS or not self.may_export:
                raise Http404
            columns, rows = self.exported()
            return writing.respond(wanted, columns, rows, self.export_name)
        return self.render(**self.shown())

    def shown(self) -> dict[str, Any]:
        """What the template is given."""
        raise NotImplementedError

    def exported(self) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        """The columns and rows of its file."""
        raise NotImplementedError

    @property
    def may_export(self) -> bool:
        return True

    @cached_property
    def units(self) -> list[Unit]:
        """The units in which the person was given the right, and the sites below them."""
        access = self.request.user.access
        roots = Unit.objects.filter(pk__in=access.roots_with(self.permission)).order_by("position", "code")
        sites = Unit.objects.sites().filter(pk__in=access.units_with(self.permission)).order_by("position", "code")
        return list({unit.pk: unit for unit in (*sites, *roots)}.values())

    @cached_property
    def unit(self) -> Unit:
        asked = self.request.GET.get("site", "").replace("\0", "")
        code = asked or kept(self.request).code
        found = [unit for unit in self.units if unit.code == code] or self._below(code)
        if asked and not found:
            raise Http404
        units = found or self.units
        if not units:
            raise Http404
        return units[0]

    def _below(self, code: str) -> list[Unit]:
        """The services one reads at a site that one does not read whole."""
        site = Unit.objects.sites().filter(code=code).first() if code else None
        below = Unit.objects.ids_below(site.pk) if site else ()
        return [unit for unit in self.units if unit.pk in below]

    @property
    def site(self) -> Unit | None:
        """The unit, where it is a site: the header tells it and keeps it."""
        return self.unit if self.unit.kind in SITE_KINDS else None

    @cached_property
    def unit_ids(self) -> set[int]:
        """The unit and those below it, as far as the person reads them."""
        return Unit.objects.ids_below(self.unit.pk) & self.request.user.access.units_with(self.permission)

    # Who is named -------------------------------------------------------------------------------------------------
    @cached_property
    def shows_people(self) -> bool:
        """Whether agents are told one by one, by their name or their initials."""
        user = self.request.user
        return user.can(Permission.TRAINING_VIEW, self.unit.pk) or user.can(Permission.TRAINING_INITIALS, self.unit.pk)

    def name_of(self, agent: Who, unit_id: int) -> str:
        """The name of an agent, or the initials alone."""
        if self.request.user.can(Permission.TRAINING_VIEW, unit_id):
            return str(agent)
        return "–" if agent.erased_on else initials(agent.last_name, agent.first_name)

    @property
    def reads_initials(self) -> bool:
        """Whether agents are told by their initials alone, as the mandate of an auditor has it."""
        return self.shows_people and not self.request.user.can(Permission.TRAINING_VIEW, self.unit.pk)

    # Around -------------------------------------------------------------------------------------------------------
    def get_context_data(self, **context: Any) -> dict[str, Any]:
        here = self.request.path
        tabs = [(label, f"{reverse(name)}?site={self.unit.code}", reverse(name) == here) for label, name in TABS]
        is_by_site = all(unit.kind in SITE_KINDS for unit in self.units)
        units = [] if is_by_site else self.units  # those of the header, or services beside them
        switches = [(unit.name, self.query(site=unit.code), unit.pk == self.unit.pk) for unit in units]
        exports = [(label, self.query(format=code)) for code, label in writing.FORMATS.items()]
        return super().get_context_data(
            unit=self.unit,
            tabs=tabs,
            site_switches=switches,
            exports=exports if self.may_export else [],
            may_manage=self.request.user.can(Permission.TRAINING_MANAGE, self.unit.pk),
            **context,
        )

    def query(self, **changes: Any) -> str:
        """The address of the same page with another choice."""
        query = self.request.GET.copy()
        query.pop("format", None)
        query.pop("page", None)
        for name, value in changes.items():
            query[name] = str(value)
        return f"?{query.urlencode()}"
