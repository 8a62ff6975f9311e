"""Named reads of cases, messages, mails and tallies."""

from datetime import date

from django.apps import apps
from django.db.models import Case, Count, DateField, F, Q, Sum, When
from django.db.models.functions import Coalesce, ExtractMonth, Least

from actions.enums import Status
from complaints.enums import NOT_ARRIVED, MailState, MessageKind, MessageState
from organisations.scope import ScopedQuerySet


class ComplaintQuerySet(ScopedQuerySet):
    """Cases."""

    def of_unit(self, unit):
        """Those of a site; of a service, those that concern it or went to it."""
        if unit.is_site:
            return self.filter(site=unit)
        below = apps.get_model("organisations", "Unit")._default_manager.ids_below(unit.pk)
        return self.filter(Q(service__in=below) | Q(transmitted_to__in=below), site=unit.site)

    def first_looks(self):
        """Without the second looks, which are counted apart."""
        return self.filter(second_look_of__isnull=True)

    def of_year(self, year: int):
        """Those received in a year."""
        return self.filter(received_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def open(self):
        return self.filter(closed_on__isnull=True)

    def unanswered(self):
        return self.filter(closed_on__isnull=True, answered_on__isnull=True)

    def with_waits(self):
        """With the suspensions that their clocks depend on."""
        return self.prefetch_related("suspensions")

    def for_list(self):
        """With what a row shows, the most urgent first: `due_on` is the day of what is due first."""
        is_waiting = Q(closed_on__isnull=True, answered_on__isnull=True)
        is_acknowledged = Q(acknowledged_on__isnull=False) | Q(acknowledge_by__isnull=True)
        due = Case(
            When(is_waiting & is_acknowledged, then=F("answer_by")),
            When(is_waiting, then=F("acknowledge_by")),
            default=None,
            output_field=DateField(verbose_name="à faire avant le"),
        )
        rows = self.annotate(due_on=due).select_related("site", "service", "transmitted_to")
        return rows.order_by(F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-received_on")

    def with_first_sign(self):
        """With the day of the first sign to the user: an answer that comes before the acknowledgement counts as one."""
        return self.annotate(
            first_sign_on=Least(Coalesce("acknowledged_on", "answered_on"), Coalesce("answered_on", "acknowledged_on"))
        )

    def answer_judged(self, on: date):
        """Those whose answer is judged: given, or past its day."""
        return self.filter(answer_by__isnull=False).filter(Q(answered_on__isnull=False) | Q(answer_by__lt=on))

    def transmitted_without_copy(self):
        """Sent to a service, no answer known."""
        return self.filter(is_transmitted=True, answered_on__isnull=True)

    def to_be_told(self):
        """Those whose person asked for something that was done since, and was not told so yet."""
        born = self.filter(findings__finding__actions__status=Status.DONE, is_reachable=True)
        known = born.filter(identity__isnull=False, identity__erased_at__isnull=True)
        return known.exclude(messages__kind=MessageKind.DONE).distinct()

    def delays(self) -> dict[int, int]:
        """Delay → number of cases, of those answered in scope."""
        rows = self.filter(delay_days__isnull=False).order_by().values_list("delay_days").annotate(n=Count("pk"))
        return dict(rows)


class MessageQuerySet(ScopedQuerySet):
    """Messages of cases."""

    def due(self, now):
        """Those that wait to be sent."""
        waiting = self.filter(state=MessageState.WAITING, tried_at__isnull=True)
        return waiting.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=now)).order_by("pk")

    def in_trouble(self):
        """Those that may not have left, or that came back."""
        return self.filter(state__in=NOT_ARRIVED)


class MailQuerySet(ScopedQuerySet):
    """Messages met in mailboxes."""

    def left(self):
        """Those that stay in their mailbox, with the reason."""
        return self.filter(state=MailState.LEFT)


class ReplyTemplateQuerySet(ScopedQuerySet):
    """Model replies."""

    def offered(self, site, kind: str):
        """Those in use at a site for a message."""
        return self.filter(site=site, kind=kind, is_active=True).order_by("title", "pk")


class TallyQuerySet(ScopedQuerySet):
    """Strokes."""

    def of_year(self, year: int):
        return self.filter(on__range=(date(year, 1, 1), date(year, 12, 31)))

    def strokes(self) -> int:
        return self.aggregate(total=Sum("count"))["total"] or 0

    def by_month(self) -> dict[int, int]:
        """Month of the year → strokes."""
        months = self.order_by().annotate(month=ExtractMonth("on")).values_list("month")
        return dict(months.annotate(total=Sum("count")))
