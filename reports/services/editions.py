"""What becomes of an edition: validated by the direction, sealed, published to roles; each step a row beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from core.base.digests import digest_of
from core.base.errors import UserError
from core.record import history, seals
from organisations.enums import Role
from organisations.permissions import Permission, roles_with
from reports import contradictions, notifications
from reports.enums import Step
from reports.models import AnnualReport, Edition, EditionStep, FrozenChapter, Publication, ReportImage
from reports.rules import differences
from reports.rules.differences import ChapterDifference
from reports.rules.images import FOLDER, LOST, numbers_in
from reports.rules.texts import images_without_words

NOBODY = "Personne de la direction n’a de compte sur ce site : créez-en un avant de soumettre l’édition."
READERS = tuple(roles_with(Permission.REPORT_READ))


@dataclass(frozen=True)
class Obstacle:
    """What stops the sealing, and where it is mended."""

    message: str
    url: str


def obstacles(edition: Edition) -> list[Obstacle]:
    """A chapter that is due and was not there, a picture without words, an error of consistency of the year."""
    report, found = edition.report, []
    chapters = list(edition.chapters.all())
    if not chapters:
        url = reverse("reports:report", args=[report.pk])
        found.append(Obstacle("Cette édition est d’avant la mise à jour : produisez-en une nouvelle.", url))
    for chapter in chapters:
        found += _obstacles_of(chapter)
    at = f"{reverse('reports:contradictions')}?site={report.site.code}&annee={report.year}"
    for one in contradictions.of_year(report.site, report.year):
        found += [Obstacle(line.message, line.url or at) for line in one.contradictions if line.level == "error"]
    return found


def _obstacles_of(chapter: FrozenChapter) -> Iterator[Obstacle]:
    url = reverse("reports:chapter", args=[chapter.chapter_id]) if chapter.chapter_id else ""
    if not chapter.body and chapter.chapter_id:
        yield Obstacle(f"« {chapter.title} » est vide : écrivez-le, ou ne l’imprimez pas.", url)
    if number := images_without_words(chapter.body):
        several = f"{number} images n’ont" if number > 1 else "une image n’a"
        yield Obstacle(f"« {chapter.title} » : {several} pas de texte qui la remplace.", url)
    if LOST in chapter.body:
        yield Obstacle(f"« {chapter.title} » : une image n’est plus sur le serveur.", url)


@transaction.atomic
def submit(edition: Edition, *, by) -> EditionStep:
    """Ask the direction to validate an edition: it is told by mail, and finds it in what it has to do."""
    _lock(edition)
    if edition.submitted or edition.validated:
        raise UserError("Cette édition est déjà soumise à la direction.")
    step = _add(edition, Step.SUBMITTED, by=by)
    if not notifications.notify_direction(edition):
        raise UserError(NOBODY)
    return step


def awaiting(user) -> list[Edition]:
    """The editions submitted to a person who may validate them, the last of each report, oldest first;
    not those that a validated edition of the same report took the place of."""
    sites = user.access.units_with(Permission.REPORT_VALIDATE)
    validated = Edition.objects.filter(
        report=OuterRef("report"), number__gte=OuterRef("number"), steps__step=Step.VALIDATED
    )
    submitted = Edition.objects.filter(~Exists(validated), report__site__among=sites, steps__step=Step.SUBMITTED)
    rows = submitted.order_by("number").select_related("report__site").prefetch_related("steps")
    return list({edition.report_id: edition for edition in rows}.values())


@transaction.atomic
def validate(edition: Edition, *, by) -> EditionStep:
    """Say, for the direction, that this edition is right."""
    _lock(edition)
    if edition.validated:
        raise UserError("Cette édition est déjà validée.")
    return _add(edition, Step.VALIDATED, by=by)


@transaction.atomic
def seal(edition: Edition, *, by) -> EditionStep:
    """Seal an edition that was validated, and in which nothing is missing: its digest, and the head of the history."""
    _lock(edition)
    if edition.sealed:
        raise UserError("Cette édition est déjà scellée.")
    if not edition.validated:
        raise UserError("La direction doit d’abord valider cette édition.")
    if AnnualReport.objects.filter(pk=edition.report_id, editions__number__gt=edition.number,
                                   editions__steps__step=Step.SEALED).exists():  # fmt: skip
        raise UserError("Une édition plus récente est déjà scellée.")
    if found := obstacles(edition):
        many = f"{len(found)} points l’empêchent" if len(found) > 1 else "un point l’empêche"
        raise UserError(f"L’édition ne peut pas être scellée, {many} : {found[0].message}")
    return _add(edition, Step.SEALED, by=by, digest=digest(edition), seal_head=seals.head())


def digest(edition: Edition) -> str:
    """SHA-256 of all that an edition is: its PDF, its other formats, each chapter as printed, with its images."""
    files = sorted(edition.files.values_list("name", "digest"))
    chapters = list(edition.chapters.order_by("position").values_list("position", "title", "body"))
    shown = images_of(edition).order_by("pk").values_list("pk", "digest")
    return digest_of((edition.digest, edition.pages, list(files), chapters, *([list(shown)] if shown else [])))


def images_of(edition: Edition) -> QuerySet[ReportImage]:
    """The images that the chapters of an edition show at their addresses; those of its site alone."""
    bodies = edition.chapters.filter(body__contains=FOLDER).values_list("body", flat=True)
    numbers = {number for body in bodies for number in numbers_in(body)}
    return ReportImage.objects.filter(pk__in=numbers, report__site_id=edition.report.site_id)


@transaction.atomic
def publish(edition: Edition, *, roles: Sequence[str], by) -> Publication:
    """Publish a sealed edition to the people of these roles, each told once; it takes the place of the one before."""
    _lock(edition)
    if not edition.sealed:
        raise UserError("Seule une édition scellée se publie.")
    chosen = [role for role in READERS if role in roles]
    if not chosen:
        raise UserError("Choisissez au moins un rôle.", field="roles")
    for other in Publication.objects.filter(edition__report_id=edition.report_id).exclude(edition=edition):
        history.delete(other, by=by, reason=f"Remplacée par l’édition {edition.number}")
    publication = Publication.objects.filter(edition=edition).first() or Publication(edition=edition, published_by=by)
    publication.roles = f"|{'|'.join(chosen)}|"
    history.save(publication, by=by)
    notifications.notify_published(publication)
    return publication


@transaction.atomic
def withdraw(publication: Publication, *, by, reason: str) -> None:
    """Take a publication back; the edition stays sealed."""
    history.delete(publication, by=by, reason=reason)


def sealed_before(edition: Edition) -> Edition | None:
    """The last sealed edition before this one: what it corrects."""
    earlier = Edition.objects.filter(report_id=edition.report_id, number__lt=edition.number, steps__step=Step.SEALED)
    return earlier.order_by("-number").first()


def differences_of(edition: Edition) -> tuple[Edition | None, list[ChapterDifference]]:
    """The edition that this one corrects, and what differs in chapters and figures."""
    before = sealed_before(edition)
    if before is None:
        return None, []
    return before, differences.between(list(before.chapters.all()), list(edition.chapters.all()))


def _add(edition: Edition, step: Step, *, by, **said: str) -> EditionStep:
    row = EditionStep(edition=edition, step=step, by=by, **said)
    history.save(row, by=by)
    return row


def _lock(edition: Edition) -> None:
    AnnualReport.objects.select_for_update().get(pk=edition.report_id)


ROLE_CHOICES = [(role.value, Role(role).label) for role in READERS]
