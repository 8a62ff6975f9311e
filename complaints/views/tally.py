"""One tap, one stroke: what is said aloud, counted without naming anybody."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views import View

from complaints.enums import ORAL, Channel, Topic
from complaints.forms.cases import TallyForm
from complaints.models import Tally
from complaints.services import steering
from complaints.tables import TallyTable
from core.base.errors import UserError
from core.base.words import counted
from core.pages import Page, PermissionRequired, saving
from core.pages.listing import ListPage
from core.pages.page import link
from organisations import places
from organisations.models import Unit
from organisations.permissions import Permission

KEPT = ("site", "channel", "place")


class TallyPage(PermissionRequired, Page, View):
    """A button a theme; where and through what stay as they were."""

    permission = Permission.COMPLAINT_REGISTER
    title = "Compter une remarque orale"
    template_name = "complaints/tally.html"
    breadcrumbs = (("Réclamations et suggestions", "complaints:cases"),)

    def get(self, request: Any) -> HttpResponseBase:
        sites = list(
            Unit.objects.sites().filter(pk__in=request.user.sites_with(self.permission)).order_by("position", "pk")
        )
        wanted = request.GET.get("site") or str(places.kept(request).pk)
        site = next((one for one in sites if str(one.pk) == wanted), sites[0] if sites else None)
        asked = request.GET.get("channel", "")
        channel = asked if asked in ORAL else Channel.DESK
        today = Tally.objects.filter(site=site, on=timezone.localdate(), entered_by=request.user)
        return self.render(
            sites=sites,
            site=site,
            channel=channel,
            channels=[(one.value, one.label) for one in ORAL],
            place=request.GET.get("place", "")[:200],
            buttons=[(topic.value, topic.label, uuid.uuid4()) for topic in Topic],
            told=f"{counted(today.strokes(), 'trait')} aujourd’hui",
            last=today.order_by("-pk").first(),
        )

    def post(self, request: Any) -> HttpResponseBase:
        form = TallyForm(request.POST, user=request.user)
        try:
            if not form.is_valid():
                raise UserError("Ce trait n’a pas pu être compté : rechargez la page.")
            stroke = steering.tap(by=request.user, **form.cleaned_data)
        except UserError as error:
            if saving.is_scripted(request):
                return saving.answer(saving.SavingOutcome.REFUSED, str(error))
            messages.error(request, str(error))
            return HttpResponseRedirect(link("complaints:tally"))
        told = f"Compté : {stroke.theme_label or 'sans thème'}."
        if saving.is_scripted(request):
            return saving.answer(saving.SavingOutcome.SAVED, told)
        messages.success(request, told)
        kept = {name: form.data.get(name, "") for name in KEPT}
        return HttpResponseRedirect(f"{link('complaints:tally')}?{urlencode(kept)}")


class TallyUndo(PermissionRequired, View):
    """Take back the last stroke of today."""

    permission = Permission.COMPLAINT_REGISTER
    http_method_names = ("post", "options")

    def post(self, request: Any) -> HttpResponseBase:
        mine = Tally.objects.filter(entered_by=request.user, on=timezone.localdate(), source__isnull=True)
        last = mine.order_by("-pk").first()
        if last:
            steering.take_back(last, by=request.user)
            messages.success(request, "Le dernier trait est retiré.")
        return HttpResponseRedirect(link("complaints:tally"))


class TallyList(ListPage):
    """The strokes that one sees."""

    queryset = Tally.objects.select_related("site")
    permission = Permission.COMPLAINT_VIEW
    table_class = TallyTable
    title = "Remarques orales comptées"
    noun = ("ligne", "lignes")
    breadcrumbs = (("Réclamations et suggestions", "complaints:cases"),)
    empty_title = "Aucune remarque orale n’a été comptée."
    empty_text = "Un trait se compte au guichet ou au téléphone, ou un tableau de bâtonnage s’importe."
