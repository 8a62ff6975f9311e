"""What contradicts itself in the surveys of a site's year, listed before a meeting."""

from collections.abc import Iterator

from django.urls import reverse

from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.base.words import in_words
from surveys.models import Campaign


def presented_too_early(site, year: int) -> Iterator[Contradiction]:
    """A campaign dated after the meeting that presents it: one of the two dates is wrong (CLU du 10 mars 2022)."""
    for campaign in (
        Campaign.objects.for_year(site, year).filter(presented_on__isnull=False).order_by("starts_on", "pk")
    ):
        if message := date_contradiction(campaign):
            url = reverse("surveys:campaign-edit", args=[campaign.code])
            yield Contradiction(message, url, about=campaign.title)


def date_contradiction(campaign: Campaign) -> str:
    """The sentence that points it out; empty when the dates agree."""
    if campaign.presented_on is None or campaign.presented_on >= campaign.ends_on:
        return ""
    when = "commence" if campaign.presented_on < campaign.starts_on else "se termine"
    day = campaign.starts_on if campaign.presented_on < campaign.starts_on else campaign.ends_on
    return (
        f"« {campaign.title} » {when} le {in_words(day)}, après la réunion du {in_words(campaign.presented_on)} "
        "qui la présente : vérifiez les dates."
    )


def register() -> None:
    consistency_checks.register(
        ConsistencyCheck("surveys_presented_too_early", "Dates des enquêtes", presented_too_early, 60, "survey_edit")
    )
