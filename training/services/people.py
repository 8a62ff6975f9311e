"""Agents: taking and leaving posts, dispensations, trainings taken over, erasure."""

import json
from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.base.enums import ImportState
from core.base.errors import UserError
from core.models import ImportMemory
from core.record import history
from core.record.deeds import locked, set_fields
from core.record.identities import leave_no_trace
from organisations.models import Unit
from training import notifications, retention
from training.enums import Contract, PastKind
from training.follow_up.site_themes import SiteThemes, site_themes
from training.models import Agent, Enrolment, PastTraining, Post, TrainingImport, TrainingTheme, TutoringAgreement
from training.rules.names import folded
from training.rules.reading import called
from training.rules.statuses import HeldPeriod

ERASED = "Effacement des données personnelles"
GONE = "texte effacé"


@transaction.atomic
def add(
    *, unit: Unit, last_name: str, by, first_name: str = "", number: str = "", email: str = "", reason: str = ""
) -> Agent:
    """An agent of a unit, without post yet."""
    if not last_name.strip():
        raise UserError("Donnez le nom de l’agent.", field="last_name")
    agent = called(Agent(unit=unit, number=number.strip(), email=email.strip()), last_name, first_name)
    history.save(agent, by=by, reason=reason)
    return agent


@transaction.atomic
def change(agent: Agent, *, by, reason: str = "", **fields) -> Agent:
    """Correct who the agent is and where they work."""
    agent = locked(agent)
    set_fields(agent, fields, ("unit", "last_name", "first_name", "number", "email"))
    if not agent.last_name.strip():
        raise UserError("Donnez le nom de l’agent.", field="last_name")
    called(agent, agent.last_name, agent.first_name)
    history.save(agent, by=by, reason=reason or "Fiche corrigée")
    return agent


@transaction.atomic
def take_post(
    agent: Agent,
    *,
    unit: Unit,
    themes: Iterable[TrainingTheme],
    taken_on: date,
    by,
    service: str = "",
    contract: str = Contract.PERMANENT,
    contract_ends_on: date | None = None,
    ended_on: date | None = None,
    reason: str = "",
) -> list[Post]:
    """The agent takes a post in a service, for one or several themes; it is where they work from then on."""
    themes = list(themes)
    if not themes:
        raise UserError("Choisissez au moins un thème d’accueil.", field="themes")
    posts = [
        Post(
            agent=agent,
            unit=unit,
            service=service.strip() or unit.name,
            theme=theme,
            taken_on=taken_on,
            contract=contract,
            contract_ends_on=contract_ends_on,
            ended_on=ended_on,
        )
        for theme in themes
    ]
    followed = site_themes([unit.pk])
    for post in posts:
        check_post(post)
        check_no_other(post)
        check_followed(post, followed)
    created = history.bulk_create(posts, by=by, reason=reason or "Prise de poste")
    if agent.unit_id != unit.pk:
        agent = locked(agent)
        agent.unit = unit
        history.save(agent, by=by, reason=reason or "Prise de poste", fields=["unit"])
    return created


@transaction.atomic
def change_post(post: Post, *, by, reason: str = "", **fields) -> Post:
    """Correct a post: its dates, its contract, its dispensation."""
    post = locked(post, "agent", "theme")
    set_fields(post, fields, ("taken_on", "ended_on", "contract", "contract_ends_on", "exempt_from", "exempt_reason"))
    check_post(post)
    check_no_other(post)
    history.save(post, by=by, reason=reason)
    return post


@transaction.atomic
def leave_post(post: Post, *, ended_on: date, by, reason: str = "") -> Post:
    """The agent leaves a post: `ended_on` is the last day."""
    return change_post(post, ended_on=ended_on, by=by, reason=reason or "Départ")


def check_post(post: Post) -> None:
    """Refuse dates that contradict each other."""
    for field, what in (("ended_on", "La fin du poste"), ("contract_ends_on", "La fin du contrat")):
        end = getattr(post, field)
        if end is not None and end < post.taken_on:
            raise UserError(
                f"{what} ({end:%d/%m/%Y}) précède la prise de poste ({post.taken_on:%d/%m/%Y}).", field=field
            )
    if post.exempt_from and not post.exempt_reason.strip():
        raise UserError("Dites pourquoi l’agent est dispensé, et le document qui le montre.", field="exempt_reason")


def check_followed(post: Post, followed: SiteThemes) -> None:
    """Refuse a theme that the site does not follow on the last day known of the post."""
    on = post.ends_on or max(post.taken_on, timezone.localdate())
    if not followed.has(post.theme, post.unit_id, on):
        raise UserError(
            f"« {post.theme} » n’est pas suivi à « {post.unit.site} » le {on:%d/%m/%Y} : son module est hors du "
            "périmètre, ou le thème n’est plus en vigueur.",
            field="themes",
        )


