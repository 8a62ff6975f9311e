"""Rehearsal of an audit: engagements red, orange or green, and ten actions drawn at random."""

import secrets
from collections import Counter

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from audits.forms.choices import sites_with
from audits.services import rehearsal
from core.base.words import counted
from core.pages import Page, PermissionRequired
from core.pages.states import badge_of
from organisations.models import Unit
from organisations.permissions import Permission

BADGES = {"red": ("missed", "Rouge"), "orange": ("incomplete", "Orange"), "green": ("reached", "Vert")}
DRAWS = 100_000


def _told(lights) -> str:
    """« 18 engagements au rouge, 2 à l’orange, 1 au vert sur 21 »."""
    found = Counter(light.colour for light in lights)
    red = counted(found["red"], "engagement au rouge", "engagements au rouge")
    return f"{red}, {found['orange']} à l’orange, {found['green']} au vert, sur {len(lights)}"


class Rehearsal(PermissionRequired, Page, View):
    """The site chosen, else the first one may read."""

    permission = Permission.AUDIT_VIEW
    template_name = "audits/rehearsal.html"
    title = "Répétition d’audit"
    breadcrumbs = (("Audits", "audits:audits"),)

    def get(self, request):
        drawn = request.GET.get("tirage", "")
        today = timezone.localdate()
        signals = rehearsal.signals_of(self.site, today) if self.site else {}
        lights = rehearsal.lights(self.site, today, signals) if self.site else []
        return self.render(
            sites=self.sites,
            site=self.site,
            lights=[(one, badge_of(*BADGES[one.colour])) for one in lights],
            told=_told(lights),
            of_site=signals.get(None, ()),
            drawn=rehearsal.draw(self.site, int(drawn)) if self.site and drawn.isdecimal() else None,
            next_draw=secrets.randbelow(DRAWS),
        )

    @cached_property
    def sites(self) -> list[Unit]:
        return list(sites_with(self.request.user, self.permission))

    @cached_property
    def site(self) -> Unit | None:
        code = self.request.GET.get("site", "")
        found = next((site for site in self.sites if code in ("", site.code)), None)
        if found is None and code:
            raise Http404
        return found
