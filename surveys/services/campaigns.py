"""Campaigns: prepared, opened with a questionnaire that freezes, closed with their results, reopened with a reason."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from core.base.codes import code_of, free_code
from core.base.errors import UserError
from core.base.words import in_words
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit, User
from surveys.enums import CampaignState, Channel, Kind
from surveys.models import Campaign, Questionnaire, Response
from surveys.services import points, questionnaires, results

FIELDS = (
    "title",
    "questionnaire",
    "starts_on",
    "ends_on",
    "presented_on",
    "goal",
    "significance_threshold",
    "public_threshold",
    "terms",
    "investigator",
)
WHEN_CLOSED = frozenset({"title", "presented_on", "terms", "investigator"})
LONGEST_CODE = 80
ENDS_TOO_EARLY = "La fin de la campagne vient avant son début."


@transaction.atomic
def create(
    *,
    title: str,
    kind: str,
    questionnaire: Questionnaire,
    site: Unit,
    starts_on: date,
    ends_on: date,
    by: User | None,
    goal: int | None = None,
    presented_on: date | None = None,
    significance_threshold: int = 10,
    public_threshold: int = 5,
    terms: str = "",
    investigator: str = "",
    code: str = "",
    reason: str = "",
) -> Campaign:
    """A campaign in preparation. UserError on what is contradictory; its code is drawn from its title unless given."""
    campaign = Campaign(
        title=title.strip(),
        kind=kind,
        questionnaire=questionnaire,
        site=site,
        starts_on=starts_on,
        ends_on=ends_on,
        goal=goal,
        presented_on=presented_on,
        significance_threshold=significance_threshold,
        public_threshold=public_threshold,
        terms=terms.strip(),
        investigator=investigator.strip(),
    )
    _check(campaign)
    campaign.code = _free_code(code or f"{campaign.title}-{site.code}", is_given=bool(code))
    history.save(campaign, by=by, reason=reason)
    return campaign


@transaction.atomic
def create_at(sites: Sequence[Unit], **fields) -> list[Campaign]:
    """The same campaign in preparation at several sites, each with its own links, counter and results; all or none."""
    return [create(site=site, **fields) for site in dict.fromkeys(sites)]


@transaction.atomic
def change(campaign: Campaign, *, by: User, reason: str = "", **fields) -> Campaign:
    """Change what the campaign says of itself: the questionnaire while in preparation only, the dates around what was
    received, the words alone once closed."""
    campaign = locked(campaign, "site", "questionnaire")
    changed = {name for name, value in fields.items() if getattr(campaign, name) != value}
    _refuse_out_of_time(campaign, changed)
    set_fields(campaign, fields, FIELDS)
    _check(campaign)
    _refuse_leaving_forms_out(campaign, changed)
    history.save(campaign, by=by, reason=reason)
    return campaign


@transaction.atomic
def open(campaign: Campaign, *, by: User | None, reason: str = "") -> Campaign:
    """Open a campaign in preparation: its questionnaire is frozen, and a satisfaction survey gets a web link.

    A campaign of the past can be opened: its forms are entered or imported with the day they were filled in.
    """
    campaign = locked(campaign, "site", "questionnaire")
    _require(campaign, CampaignState.DRAFT, "Cette campagne n’est plus en préparation")
    campaign.questionnaire = questionnaires.freeze(campaign.questionnaire, by=by)
    campaign.state = CampaignState.OPEN
    history.save(campaign, by=by, reason=reason or "Ouverture de la campagne")
    if campaign.kind == Kind.SATISFACTION and not campaign.points.filter(channel=Channel.WEB).exists():
        points.add_point(campaign, channel=Channel.WEB, by=by, reason="Ouverture de la campagne")
    return campaign


@transaction.atomic
def close(campaign: Campaign, *, by: User | None, reason: str = "") -> Campaign:
    """Close the campaign: it takes no form any more, and its results are kept."""
    campaign = locked(campaign, "site", "questionnaire")
    _require(campaign, CampaignState.OPEN, "Seule une campagne ouverte se clôt")
    campaign.state = CampaignState.CLOSED
    campaign.closed_at, campaign.closed_by = timezone.now(), by
    history.save(campaign, by=by, reason=reason or "Clôture de la campagne")
    results.refresh(campaign)
    return campaign


@transaction.atomic
def reopen(campaign: Campaign, *, by: User, reason: str) -> Campaign:
    """Open a closed campaign again, with the reason."""
    campaign = locked(campaign, "site", "questionnaire")
    _require(campaign, CampaignState.CLOSED, "Cette campagne n’est pas close")
    if not reason.strip():
        raise UserError("Indiquez la raison de la réouverture.", field="reason")
    campaign.state = CampaignState.OPEN
    campaign.closed_at = campaign.closed_by = None
    history.save(campaign, by=by, reason=reason)
    return campaign


@transaction.atomic
def remove(campaign: Campaign, *, by: User, reason: str = "") -> None:
    """Delete a campaign in preparation, with its points and its planned tests."""
    campaign = locked(campaign, "site", "questionnaire")
    _require(campaign, CampaignState.DRAFT, "Seule une campagne en préparation se supprime")
    if campaign.imports.exists():
        raise UserError("Un fichier a été déposé pour cette campagne : elle ne se supprime plus.")
    for rows in (campaign.planned_tests, campaign.scenarios, campaign.points):
        for row in rows.all():
            history.delete(row, by=by, reason=reason)
    history.delete(campaign, by=by, reason=reason)


def _require(campaign: Campaign, state: str, message: str) -> None:
    if campaign.state != state:
        raise UserError(f"{message} (état actuel : {campaign.get_state_display().lower()}).")


def _refuse_out_of_time(campaign: Campaign, changed: Iterable[str]) -> None:
    if campaign.state == CampaignState.CLOSED and (refused := set(changed) - WHEN_CLOSED):
        raise UserError(
            "La campagne est close : rouvrez-la pour changer ses dates, son objectif ou ses seuils.",
            field=sorted(refused)[0],
        )
    if campaign.state != CampaignState.DRAFT and "questionnaire" in changed:
        raise UserError("Une campagne ouverte garde son questionnaire.", field="questionnaire")


def _check(campaign: Campaign) -> None:
    """One sentence on the first thing wrong, tied to its field."""
    if not campaign.title:
        raise UserError("Donnez un intitulé à la campagne.", field="title")
    if campaign.kind not in Kind.values:
        raise UserError("Choisissez la nature de la campagne.", field="kind")
    if not campaign.site.is_site:
        raise UserError("Une campagne se tient dans une préfecture ou une sous-préfecture.", field="site")
    _check_questionnaire(campaign)
    if campaign.ends_on < campaign.starts_on:
        raise UserError(ENDS_TOO_EARLY, field="ends_on")
    if campaign.goal == 0:
        raise UserError("L’objectif est d’au moins un retour ; laissez-le vide s’il n’y en a pas.", field="goal")


def _check_questionnaire(campaign: Campaign) -> None:
    questionnaire = campaign.questionnaire
    if questionnaire.kind != campaign.kind:
        raise UserError(
            f"« {questionnaire.title} » est fait pour une autre nature de campagne "
            f"({questionnaire.get_kind_display().lower()}).",
            field="questionnaire",
        )
    if questionnaire.site_id not in (None, campaign.site_id):
        raise UserError(f"« {questionnaire.title} » est propre à un autre site.", field="questionnaire")


def _refuse_leaving_forms_out(campaign: Campaign, changed: set[str]) -> None:
    """The dates hold all that was received."""
    if not changed & {"starts_on", "ends_on"}:
        return
    days = Response.objects.filter(campaign=campaign, withdrawn_at__isnull=True).aggregate(
        first=Min("answered_on"), last=Max("answered_on")
    )
    if days["first"] and not campaign.starts_on <= days["first"] <= days["last"] <= campaign.ends_on:
        raise UserError(
            f"Des formulaires sont datés du {in_words(days['first'])} au {in_words(days['last'])} : "
            "la campagne doit couvrir ces jours.",
            field="starts_on" if days["first"] < campaign.starts_on else "ends_on",
        )


def _free_code(words: str, *, is_given: bool) -> str:
    base = code_of(words, longest=LONGEST_CODE - 4, otherwise="campagne")
    taken = set(Campaign.objects.filter(code__startswith=base).values_list("code", flat=True)) | {"nouvelle"}
    if is_given and base in taken:
        raise UserError(f"Le code « {base} » est déjà pris.", field="code")
    return free_code(base, taken)
