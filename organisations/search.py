"""What the organisation gives to search: people with an account."""

from django.urls import reverse

from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.models import User
from organisations.permissions import Permission


def _person(user: User) -> Found:
    detail = user.role_names or ("" if user.is_active else "compte fermé")
    return Found(str(user), reverse("organisations:person", args=[user.pk]), detail)


def register() -> None:
    """Give people to those who see accounts."""
    give(
        Searched(
            "people",
            "personne",
            "Personnes",
            User.objects.prefetch_related("memberships"),
            ("last_name", "first_name", "email"),
            _person,
            order=("-is_active", "last_name", "first_name", "pk"),
            permission=Permission.ACCOUNT_VIEW,
            position=55,
        ),
        Gesture(
            "Ajouter une personne", "organisations:account-create", Permission.ACCOUNT_EDIT, "créer compte inviter"
        ),
    )
