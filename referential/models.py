"""Referential versions as dated data: modules, engagements, correspondence, perimeter of a site."""

from django.db import models

from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet
from referential.querysets import CorrespondenceQuerySet, EngagementQuerySet, PerimeterQuerySet, ReferentialQuerySet
from referential.scope import COMMON

TO_COMPLETE = "à compléter"


class Referential(models.Model):
    """A version of a referential: Qualipref 2.0, Qual-e-Pref, Services Publics +."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=100)
    in_force_from = models.DateField("en vigueur depuis", null=True, blank=True)
    in_force_until = models.DateField("en vigueur jusqu’au", null=True, blank=True)
    source = models.TextField("source", blank=True)
    history = history.records()

    objects = ReferentialQuerySet.as_manager()
    scope = COMMON

    class Meta:
        verbose_name = "référentiel"
        verbose_name_plural = "référentiels"
        ordering = ("-in_force_from",)

    def __str__(self):
        return self.name


class Module(models.Model):
    """A module of a referential; « Pilotage » and « Démarche de labellisation » number their engagements apart."""

    referential = models.ForeignKey(Referential, models.PROTECT, related_name="modules", verbose_name="référentiel")
    code = models.CharField("code", max_length=20)
    title = models.CharField("intitulé", max_length=200, blank=True)
    is_compulsory = models.BooleanField("obligatoire", default=False)
    certainty = models.CharField("source et certitude", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = COMMON

    class Meta:
        verbose_name = "module"
        verbose_name_plural = "modules"
        ordering = ("referential", "position", "code")
        constraints = (models.UniqueConstraint(fields=["referential", "code"], name="module_once_per_referential"),)

    def __str__(self):
        title = self.title or TO_COMPLETE
        return f"Module {self.code} – {title}" if self.code[:1].isdigit() else title


class Engagement(models.Model):
    """An engagement or sub-engagement (14.3); an unknown title stays empty and reads « à compléter »."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="engagements", verbose_name="module")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="engagement parent"
    )
    code = models.CharField("numéro", max_length=20)
    title = models.CharField("intitulé", max_length=400, blank=True)
    subject = models.CharField(
        "objet", max_length=200, blank=True, help_text="Ce dont il traite, quand l’intitulé exact n’est pas connu."
    )
    compulsory_from = models.DateField("obligatoire depuis", null=True, blank=True)
    expected_evidence = models.TextField("preuves attendues", blank=True)
    certainty = models.CharField("source et certitude", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = EngagementQuerySet.as_manager()
    scope = COMMON

    class Meta:
        verbose_name = "engagement"
        verbose_name_plural = "engagements"
        ordering = ("module", "position", "code")
        constraints = (models.UniqueConstraint(fields=["module", "code"], name="engagement_once_per_module"),)

    def __str__(self):
        return f"{self.short} – {self.title_or_subject}"

    @property
    def short(self) -> str:
        """E17, or the bare code of an engagement that bears no number."""
        return f"E{self.code}" if self.code[:1].isdigit() else self.code

    @property
    def title_or_subject(self) -> str:
        if self.title:
            return self.title
        return f"{TO_COMPLETE} ({self.subject})" if self.subject else TO_COMPLETE

    @property
    def is_to_complete(self) -> bool:
        return not self.title


class Correspondence(models.Model):
    """The engagement of a newer version that takes up the subject of an older one."""

    old = models.ForeignKey(Engagement, models.CASCADE, related_name="successors", verbose_name="ancien engagement")
    new = models.ForeignKey(Engagement, models.CASCADE, related_name="predecessors", verbose_name="nouvel engagement")
    note = models.CharField("remarque", max_length=300, blank=True)
    history = history.records()

    objects = CorrespondenceQuerySet.as_manager()
    scope = COMMON

    class Meta:
        verbose_name = "correspondance"
        verbose_name_plural = "correspondances"
        ordering = ("old__module__referential", "old__module", "old__position", "new__position")
        constraints = (
            models.UniqueConstraint(fields=["old", "new"], name="correspondence_once"),
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="correspondence_of_two_engagements"),
        )

    def __str__(self):
        return f"{self.old} → {self.new}"


class ReferentialImport(AbstractImport):
    """The engagements of a version sent as a table: titles, expected evidence, what each takes up."""

    referential = models.ForeignKey(Referential, models.PROTECT, related_name="imports", verbose_name="référentiel")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = COMMON

    class Meta:
        verbose_name = "import d’un référentiel"
        verbose_name_plural = "imports de référentiels"
        ordering = ("-sent_at",)


class Perimeter(models.Model):
    """A module retained by a site."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="perimeters", verbose_name="site")
    module = models.ForeignKey(Module, models.PROTECT, related_name="perimeters", verbose_name="module")
    valid_from = models.DateField("depuis le")
    valid_until = models.DateField("jusqu’au", null=True, blank=True)
    history = history.records()

    objects = PerimeterQuerySet.as_manager()
    scope = Scope(Permission.REFERENTIAL_VIEW)

    class Meta:
        verbose_name = "périmètre"
        verbose_name_plural = "périmètres"
        ordering = ("site", "module", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=["site", "module", "valid_from"], name="perimeter_once_per_site_and_module"),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="perimeter_dates_in_order",
            ),
        )

    def __str__(self):
        return f"{self.site} : {self.module}"
