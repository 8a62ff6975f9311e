"""Grids and registers sent as files, and the binders made for auditors."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from audits.enums import AuditKind
from audits.scope import DOCUMENT, OF_SITE
from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.scope import ScopedQuerySet


class AuditImport(AbstractImport):
    """The grid or the findings of an audit sent for a site; the audit is created when it is missing."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="audit_imports", verbose_name="site")
    kind = models.CharField("nature", max_length=20, choices=AuditKind)
    audit_on = models.DateField("audit du")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "import d’audit"
        verbose_name_plural = "imports d’audit"
        ordering = ("-sent_at",)


class DocumentImport(AbstractImport):
    """A register of documents sent for a site."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="document_imports", verbose_name="site")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = DOCUMENT

    class Meta:
        verbose_name = "import de documents"
        verbose_name_plural = "imports de documents"
        ordering = ("-sent_at",)


class Binder(models.Model):
    """A binder made for an auditor: one ZIP that opens without network, as the site stood on a day."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="binders", verbose_name="site")
    state_on = models.DateField("état au")
    file = models.FileField("fichier", upload_to="classeurs/%Y/%m/", blank=True)
    name = models.CharField("nom du fichier", max_length=200)
    size = models.PositiveBigIntegerField("taille (octets)", default=0)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    entries = models.PositiveIntegerField("fichiers contenus", default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="fait par"
    )
    made_at = models.DateTimeField("fait le", default=timezone.now)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "classeur de l’auditeur"
        verbose_name_plural = "classeurs de l’auditeur"
        ordering = ("-made_at", "pk")

    def __str__(self):
        return f"Classeur au {self.state_on:%d/%m/%Y}"
