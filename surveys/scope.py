"""Who sees the surveys of a site and who runs them: read and filled in from all its services, run at the site."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from organisations.permissions import Permission
from organisations.scope import Hidden, Scope, holds_every_root
from surveys.enums import CampaignState, Kind

VIEW, EDIT = Permission.SURVEY_VIEW, Permission.SURVEY_EDIT
FROM_BELOW = (VIEW, Permission.SURVEY_ENTER)  # held in a service, they reach its site


def decides(user: Any, questionnaire: Any) -> bool:
    """A site decides of its own questionnaire; those common to all are for who answers for the whole installation."""
    if questionnaire.site_id:
        return user.can(EDIT, questionnaire.site_id)
    return holds_every_root(user, EDIT)


def _under_way(user: Any) -> Q:
    """A mystery campaign shows itself to those it tests once closed."""
    return Q(kind=Kind.MYSTERY) & ~Q(state=CampaignState.CLOSED)


def _never_closed(user: Any) -> Q:
    """A grid that freezes tells that a mystery survey begins: it shows itself once one was closed."""
    campaigns = apps.get_model("surveys", "Campaign")._default_manager
    used = campaigns.filter(questionnaire=OuterRef("pk"), state=CampaignState.CLOSED, site_id__in=user.sites_with(VIEW))
    return Q(~Exists(used), kind=Kind.MYSTERY)


OF_SITE = Scope(VIEW, from_below=FROM_BELOW)
CAMPAIGN = Scope(VIEW, from_below=FROM_BELOW, hidden=Hidden(_under_way, unless=EDIT))
QUESTIONNAIRE = Scope(
    VIEW, from_below=FROM_BELOW, shared=True, hidden=Hidden(_never_closed, unless=EDIT), acts={EDIT: decides}
)
