"""An edition of a report, as it was made, and beside it what became of it: validated, sealed, published."""

from django.db import models

from core.models import Job
from core.record import history
from organisations.enums import Role
from organisations.permissions import Permission
from organisations.scope import Hidden, Scope, ScopedQuerySet
from reports.enums import Document, Step
from reports.models.reports import AnnualReport, Chapter
from reports.querysets import EditionQuerySet, PublicationQuerySet
from reports.scope import not_for


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

    def step(self, step: Step) -> "EditionStep | None":
        """That step, when it was taken."""
        return next((one for one in self.steps.all() if one.step == step), None)

    @property
    def submitted(self) -> "EditionStep | None":
        return self.step(Step.SUBMITTED)

    @property
    def validated(self) -> "EditionStep | None":
        return self.step(Step.VALIDATED)

    @property
    def sealed(self) -> "EditionStep | None":
        return self.step(Step.SEALED)

    @property
    def final(self) -> "PrintedFile | None":
        """The PDF once sealed: without the mention of a draft. None for what was made before there was one."""
        return next((one for one in self.files.all() if one.document == Document.FINAL), None)

    @property
    def formats(self) -> "list[PrintedFile]":
        """The other formats: the page, the open document."""
        return [one for one in self.files.all() if one.document == Document.BILAN]

    @property
    def published(self) -> "Publication | None":
        return getattr(self, "publication", None)

    @property
    def state(self) -> str:
        """The state that its badge shows."""
        if self.published:
            return "published"
        return "sealed" if self.sealed else "approved" if self.validated else "draft"


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


class EditionStep(models.Model):
    """A step of an edition: who, when, and for a seal the digest of all that was frozen. A row, never changed."""

    append_only = True

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps", verbose_name="édition")
    step = models.CharField("étape", max_length=10, choices=Step)
    at = models.DateTimeField("le", auto_now_add=True)
    by = history.author("par")
    digest = models.CharField("empreinte de l’édition", max_length=64, blank=True)
    seal_head = models.CharField("dernier sceau de l’historique", max_length=80, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("edition")

    class Meta:
        verbose_name = "étape d’une édition"
        verbose_name_plural = "étapes d’une édition"
        ordering = ("edition", "at", "pk")
        constraints = (models.UniqueConstraint(fields=["edition", "step"], name="edition_step_once"),)

    def __str__(self):
        return f"{self.edition} : {self.get_step_display()}"


class Publication(models.Model):
    """A sealed edition published to chosen roles of its site, until it is withdrawn or another takes its place."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="publication", verbose_name="édition")
    roles = models.CharField("lecteurs", max_length=300)  # « |management|auditor| »
    published_at = models.DateTimeField("publiée le", auto_now_add=True)
    published_by = history.author("publiée par")
    history = history.records()

    objects = PublicationQuerySet.as_manager()
    scope = Scope(
        Permission.REPORT_READ,
        unit="edition__report__site",
        from_below={Permission.REPORT_READ},
        hidden=Hidden(not_for, unless=Permission.REPORT_VIEW),
    )

    class Meta:
        verbose_name = "bilan publié"
        verbose_name_plural = "bilans publiés"
        ordering = ("-edition__report__year", "edition__report__site", "pk")

    def __str__(self):
        return f"{self.edition.report.name} – {self.edition.report.site}"

    @property
    def readers(self) -> list[Role]:
        return [role for role in Role if f"|{role}|" in self.roles]

    @property
    def readers_words(self) -> str:
        """« Direction, Chef de service »."""
        return ", ".join(role.label for role in self.readers)
