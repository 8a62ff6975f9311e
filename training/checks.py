"""What contradicts itself in the training of a site's year, and who will be out of date on the day of an audit."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.base.words import counted
from organisations.models import Unit
from referential.registries import ORANGE, RED, Readiness, Signal, readiness
from training.enums import Status
from training.follow_up import follow_up
from training.models import Session, TutoringAgreement
from training.rules.skills import why_vague

TODAY, LATER = ("agent en retard", "agents en retard"), ("agent ne sera plus à jour", "agents ne seront plus à jour")
TUTOR_WITHIN = timedelta(days=15)


def vague_agreements(site: Unit, year: int) -> Iterator[Contradiction]:
    """Agreements in force in the year whose skills an auditor would call vague, and those that three did not sign."""
    units = Unit.objects.ids_below(site.pk)
    rows = TutoringAgreement.objects.filter(unit__in=units).overlapping(date(year, 1, 1), date(year, 12, 31))
    for row in rows.order_by("starts_on", "pk"):
        url = reverse("training:agreement", args=[row.pk])
        if why_vague(row.skills):
            yield Contradiction(f"Convention de tutorat ({row}) : les compétences ne sont pas assez précises.", url)
        if row.signatures < 3:
            told = f"Convention de tutorat ({row}) : {counted(row.signatures, 'signature')} sur 3."
            yield Contradiction(told, url, "info")


def sessions_without_theme(site: Unit, year: int) -> Iterator[Contradiction]:
    """Sessions that were held and count for nothing."""
    units = Unit.objects.ids_below(site.pk)
    rows = Session.objects.ended_in(year).filter(unit__in=units, covered__isnull=True).select_related("course")
    for row in rows.order_by("starts_on", "pk"):
        yield Contradiction(f"« {row} » ne compte pour aucun thème.", reverse("training:session", args=[row.pk]))


def out_of_date(site: Unit, on: date) -> Iterator[Signal]:
    """By theme, how many will be late on that day, and how many newcomers will have no tutor."""
    found = follow_up(units=Unit.objects.ids_below(site.pk))
    lines = found.lines(on)
    url = f"{reverse('training:follow-up')}?site={site.code}&on={on.isoformat()}"
    late = Counter(line.theme for line in lines if line.standing.status == Status.OVERDUE)
    total = Counter(line.theme for line in lines)
    for theme, number in late.items():
        told = counted(number, *(TODAY if on <= timezone.localdate() else LATER))
        sentence = f"{theme.name} : {told}, sur {total[theme]}, le {on:%d/%m/%Y}"
        yield Signal(theme.engagement_id, RED, sentence, f"{url}&status={Status.OVERDUE}")
    alone = sum(
        line.standing.status == Status.TO_TRAIN and line.followed.post.start + TUTOR_WITHIN < on for line in lines
    )
    if alone:
        told = counted(alone, "agent à former sans tuteur", "agents à former sans tuteur")
        yield Signal(None, ORANGE, f"{told}, le {on:%d/%m/%Y}", f"{url}&status={Status.TO_TRAIN}")


def register() -> None:
    for code, title, run, position in (
        ("training_agreements", "Conventions de tutorat", vague_agreements, 70),
        ("training_sessions", "Sessions de formation", sessions_without_theme, 71),
    ):
        consistency_checks.register(ConsistencyCheck(code, title, run, position, "training_view"))
    readiness.register(Readiness("training", "Formation des agents", out_of_date, 50))
