"""Mails of the reports: a bilan published, a proof to read."""

from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from core.jobs import notices
from core.models import Notice
from organisations.models import Membership, Unit, User
from organisations.permissions import Permission, roles_with
from reports.models import Edition, Proofreading, Publication

PUBLISHED, SUBMITTED = "report_published", "report_submitted"


def readers_of(publication: Publication):
    """The people who hold one of the roles today at the site, in its services, or above it."""
    site = publication.edition.report.site
    units = Unit.objects.ids_below(site.pk) | set(site.ancestors().values_list("pk", flat=True))
    held = Membership.objects.in_force(timezone.localdate()).filter(unit_id__in=units, role__in=publication.readers)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("pk")


def notify_published(publication: Publication) -> int:
    """Tell each reader once of an edition, whatever is published again of it; how many were told."""
    edition, key = publication.edition, f"edition-{publication.edition_id}"
    report = edition.report
    told = set(Notice.objects.filter(kind=PUBLISHED, key=key).values_list("recipient", flat=True))
    body = "\n".join((
        "Bonjour,",
        "",
        f"Le {report.name} ({report.site}) est publié. Il se lit ici, et se télécharge en PDF :",
        notices.absolute(reverse("reports:publication", args=[publication.pk])),
    ))  # fmt: skip
    people = [person for person in readers_of(publication) if person.email.lower() not in told]
    for person in people:
        notices.send(PUBLISHED, to=person, subject=f"{report.name} – {report.site}", body=body, key=key)
    return len(people)


def notify_direction(edition: Edition) -> int:
    """Ask those who may validate an edition to do so; how many were told."""
    report = edition.report
    today, site = timezone.localdate(), report.site
    units = set(site.ancestors(include_self=True).values_list("pk", flat=True))
    roles = roles_with(Permission.REPORT_VALIDATE)
    held = Membership.objects.in_force(today).filter(unit_id__in=units, role__in=roles)
    body = "\n".join((
        "Bonjour,",
        "",
        f"L’édition {edition.number} du {report.name} ({report.site}) attend votre validation.",
        "Elle se lit, et se valide, ici :",
        notices.absolute(reverse("reports:edition", args=[edition.pk])),
    ))  # fmt: skip
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("pk")
    key, subject = f"edition-{edition.pk}", f"À valider : {report.name} – {report.site}"
    return sum(notices.send(SUBMITTED, to=one, subject=subject, body=body, key=key) is not None for one in people)


def notify_proofreader(proofreading: Proofreading, *, link: str) -> None:
    """Mail the link to who reads the proof; no row keeps it."""
    report = proofreading.edition.report
    body = "\n".join((
        "Bonjour,",
        "",
        f"On vous demande de relire le {report.name} ({report.site}), édition {proofreading.edition.number}.",
        "Lisez-le et notez vos remarques à côté du texte, sans compte ni mot de passe. Ce lien est pour vous seul,",
        f"jusqu’au {proofreading.expires_on:%d/%m/%Y} :",
        link,
    ))  # fmt: skip
    send_mail(f"{notices.PREFIX}Relecture du {report.name}", body, None, [proofreading.email])
