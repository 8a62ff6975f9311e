"""The chapter of the bilan on the training of agents and their tutoring: counts and sentences, no name."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone

from core.base import registries
from core.base.words import counted
from organisations.models import Unit
from training import synthesis
from training.rules.words import concerned_sentence, trained_sentence, tutoring_sentence

POSITION = 300


def context(site: Unit, year: int) -> Mapping:
    """The tables of the year of a site and the services below it."""
    found = synthesis.balance(Unit.objects.ids_below(site.pk), year, today=timezone.localdate())
    is_empty = not (found.concerned or found.courses or found.agreements)
    sentences = [
        concerned_sentence(year, found.total_concerned, found.total_to_train),
        trained_sentence(year, found.total_trained, len(found.trained)),
    ]
    tutoring = tutoring_sentence(year, found.total_agreements, len(found.agreements))
    return {
        "balance": found,
        "themes": [(theme, number, found.to_train[theme]) for theme, number in found.concerned.items()],
        "sentences": sentences,
        "tutoring": tutoring,
        "brief": [*sentences, tutoring],
        "key_figures": _key_figures(found),
        "rows_at": f"{reverse('training:balance')}?site={site.code}&annee={year}",
        "is_empty": is_empty,
    }


def _key_figures(found: synthesis.Balance) -> list[registries.KeyFigure]:
    told, due = [], f"{found.total_to_train} à former sur {counted(found.total_concerned, 'concerné')}"
    if found.total_concerned or found.total_trained:
        label = "agents formés" if found.total_trained > 1 else "agent formé"
        told.append(registries.KeyFigure(str(found.total_trained), label, due))
    if found.total_agreements:
        label = "conventions de tutorat" if found.total_agreements > 1 else "convention de tutorat"
        within = f"dans {counted(len(found.agreements), 'service')}"
        told.append(registries.KeyFigure(str(found.total_agreements), label, within, reverse("training:agreements")))
    return told


def register() -> None:
    registries.report_sections.register(
        registries.ReportSection(
            code="training",
            title="La formation des agents et le tutorat mis en place",
            position=POSITION,
            context=context,
            template="training/report/chapter.html",
            source="training:follow-up",
            origin="suivi des formations et des tutorats",
        )
    )
