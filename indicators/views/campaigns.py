"""The months of entry of a site, for the référent qualité: what is missing and by whom, and the verbs of a month."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from core.base.errors import UserError
from core.base.months import month_name
from core.base.races import settled
from core.base.words import counted
from core.pages import AddPage, HistoryPage, Page, PermissionRequired, VerbPage
from core.pages.verb import REQUIRED_REASON
from indicators.forms.cells import words_of
from indicators.forms.explaining import ExplainForm
from indicators.models import Campaign, Indicator, Value
from indicators.rules.words import campaign_dates
from indicators.services import campaigns, collecting, explaining
from indicators.tables.campaigns import month_rows
from indicators.views.dashboards import MonthPage
from indicators.views.sites import SiteYearPage, sites_of
from organisations.permissions import Permission
from organisations.places import is_everywhere, kept


class CampaignHome(PermissionRequired, Page, View):
    """The months of one's first site."""

    permission = Permission.CAMPAIGN_STEER
    title = "Suivi des mois"
    template_name = "indicators/no_site.html"

    def get(self, request):
        units = request.user.access.units_with(self.permission)
        sites, place = list(sites_of(request.user).filter(pk__in=units)), kept(request)
        if not sites:
            return self.render()
        site = next((one for one in sites if one.code == place.code), sites[0])
        year, _month = campaigns.previous_month(timezone.localdate())
        if is_everywhere(request):
            return redirect("indicators:campaigns-sites", place.year or year)
        return redirect("indicators:campaigns", site.code, place.year or year)


class CampaignsPage(SiteYearPage):
    """The twelve months with their completeness."""

    permission = Permission.CAMPAIGN_STEER
    template_name = "indicators/months/list.html"
    all_sites_url_name = "indicators:campaigns-sites"

    def get_title(self) -> str:
        return f"Suivi des mois {self.year}"

    def get(self, request, **kwargs):
        rows = month_rows(self.site, self.year, today=timezone.localdate())
        return self.render(rows=rows, is_followed=any(row.due or row.campaign for row in rows))


class CampaignOpen(MonthPage):
    """Open a month that the schedule has not opened."""

    permission = Permission.CAMPAIGN_STEER
    http_method_names = ("post", "options")

    def post(self, request, **kwargs):
        try:
            campaign = settled(
                lambda: campaigns.open_month(site=self.site, year=self.year, month=self.month, by=request.user)
            )
        except UserError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("indicators:campaigns", args=[self.site.code, self.year]))
        messages.success(request, f"{month_name(self.month).capitalize()} {self.year} est ouvert à la saisie.")
        return HttpResponseRedirect(reverse("indicators:campaign", args=[campaign.pk]))


class OneMonth:
    """What the pages about one month share."""

    permission = Permission.CAMPAIGN_STEER
    queryset = Campaign.objects.select_related("site", "validated_by", "closed_by")
    detail_url_name = "indicators:campaign"
    history_url_name = "indicators:campaign-history"

    def month_title(self) -> str:
        return f"{month_name(self.object.month).capitalize()} {self.object.year}"

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        return super().get_tabs() if self.allows(Permission.CAMPAIGN_STEER) else []

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        if not self.allows(Permission.CAMPAIGN_STEER):
            grid = reverse("indicators:grid", args=[self.object.site.code, self.object.year])
            return [(f"La grille {self.object.year}", grid), (self.get_title(), "")]
        months = reverse("indicators:campaigns", args=[self.object.site.code, self.object.year])
        here = [] if self.request.path == self.get_object_url() else [(self.month_title(), self.get_object_url())]
        return [(f"Suivi des mois {self.object.year}", months), *here, (self.get_title(), "")]


class CampaignPage(OneMonth, VerbPage):
    """One month: who lacks what, its verbs, its amendments."""

    template_name = "indicators/months/detail.html"
    http_method_names = ("get", "head", "options")

    def get_title(self) -> str:
        return f"{self.month_title()} – {self.object.site}"

    def get(self, request, **kwargs):
        campaign = self.object
        missing = campaigns.missing_by_person([campaign], on=timezone.localdate())
        lacking = {(row.indicator_id, row.unit_id) for person in missing for _campaign, row in person.assignments}
        return self.render(
            campaign=campaign,
            missing=missing,
            lacking=len(lacking),
            can_give_roles=self.allows(Permission.ACCOUNT_EDIT),
            is_late=campaign.state == "open" and campaign.due_on < timezone.localdate(),
            dates=campaign_dates(campaign),
            amendments=self.amendments(),
            collected=self.collected(),
        )

    def collected(self) -> list[tuple[Indicator, str, bool]]:
        """The figures that the application computes by itself, with what is written for the month."""
        campaign = self.object
        indicators = collecting.automatic(campaign.site, campaign.year, campaign.month)
        rows = Value.objects.filter(
            indicator__in=indicators, site=campaign.site, year=campaign.year, month=campaign.month
        )
        values = {row.indicator_id: row for row in rows}
        return [
            (row, words_of(values[row.pk], row.measure) if row.pk in values else "pas encore calculé", row.pk in values)
            for row in indicators
        ]

    def amendments(self) -> list[dict]:
        """Corrections made after the month was closed, old → new, with their reason."""
        campaign = self.object
        values = Value.objects.filter(
            site=campaign.site, year=campaign.year, month=campaign.month, is_amendment=True
        ).values_list("pk", flat=True)
        rows = Value.history.filter(id__in=list(values)).select_related("indicator", "unit", "history_user")
        entries, before = [], {}
        for row in rows.order_by("history_date", "history_id"):
            old, new = before.get(row.id), words_of(row, row.indicator.measure)
            before[row.id] = new
            if row.is_amendment and old != new:
                entries.append(
                    {
                        "when": row.history_date,
                        "title": f"{row.indicator} ({row.unit})",
                        "who": row.history_user,
                        "reason": row.history_change_reason,
                        "changes": [("valeur", old or "non saisi", new)],
                    }
                )
        return entries[::-1]


