"""The annual report of a site: its chapters, their written part, and the editions rendered as PDF."""

from django.db import models

from core.models import Job
from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet
from reports.enums import Document
from reports.querysets import AnnualReportQuerySet, ContradictionCountQuerySet, EditionQuerySet


class AnnualReport(models.Model):
    """The « bilan qualité » of a site and year."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="annual_reports", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    title = models.CharField("titre", max_length=200, default="Bilan qualité")
    signatory = models.CharField("signataire", max_length=200, blank=True)
    history = history.records()

    objects = AnnualReportQuerySet.as_manager()
    scope = Scope(Permission.REPORT_VIEW)

    class Meta:
        verbose_name = "bilan qualité"
        verbose_name_plural = "bilans qualité"
        ordering = ("-year", "site")
        constraints = (models.UniqueConstraint(fields=["site", "year"], name="annual_report_once_per_year"),)

    def __str__(self):
        return f"{self.name} – {self.site}"

    @property
    def name(self) -> str:
        """« Bilan qualité 2020 »."""
        return f"{self.title} {self.year}"


class Chapter(models.Model):
    """A chapter of a report: `section` names the registered section that computes its figures (empty: text only)."""

    FOREWORD = "foreword"  # the section printed on the first page, without a number

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="chapters", verbose_name="bilan")
    section = models.CharField("partie calculée", max_length=60, blank=True)
    title = models.CharField("titre", max_length=200)
    text = models.TextField("texte", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    is_included = models.BooleanField("imprimé", default=True)
    taken_from = models.PositiveSmallIntegerField("texte repris de l’année", null=True, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("report")

    class Meta:
        verbose_name = "chapitre"
        verbose_name_plural = "chapitres"
        ordering = ("report", "position", "pk")

    def __str__(self):
        return self.title

    @property
    def own_text(self) -> str:
        """The text of this year: one taken from another year is a draft, until somebody edits or confirms it."""
        return "" if self.taken_from else self.text


class Edition(models.Model):
    """A rendered PDF of a report, kept as it was; it knows its file and its digest whatever becomes of its job."""

    append_only = True  # triggers of core.record.triggers refuse UPDATE and DELETE

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="editions", verbose_name="bilan")
    number = models.PositiveSmallIntegerField("édition")
    job = models.OneToOneField(Job, models.PROTECT, related_name="edition", verbose_name="travail")
    pages = models.PositiveSmallIntegerField("pages")
    file = models.FileField("fichier", upload_to="jobs/%Y/%m/")
    name = models.CharField("nom du fichier", max_length=200)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    created_at = models.DateTimeField("produite le", auto_now_add=True)

    objects = EditionQuerySet.as_manager()
    scope = Scope.through("report")

    class Meta:
        verbose_name = "édition du bilan"
        verbose_name_plural = "éditions du bilan"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["report", "number"], name="edition_number_once"),)

    def __str__(self):
        return f"{self.report}, édition {self.number}"


class FrozenChapter(models.Model):
    """A chapter as an edition printed it: its words and figures are those of that day. Empty: due, and not there.

    The first one, without a chapter, holds the key figures of the first page.
    """

    append_only = True

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="chapters", verbose_name="édition")
    chapter = models.ForeignKey(Chapter, models.PROTECT, null=True, related_name="+", verbose_name="chapitre")
    position = models.PositiveSmallIntegerField("rang")
    number = models.PositiveSmallIntegerField("numéro imprimé", null=True)
    title = models.CharField("titre", max_length=300)
    body = models.TextField("contenu", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("edition")

    class Meta:
        verbose_name = "chapitre d’une édition"
        verbose_name_plural = "chapitres d’une édition"
        ordering = ("edition", "position")
        constraints = (models.UniqueConstraint(fields=["edition", "position"], name="frozen_chapter_once"),)

    def __str__(self):
        return self.title

    @property
    def heading(self) -> str:
        """« 3. La formation des agents »."""
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def anchor(self) -> str:
        return f"chapitre-{self.number}" if self.number else f"partie-{self.position}"


class PrintedFile(models.Model):
    """A file beside the PDF of an edition (its page, its open document), or a paper of the year; kept as made."""

    append_only = True

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="files", verbose_name="bilan")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="files", verbose_name="édition")
    document = models.CharField("document", max_length=15, choices=Document)
    file = models.FileField("fichier", upload_to="reports/%Y/%m/")
    name = models.CharField("nom du fichier", max_length=200)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    length = models.CharField("longueur", max_length=40)  # « 2 pages », « 148 ko »
    created_at = models.DateTimeField("produit le", auto_now_add=True)
    created_by = history.author("produit par")

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("report")

    class Meta:
        verbose_name = "fichier du bilan"
        verbose_name_plural = "fichiers du bilan"
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return self.name

    @property
    def format(self) -> str:
        """« ODT »."""
        return self.name.rpartition(".")[2].upper()


class ContradictionCount(models.Model):
    """How many contradictions a check found at a site in a year, and when; computed, so without history."""

    site = models.ForeignKey(Unit, models.CASCADE, related_name="contradiction_counts", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    check_code = models.CharField("contrôle", max_length=60)
    number = models.PositiveIntegerField("contradictions")
    counted_at = models.DateTimeField("compté le")

    objects = ContradictionCountQuerySet.as_manager()
    scope = Scope(Permission.REPORT_EDIT)

    class Meta:
        verbose_name = "décompte de contradictions"
        verbose_name_plural = "décomptes de contradictions"
        constraints = (
            models.UniqueConstraint(fields=["site", "year", "check_code"], name="contradictions_counted_once"),
        )

    def __str__(self):
        return f"{self.site}, {self.year} : {self.number} ({self.check_code})"
