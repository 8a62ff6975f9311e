"""Reminders of a site: how they leave, who would be told now, what was sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from actions.enums import STALE_KEY
from actions.forms.reminders import WEEKDAYS, ReminderForm
from actions.models import Action, ActionResponsible, ReminderSettings
from actions.notifications import DIGEST, subject
from actions.rules.digests import STALE_AFTER, week_key
from actions.rules.words import weekly_message
from actions.services import reminders
from actions.views.scope import EDIT
from actions.views.sites import PlanSitePage, SiteHome
from core.models import Notice
from core.pages import FormPage, HistoryPage, ObjectPage
from organisations.models import Membership, Unit, User
from organisations.permissions import Permission

PAGE = "actions:reminders"
PER_PAGE = 25


class RemindersHome(SiteHome):
    """The reminders of one's first site."""

    permission = EDIT
    title = "Rappels"
    site_url_name = PAGE


class OfSite(PlanSitePage):
    """What the pages of the reminders of a site share."""

    permission = EDIT
    site_url_name = PAGE

    @cached_property
    def chosen(self) -> ReminderSettings:
        return reminders.settings_of([self.site])[self.site.pk]

    def get_site_url(self) -> str:
        return reverse(PAGE, args=[self.site.code])


class RemindersPage(OfSite):
    """The settings, those who would be told today, and the messages of the site's people."""

    title = "Rappels d’échéance"
    template_name = "actions/reminders/reminders.html"

    def get(self, request, **kwargs):
        today = timezone.localdate()
        notices = notices_of(self.site)
        told = set(notices.filter(key=week_key(today)).values_list("recipient", flat=True))
        return self.render(
            chosen=self.chosen,
            weekly_message=weekly_message(
                weekday=WEEKDAYS[self.chosen.weekday][1],
                days_before=self.chosen.days_before,
                escalate_after=self.chosen.escalate_after,
                next_day=reminders.next_day(self.site, self.chosen, today),
            ),
            waiting=[
                (digest.person, subject(digest), digest.person.email.lower() in told)
                for digest in reminders.compose(today, site_ids={self.site.pk})
            ],
            stale=Action.objects.filter(finding__plan__site=self.site).overdue(today - STALE_AFTER).count(),
            stale_url=f"{reverse('actions:actions')}?status={STALE_KEY}&site={self.site.pk}",
            page=Paginator(notices, PER_PAGE).get_page(request.GET.get("page")),
            can_read_history=self.chosen.pk is not None and request.user.can(Permission.HISTORY_VIEW, self.site.pk),
        )


class RemindersSend(OfSite):
    """Send the digests of the week now, to those who have not had theirs."""

    http_method_names = ("post", "options")

    def post(self, request, **kwargs):
        if not self.chosen.is_active:
            messages.error(request, "Les rappels de ce site sont arrêtés : remettez-les en route d’abord.")
            return HttpResponseRedirect(self.get_site_url())
        told = reminders.send(timezone.localdate(), site_ids={self.site.pk})
        if told:
            names = ", ".join(str(digest.person) for digest in told)
            messages.success(request, f"{len(told)} message{'s envoyés' if len(told) > 1 else ' envoyé'} : {names}.")
        else:
            messages.info(
                request, "Aucun message envoyé : chaque personne concernée a déjà reçu le sien cette semaine."
            )
        return HttpResponseRedirect(self.get_site_url())


class RemindersEdit(OfSite, FormPage):
    """Choose the day, the notice and the delay."""

    title = "Régler les rappels"
    template_name = "core/form.html"
    form_class = ReminderForm
    success_message = "Les rappels sont réglés."

    def get_breadcrumbs(self):
        return [("Rappels d’échéance", self.get_site_url()), (self.get_title(), "")]

    def get_initial(self):
        return ReminderForm.initial_of(self.chosen)

    def save_verb(self, form):
        return reminders.change_settings(self.site, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return self.get_site_url()

    def get_cancel_url(self):
        return self.get_site_url()


class RemindersHistory(HistoryPage, ObjectPage):
    """Who changed the settings of a site."""

    permission = Permission.HISTORY_VIEW
    queryset = ReminderSettings.objects.select_related("site")
    lookup_field = "site__code"
    breadcrumbs = (("Rappels", PAGE),)

    def get_key(self):
        return self.object.site.code


def notices_of(site: Unit):
    """The digests of those who have a role in the site, or an action of it in their name; the last first."""
    inside = Membership.objects.filter(unit__in=Unit.objects.ids_below(site.pk), user=OuterRef("pk"))
    named = ActionResponsible.objects.filter(action__finding__plan__site=site, user=OuterRef("pk"))
    people = User.objects.filter(Exists(inside) | Exists(named)).order_by()
    emails = people.annotate(address=Lower("email")).values("address")
    return Notice.objects.filter(kind=DIGEST, recipient__in=emails).order_by("-created_at", "-pk")
