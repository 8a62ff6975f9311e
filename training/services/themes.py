"""The themes and delays shipped with the application, and the changes a préfecture makes to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from core.base.errors import UserError
from core.record import history
from organisations.models import Unit
from referential.models import Engagement, Module
from training.models import Requirement, TrainingTheme

REASON = "Thèmes livrés avec l’application"
LONGEST_CODE, LAST = 40, 100
REFERENTIAL, ENGAGEMENT = "qual-e-pref", "4"  # agents are trained
SOURCE = "Référentiel Qual-e-Pref : dans l’année qui suit la prise de poste, puis tous les quatre ans au minimum"


@dataclass(frozen=True)
class Shipped:
    """A theme as shipped. `module`: its number in Qual-e-Pref."""

    code: str
    name: str
    aliases: tuple[str, ...]
    module: str = "1"


SHIPPED = (
    Shipped(
        "accueil-physique",
        "Accueil physique",
        ("Physique", "Accueil", "Accueil du public", "Guichet", "Accueil au guichet", "Accueil général"),
    ),
    Shipped(
        "accueil-telephonique",
        "Accueil téléphonique",
        ("Téléphonique", "Téléphone", "Standard", "Accueil au téléphone", "Accueil tél", "Téléphonie"),
    ),
    Shipped(
        "cert",
        "CERT (fraude)",
        ("CERT", "Fraude", "CERT/fraude", "CERT fraude", "Lutte contre la fraude", "Fraude documentaire"),
        module="2",
    ),
    Shipped(
        "internet",
        "Site Internet et réseaux sociaux",
        (
            "Internet",
            "Réseaux sociaux",
            "Site internet",
            "Site web et réseaux sociaux",
            "Internet et réseaux sociaux",
            "Internet/réseaux sociaux",
            "Web",
        ),
    ),
    Shipped("rq", "RQ", ("Référent qualité", "Référente qualité", "Référent(e) qualité", "Qualité")),
)


@transaction.atomic
def load(*, by=None) -> list[TrainingTheme]:
    """Create the shipped themes that are missing, each with its delays; those already there are left as they are."""
    modules = {module.code: module for module in Module.objects.filter(referential__code=REFERENTIAL)}
    engagement = Engagement.objects.filter(module__in=modules.values(), module__code="1", code=ENGAGEMENT).first()
    known = set(TrainingTheme.objects.filter(site__isnull=True).values_list("code", flat=True))
    themes = [
        TrainingTheme(
            code=one.code,
            name=one.name,
            aliases="\n".join(one.aliases),
            module=modules.get(one.module),
            engagement=engagement,
            position=rank,
        )
        for rank, one in enumerate(SHIPPED, start=1)
        if one.code not in known
    ]
    created = history.bulk_create(themes, by=by, reason=REASON)
    history.bulk_create([Requirement(theme=theme, source=SOURCE) for theme in created], by=by, reason=REASON)
    return created


@transaction.atomic
def add(
    *,
    name: str,
    by,
    site: Unit | None = None,
    code: str = "",
    aliases: Iterable[str] = (),
    module: Module | None = None,
    position: int = 0,
    reason: str = "",
) -> TrainingTheme:
    """A theme of a site, or common to all, with the usual delays; its code, then, is made of its name."""
    code = code or slugify(name)[:LONGEST_CODE]
    theme = TrainingTheme(
        site=site, code=code, name=name.strip(), aliases="\n".join(aliases), module=module, position=position or LAST
    )
    if TrainingTheme.objects.filter(code=code).filter(Q(site=site) | Q(site__isnull=True)).exists():
        raise UserError("Un thème porte déjà cet intitulé.", field="name")
    history.save(theme, by=by, reason=reason)
    history.save(Requirement(theme=theme, source=SOURCE), by=by, reason=reason)
    return theme


@transaction.atomic
def change_delays(
    theme: TrainingTheme,
    *,
    in_force_from: date,
    first_months: int,
    renewal_months: int,
    counts_before_post: bool,
    window_months: int,
    by,
    source: str = "",
    reason: str = "",
) -> Requirement:
    """Set the delays of a theme from a day on; those of another day stay for the days before."""
    found = Requirement.objects.filter(theme=theme, in_force_from=in_force_from).first()
    requirement = found or Requirement(theme=theme, in_force_from=in_force_from)
    requirement.first_months, requirement.renewal_months = first_months, renewal_months
    requirement.counts_before_post, requirement.window_months = counts_before_post, window_months
    requirement.source = source
    history.save(requirement, by=by, reason=reason)
    return requirement
