"""Committees of a site, their arrêtés, the seats of organisations and the mandates of those who hold them."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from clu.enums import KIND_NAMES, SHORT_NAMES, College, CommitteeKind
from clu.querysets import CommitteeQuerySet, MandateQuerySet, MemberQuerySet
from clu.scope import OF_SITE
from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet


class Committee(models.Model):
    """A CLU, COPIL or CLAC of a site. A quorum counts only where the arrêté sets one."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="committees", verbose_name="site")
    kind = models.CharField("nature", max_length=10, choices=CommitteeKind)
    name = models.CharField(
        "précision", max_length=200, blank=True, help_text="Quand le site en a deux de même nature."
    )
    quorum = models.PositiveSmallIntegerField(
        "quorum", null=True, blank=True, help_text="Membres présents exigés par l’arrêté ; vide s’il n’en fixe pas."
    )
    chair = models.CharField("présidence", max_length=200, blank=True)
    history = history.records()

    objects = CommitteeQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "instance"
        verbose_name_plural = "instances"
        ordering = ("site", "kind", "name")
        constraints = (models.UniqueConstraint(fields=["site", "kind", "name"], name="committee_once_per_site"),)

    def __str__(self):
        return f"{self.short} – {self.site}"

    @property
    def short(self) -> str:
        """« CLU », « COPIL Services Publics + »."""
        return f"{SHORT_NAMES[CommitteeKind(self.kind)]} {self.name}".strip()

    def kind_on(self, day: date) -> CommitteeKind:
        """What it was on a day: an arrêté changes its kind from the day it is signed."""
        changes = [order for order in self.orders.all() if order.former_kind]
        later = [order for order in sorted(changes, key=lambda order: order.signed_on) if order.signed_on > day]
        return CommitteeKind(later[0].former_kind if later else self.kind)

    def short_on(self, day: date) -> str:
        return f"{SHORT_NAMES[self.kind_on(day)]} {self.name}".strip()

    def name_on(self, day: date) -> str:
        """« comité local des usagers »."""
        return f"{KIND_NAMES[self.kind_on(day)]} {self.name}".strip()


class Order(models.Model):
    """The arrêté that creates a committee, names its members or changes its kind."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="orders", verbose_name="instance")
    reference = models.CharField("arrêté", max_length=200)
    signed_on = models.DateField("signé le")
    former_kind = models.CharField("nature avant lui", max_length=10, choices=CommitteeKind, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("committee")

    class Meta:
        verbose_name = "arrêté"
        verbose_name_plural = "arrêtés"
        ordering = ("-signed_on", "-pk")

    def __str__(self):
        return f"{self.reference} du {self.signed_on:%d/%m/%Y}"


class Member(models.Model):
    """A seat: the organisation that holds it, its college, the public it speaks for."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members", verbose_name="instance")
    organisation = models.CharField("organisme", max_length=300)
    college = models.CharField("collège", max_length=12, choices=College, default=College.NONE, blank=True)
    public = models.CharField("public représenté", max_length=300, blank=True)
    structure = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="structure du périmètre"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = MemberQuerySet.as_manager()
    scope = Scope.through("committee")

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        ordering = ("committee", "position", "pk")

    def __str__(self):
        return self.organisation

    def mandate_on(self, day: date) -> "Mandate | None":
        """The mandate in force, else the last one that was; None before the first one begins."""
        rows = sorted(self.mandates.all(), key=lambda row: (row.starts_on or date.min, row.pk))
        begun = [row for row in rows if row.starts_on is None or row.starts_on <= day]
        return begun[-1] if begun else None


class Mandate(models.Model):
    """Who holds a seat between two days, both included. Nobody named: « à désigner »."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="mandates", verbose_name="membre")
    holder = models.CharField("titulaire", max_length=200, blank=True, help_text="Vide : à désigner.")
    function = models.CharField("fonction", max_length=200, blank=True)
    email = models.EmailField("courriel du titulaire", blank=True)
    deputy = models.CharField("suppléant", max_length=200, blank=True, help_text="Vide : à désigner.")
    deputy_function = models.CharField("fonction du suppléant", max_length=200, blank=True)
    deputy_email = models.EmailField("courriel du suppléant", blank=True)
    order_words = models.CharField("acte de désignation", max_length=300, blank=True)
    appointed_on = models.DateField("désigné le", null=True, blank=True)
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True, help_text="Ce jour compte encore.")
    history = history.records()

    objects = MandateQuerySet.as_manager()
    scope = Scope.through("member")

    class Meta:
        verbose_name = "mandat"
        verbose_name_plural = "mandats"
        ordering = ("member", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_days_in_order",
            ),
        )

    def __str__(self):
        return f"{self.holder or 'À désigner'} ({history.related(self, 'member')})"