def check_no_other(post: Post) -> None:
    """Refuse the same theme twice in one service on the same days."""
    own = HeldPeriod(post.taken_on, post.ends_on)
    others = Post.objects.filter(agent=post.agent_id, theme=post.theme_id, unit=post.unit_id).exclude(pk=post.pk)
    for other in others.select_related("theme"):
        if own.meets(HeldPeriod(other.taken_on, other.ends_on)):
            raise UserError(
                f"Cet agent tient déjà ce poste ({other.theme}) depuis le {other.taken_on:%d/%m/%Y}.", field="taken_on"
            )


@transaction.atomic
def add_past(
    agent: Agent,
    *,
    theme: TrainingTheme,
    on: date,
    by,
    kind: str = PastKind.TRAINING,
    label: str = "",
    reason: str = "",
) -> PastTraining:
    """A training followed before sessions were kept here, or experience shown by a dated document."""
    if on > timezone.localdate():
        raise UserError(f"Cette formation est à venir ({on:%d/%m/%Y}) : elle ne compte qu’une fois suivie.", field="on")
    if kind == PastKind.EXPERIENCE and not label.strip():
        raise UserError("Nommez le document qui justifie l’expérience.", field="label")
    if PastTraining.objects.filter(agent=agent, theme=theme, on=on).exists():
        raise UserError(f"La formation du {on:%d/%m/%Y} est déjà enregistrée pour « {theme} ».", field="on")
    row = PastTraining(agent=agent, theme=theme, on=on, kind=kind, label=label.strip())
    history.save(row, by=by, reason=reason)
    return row


@transaction.atomic
def remove_past(row: PastTraining, *, by, reason: str = "") -> None:
    """Remove a training entered by mistake."""
    history.delete(row, by=by, reason=reason)


@transaction.atomic
def erase(agents: QuerySet[Agent], *, by=None, reason: str = ERASED) -> int:
    """Erase who some agents are: name, number, address, account, certificates, assessments, and the copies of the
    files that named them. Their dates stay, so that the figures of past years do.
    """
    held = list(agents.select_for_update().order_by("pk"))
    today = timezone.localdate()
    _erase_copies(held, by=by, reason=reason)
    notifications.forget(held)
    for agent in held:
        agent.last_name = agent.first_name = agent.number = agent.email = agent.name_key = ""
        agent.user, agent.erased_on = None, today
    history.bulk_update(held, [*Agent.PERSONAL, "user", "erased_on"], by=by, reason=reason)
    _erase_certificates(held, by=by, reason=reason)
    _erase_words(held, by=by, reason=reason)
    agreements = list(TutoringAgreement.objects.filter(tutee__in=held).exclude(assessment="").order_by("pk"))
    for agreement in agreements:
        agreement.assessment = ""
    history.bulk_update(agreements, ["assessment"], by=by, reason=reason)
    if held:
        transaction.on_commit(leave_no_trace, robust=True)
    return len(held)


def _erase_words(agents: list[Agent], *, by, reason: str) -> None:
    """Leave of the dispensations and documents of the agents their dates alone."""
    posts = list(Post.objects.filter(agent__in=agents).exclude(exempt_reason="").order_by("pk"))
    for post in posts:
        post.exempt_reason = GONE
    history.bulk_update(posts, ["exempt_reason"], by=by, reason=reason)
    rows = list(PastTraining.objects.filter(agent__in=agents).exclude(label="").order_by("pk"))
    for row in rows:
        row.label = GONE
    history.bulk_update(rows, ["label"], by=by, reason=reason)


def _erase_copies(agents: list[Agent], *, by, reason: str) -> None:
    """Remove the copies of files that name one of the agents, and the answers that quote them; what the files recorded
    can still be undone."""
    names = {folded(agent.last_name) for agent in agents} - {""}
    copies = TrainingImport.objects.exclude(preview={}).order_by("pk")
    told = ((row, folded(json.dumps(row.preview, ensure_ascii=False))) for row in copies)
    naming = [row for row, text in told if any(name in text for name in names)]
    for row in naming:
        if row.file:
            transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        row.preview, row.shown, row.file = {}, {}, ""
        if row.state == ImportState.PREVIEW:
            row.state = ImportState.ABANDONED
    history.bulk_update(naming, ["preview", "shown", "file", "state"], by=by, reason=reason)
    for answered, field in ((TrainingImport, "choices"), (ImportMemory, "answers")):
        for one in answered.objects.exclude(**{field: {}}).order_by("pk"):
            kept = {code: told for code, told in getattr(one, field).items() if not _names(f"{code} {told}", names)}
            if kept != getattr(one, field):
                answered.objects.filter(pk=one.pk).update(**{field: kept})


def _names(text: str, names: set[str]) -> bool:
    return any(name in folded(text) for name in names)


def _erase_certificates(agents: list[Agent], *, by, reason: str) -> None:
    rows = list(Enrolment.objects.filter(agent__in=agents).exclude(certificate="").order_by("pk"))
    for row in rows:
        transaction.on_commit(partial(row.certificate.storage.delete, str(row.certificate.name)))
        row.certificate, row.certificate_name = "", ""
    history.bulk_update(rows, ["certificate", "certificate_name"], by=by, reason=reason)


def register_retention() -> None:
    """Register how long agents are kept, and the verb that erases them."""
    retention.register(erase)
