"""Audits with their grid, the access lent to auditors, and the compliance of a site with each engagement."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actions.models import Finding
from audits.enums import AuditKind, ComplianceState, Method, Result
from audits.models.documents import Document
from audits.models.labels import Label
from audits.querysets import AuditQuerySet, ComplianceQuerySet
from audits.scope import OF_SITE
from audits.terms.grids import SCORED, GridTally, tally
from core.record import history
from organisations.models import Membership, Unit
from organisations.scope import Scope, ScopedQuerySet
from referential.models import Engagement, Module, Referential


class Audit(models.Model):
    """An audit of a site, internal or by a body, or what the site says of itself. Its grid says what was found."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="audits", verbose_name="site")
    kind = models.CharField("nature", max_length=20, choices=AuditKind)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    referential = models.ForeignKey(
        Referential, models.PROTECT, null=True, blank=True, related_name="audits", verbose_name="référentiel"
    )
    label = models.ForeignKey(
        Label, models.PROTECT, null=True, blank=True, related_name="audits", verbose_name="label concerné"
    )
    body = models.CharField("organisme ou préfecture qui audite", max_length=200, blank=True)
    auditors = models.CharField("auditeurs", max_length=300, blank=True)
    schedule = models.TextField("plan d’audit", blank=True, help_text="Une ligne par temps : 9 h – réunion d’ouverture")
    stated_none = models.JSONField("dits « aucun »", default=list, blank=True)  # results that the audit says are none
    score_scale = models.PositiveSmallIntegerField("note maximale", default=4)
    conclusion = models.TextField("conclusion", blank=True)
    history = history.records()

    objects = AuditQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "audit"
        verbose_name_plural = "audits"
        ordering = ("-starts_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["site", "kind", "starts_on"], name="audit_once_per_site_kind_and_day"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="audit_dates_in_order"),
        )

    def __str__(self):
        return f"{self.get_kind_display()} du {self.starts_on:%d/%m/%Y}"

    @property
    def tally(self) -> GridTally:
        """Its results counted; reads `rows`, prefetched or not."""
        rows = list(self.rows.all())
        results = (row.result or (SCORED if row.score is not None else "") for row in rows)
        return tally(results, is_grid=any(row.requirement or row.score is not None for row in rows))


class AuditRow(models.Model):
    """A requirement in the grid of an audit, or a line of a self-diagnosis: what is looked at, and what was found."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="rows", verbose_name="audit")
    position = models.PositiveIntegerField("rang")
    section = models.CharField("rubrique", max_length=300, blank=True)
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="audit_rows", verbose_name="module"
    )
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="audit_rows", verbose_name="engagement"
    )
    engagement_words = models.TextField("engagement tel qu’écrit", blank=True)
    requirement = models.TextField("exigence", blank=True)
    methods = models.JSONField("méthodes", default=list, blank=True)
    evidence_expected = models.TextField("preuves attendues", blank=True)
    structure = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="audit_rows", verbose_name="structure"
    )
    result = models.CharField("résultat", max_length=20, choices=Result, blank=True)
    score = models.DecimalField("note", max_digits=5, decimal_places=2, null=True, blank=True)
    comment = models.TextField("constat de l’auditeur", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="audit_rows", verbose_name="preuve vue"
    )
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("audit")

    class Meta:
        verbose_name = "ligne d’audit"
        verbose_name_plural = "lignes d’audit"
        ordering = ("audit", "position", "pk")
        constraints = (models.UniqueConstraint(fields=["audit", "position"], name="audit_row_position_once"),)

    def __str__(self):
        return self.requirement or self.comment or self.engagement_words or f"Ligne {self.position}"

    @property
    def methods_label(self) -> str:
        """« document, entretien »."""
        return ", ".join(Method(code).label.lower() for code in self.methods if code in Method.values)


class AuditFinding(models.Model):
    """The finding that a row of an audit opened in the action plan."""

    row = models.OneToOneField(AuditRow, models.CASCADE, related_name="opened", verbose_name="ligne d’audit")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="audit_rows", verbose_name="constat")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("row")

    class Meta:
        verbose_name = "constat issu d’un audit"
        verbose_name_plural = "constats issus d’un audit"
        ordering = ("pk",)

    def __str__(self):
        return str(self.finding)


class AuditAccess(models.Model):
    """The role lent to an auditor for an audit: it ends with it, and moves with its dates."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="accesses", verbose_name="audit")
    membership = models.OneToOneField(
        Membership, models.CASCADE, related_name="audit_access", verbose_name="rôle d’auditeur"
    )
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("audit")

    class Meta:
        verbose_name = "accès d’auditeur"
        verbose_name_plural = "accès d’auditeur"
        ordering = ("audit", "pk")

    def __str__(self):
        return str(self.membership.user)


class Compliance(models.Model):
    """Whether a site keeps an engagement, from a day on, why, and who answers for it; the last day before one wins."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="compliances", verbose_name="site")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="compliances", verbose_name="engagement")
    state = models.CharField("conformité", max_length=15, choices=ComplianceState)
    stated_on = models.DateField("constatée le")
    reason = models.TextField("raison")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="service qui en répond"
    )
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dite par"
    )
    history = history.records()

    objects = ComplianceQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "conformité"
        verbose_name_plural = "conformités"
        ordering = ("site", "engagement", "-stated_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["site", "engagement", "stated_on"], name="compliance_once_a_day"),
        )

    def __str__(self):
        return f"{self.engagement} : {self.get_state_display()}"