class CampaignHistory(OneMonth, HistoryPage):
    """The history of a month."""

    permission = Permission.HISTORY_VIEW


class CampaignChase(OneMonth, VerbPage):
    """Mail the digest of what is missing: seen first, one per person, never twice a day."""

    template_name = "indicators/months/chase.html"
    title = "Relancer"

    def get(self, request, **kwargs):
        missing = campaigns.missing_by_person([self.object], on=timezone.localdate())
        return self.render(campaign=self.object, missing=missing, people=[row for row in missing if row.person])

    def verb(self, obj: Campaign, *, reason: str) -> None:
        told = campaigns.chase([obj], by=self.request.user, on=timezone.localdate())
        if not told:
            raise UserError("Aucun message envoyé : chaque personne concernée a déjà été relancée aujourd’hui.")
        self.told = told

    def refuse(self, error: UserError, form):
        messages.info(self.request, error.message)
        return HttpResponseRedirect(self.get_object_url())

    def get_success_message(self) -> str:
        names = ", ".join(str(row.person) for row in self.told)
        return f"{len(self.told)} message{'s envoyés' if len(self.told) > 1 else ' envoyé'} : {names}."


class CampaignExplain(OneMonth, AddPage):
    """What is missing explained in one gesture: a state, a reason, the figures that stay ticked."""

    title = "Expliquer ce qui manque"
    form_class = ExplainForm
    takes = "campaign"
    button_label = "Expliquer ces valeurs"

    def get_title(self) -> str:
        return f"Expliquer ce qui manque – {self.month_title()}"

    def save_verb(self, form) -> Campaign:
        data = form.cleaned_data
        told = {"state": data["state"], "reason": data["reason"]}
        self.count = explaining.explain(self.object, assignments=data["figures"], by=self.request.user, **told)
        return self.object

    def get_success_message(self, saved) -> str:
        return f"{counted(self.count, 'valeur expliquée', 'valeurs expliquées')}."


class CampaignValidate(OneMonth, VerbPage):
    """The month has been read."""

    title = "Valider le mois"
    question = "Valider ce mois ?"
    explanation = "Tout est saisi et vous l’avez relu. Les services peuvent encore corriger jusqu’à la clôture."
    button_label = "Valider le mois"
    success_message = "Le mois est validé."

    def verb(self, obj: Campaign, *, reason: str) -> None:
        campaigns.validate(obj, by=self.request.user)

    def refuse(self, error: UserError, form):
        messages.error(self.request, error.message)
        return HttpResponseRedirect(self.get_object_url())


class CampaignClose(CampaignValidate):
    """No entry any more without a reason."""

    title = "Clore le mois"
    question = "Clore ce mois ?"
    explanation = "Après la clôture, toute correction demandera une raison et restera visible comme rectification."
    button_label = "Clore le mois"
    success_message = "Le mois est clos."

    def verb(self, obj: Campaign, *, reason: str) -> None:
        campaigns.close(obj, by=self.request.user)


class CampaignCollect(OneMonth, VerbPage):
    """Compute again the automatic figures of the month."""

    title = "Recalculer"
    is_direct = True

    def verb(self, obj: Campaign, *, reason: str) -> None:
        self.written = collecting.collect(obj, by=self.request.user)

    def get_success_message(self) -> str:
        count = self.written.created + self.written.changed
        if not count:
            return "Les chiffres calculés automatiquement étaient à jour."
        return f"{count} chiffre{'s' if count > 1 else ''} calculé{'s' if count > 1 else ''} de nouveau."


class CampaignReopen(OneMonth, VerbPage):
    """Open again, with a reason."""

    title = "Rouvrir le mois"
    question = "Rouvrir ce mois à la saisie ?"
    explanation = "Les services pourront de nouveau saisir sans donner de raison."
    button_label = "Rouvrir le mois"
    reason = REQUIRED_REASON
    success_message = "Le mois est rouvert."

    def verb(self, obj: Campaign, *, reason: str) -> None:
        campaigns.reopen(obj, by=self.request.user, reason=reason)
