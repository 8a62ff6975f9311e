"""The annual report of a site: its chapters and their written part; what contradicts itself there, counted."""

from django.conf import settings
from django.db import models

from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet
from reports.querysets import AnnualReportQuerySet, ContradictionCountQuerySet


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


class FigureNote(models.Model):
    """What is said beside a table or a chart of a chapter; `figure` is its code, `label` how it was named then."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="notes", verbose_name="chapitre")
    figure = models.SlugField("figure", max_length=120)
    label = models.CharField("titre de la figure", max_length=300)
    text = models.TextField("commentaire", blank=True)
    taken_from = models.PositiveSmallIntegerField("commentaire repris de l’année", null=True, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("chapter")

    class Meta:
        verbose_name = "commentaire d’une figure"
        verbose_name_plural = "commentaires de figures"
        ordering = ("chapter", "pk")
        constraints = (models.UniqueConstraint(fields=["chapter", "figure"], name="figure_note_once"),)

    def __str__(self):
        return self.label

    @property
    def own_text(self) -> str:
        """What is said this year: one taken from another year is a draft, until somebody saves it."""
        return "" if self.taken_from else self.text


class WrittenDraft(models.Model):
    """What somebody typed in a chapter, or beside one of its figures, and has not saved yet; theirs alone.

    `version` is that of the text it was typed over: what was saved meanwhile is never overwritten.
    """

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="drafts", verbose_name="chapitre")
    figure = models.CharField("figure", max_length=120, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="auteur")
    title = models.CharField("titre", max_length=200, blank=True)
    text = models.TextField("texte", blank=True)
    version = models.CharField("version modifiée", max_length=20, blank=True)
    typed_at = models.DateTimeField("tapé le", auto_now=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("chapter")

    class Meta:
        verbose_name = "brouillon"
        verbose_name_plural = "brouillons"
        constraints = (models.UniqueConstraint(fields=["chapter", "figure", "author"], name="written_draft_once"),)

    def __str__(self):
        return self.title or self.chapter.title


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
