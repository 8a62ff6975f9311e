"""The ways in of a campaign: added, changed, put out of service; their QR code and poster."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from core.pages import FormPage, HistoryPage, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from core.qr import qr_file
from organisations.permissions import Permission
from surveys.enums import Channel
from surveys.forms.campaigns import NewPointForm, PointForm
from surveys.models import CollectionPoint
from surveys.printing.addresses import address_of
from surveys.services import points, printing
from surveys.views.campaigns import EDIT, WAY, OfCampaigns
from surveys.views.scope import OfCampaign

ANCHOR = "#points"


def campaign_url(campaign) -> str:
    return reverse("surveys:campaign", args=[campaign.code])


class PointCreate(OfCampaigns, ObjectPage, FormPage):
    """A new way in of a campaign."""

    permission = EDIT
    form_class = NewPointForm
    title = "Ajouter un point de collecte"
    button_label = "Ajouter"
    success_message = "Le point de collecte est ajouté."
    intro = "Chaque point a son adresse, et ses retours sont comptés à part. Le papier n’a pas besoin d’un point."

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"campaign": self.object}

    def get_tabs(self):
        return []

    def get_breadcrumbs(self):
        return [*OfCampaigns.way(), (str(self.object), campaign_url(self.object)), (self.title, "")]

    def save_verb(self, form):
        return points.add_point(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return campaign_url(self.object) + ANCHOR

    def get_cancel_url(self) -> str:
        return campaign_url(self.object)


class OfPoints(OfCampaign):
    """What the pages about one point share."""

    permission = EDIT
    queryset = CollectionPoint.objects.select_related("campaign__site", "place")
    history_url_name = "surveys:point-history"
    breadcrumbs = WAY

    def get_object_url(self) -> str:
        return campaign_url(self.object.campaign) + ANCHOR

    def get_tabs(self):
        return []

    def get_breadcrumbs(self):
        here = (str(self.object.campaign), campaign_url(self.object.campaign))
        return [*OfCampaigns.way(), here, (self.get_title(), "")]


class PointEdit(OfPoints, UpdatePage):
    form_class = PointForm
    title = "Modifier un point de collecte"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"campaign": self.object.campaign}

    def save_verb(self, form):
        return points.change_point(self.object, by=self.request.user, **form.cleaned_data)


class PointDisable(OfPoints, VerbPage):
    reason = "optional"
    button_label = "Mettre hors service"
    success_message = "Le point de collecte est hors service."
    consequences = (
        "Son adresse dit que l’enquête n’est plus là : retirez les affiches qui y mènent.",
        "Ses retours restent comptés. Il peut être remis en service.",
    )

    def get_title(self) -> str:
        return f"Mettre hors service « {self.object} »"

    def verb(self, obj, *, reason: str):
        points.disable_point(obj, by=self.request.user, reason=reason)


class PointEnable(OfPoints, VerbPage):
    is_direct = True
    success_message = "Le point de collecte est remis en service."

    def verb(self, obj, *, reason: str):
        points.enable_point(obj, by=self.request.user)


class PointHistory(OfPoints, HistoryPage):
    permission = Permission.HISTORY_VIEW


class PointPoster(OfPoints, VerbPage):
    """Ask for the poster, and go to the page that shows how far it is."""

    permission = Permission.SURVEY_ENTER
    is_direct = True

    def post(self, request, *args, **kwargs):
        if self.object.channel != Channel.QR:
            raise Http404
        job = printing.request_poster(self.object, by=request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))


class PointQr(OfPoints, ObjectPage):
    """The QR code as a file, to put in a document."""

    permission = Permission.SURVEY_ENTER

    def get(self, request, **kwargs):
        if self.object.channel != Channel.QR:
            raise Http404
        response = HttpResponse(qr_file(address_of(self.object)), content_type="image/svg+xml")
        name = f"qr-{self.object.campaign.code}-{self.object.pk}.svg"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response
