"""What training gives to search: its agents, to those who may see them by name."""

from django.urls import reverse

from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.permissions import Permission
from training.models import Agent


def _agent(agent: Agent) -> Found:
    return Found(agent.name, reverse("training:agent", args=[agent.pk]), agent.unit.name)


def register() -> None:
    """Give agents who were not erased."""
    give(
        Searched(
            "agents",
            "agent",
            "Agents",
            Agent.objects.known().select_related("unit"),
            ("last_name", "first_name"),
            _agent,
            codes=("number",),
            order=("last_name", "first_name", "pk"),
            permission=Permission.TRAINING_VIEW,
            position=60,
        ),
        Gesture("Ajouter un agent", "training:agent-create", Permission.TRAINING_EDIT, "créer nouveau"),
        Gesture(
            "Ajouter une convention de tutorat", "training:agreement-create", Permission.TRAINING_EDIT, "créer tuteur"
        ),
    )
