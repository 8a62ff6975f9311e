"""The ways in of a campaign: added, changed, put out of service; their QR code and poster."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from core.pages import ObjectPage, VerbPage
from core.pages.qr import qr_file
from core.pages.section import Add, Ask, Change, History, Own, Parent, Press, Section
from organisations.permissions import Permission
from surveys.enums import Channel
from surveys.forms.campaigns import NewPointForm, PointForm
from surveys.models import CollectionPoint
from surveys.printing.addresses import address_of
from surveys.services import points, printing
from surveys.views.campaigns import CAMPAIGN, WAY, OfCampaigns


class PointPoster(VerbPage):
    """Ask for the poster, and go to the page that shows how far it is."""

    permission = Permission.SURVEY_ENTER
    is_direct = True

    def post(self, request, *args, **kwargs):
        if self.object.channel != Channel.QR:
            raise Http404
        job = printing.request_poster(self.object, by=request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))


class PointQr(ObjectPage):
    """The QR code as a file, to put in a document."""

    permission = Permission.SURVEY_ENTER

    def get(self, request, **kwargs):
        if self.object.channel != Channel.QR:
            raise Http404
        response = HttpResponse(qr_file(address_of(self.object)), content_type="image/svg+xml")
        name = f"qr-{self.object.campaign.code}-{self.object.pk}.svg"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


class Points(Section):
    name, path, permission = "surveys:point", "points/<int:pk>", Permission.SURVEY_EDIT
    queryset = CollectionPoint.objects.select_related("campaign__site", "place")
    parent = Parent("campaign", OfCampaigns.queryset, CAMPAIGN, lookup="code", way=WAY)
    anchor = "#points"

    create = Add(
        "campagnes/<slug:code>/points/nouveau",
        NewPointForm,
        points.add_point,
        takes="campaign",
        title="Ajouter un point de collecte",
        success_message="Le point de collecte est ajouté.",
        intro="Chaque point a son adresse, et ses retours sont comptés à part. Le papier n’a pas besoin d’un point.",
    )
    edit = Change(PointForm, points.change_point, takes="campaign", title="Modifier un point de collecte")
    disable = Ask(
        "hors-service",
        points.disable_point,
        reason="optional",
        title="Mettre hors service « {0} »",
        button_label="Mettre hors service",
        success_message="Le point de collecte est hors service.",
        consequences=(
            "Son adresse dit que l’enquête n’est plus là : retirez les affiches qui y mènent.",
            "Ses retours restent comptés. Il peut être remis en service.",
        ),
    )
    enable = Press("en-service", points.enable_point, success_message="Le point de collecte est remis en service.")
    history = History()
    poster = Own("affiche", PointPoster)
    qr = Own("qr.svg", PointQr)
