"""Services Publics +, engagement by engagement: the self-diagnosis, the actions, what was published, where and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from actions.enums import Status
from actions.models import Action
from actions.synthesis import lines_of, of_site
from audits.enums import AuditKind, DocumentKind
from audits.models import Audit, Document
from audits.results import mark_of
from core.base.words import counted, in_words
from organisations.models import Unit
from referential.models import Correspondence, Engagement, Referential
from surveys.models import PublicEdition

FAMILY = "services-publics-plus"
RESULTS = "6"  # « Vous avez accès à nos résultats de qualité de service », in both versions
SHOWN = (DocumentKind.POSTER, DocumentKind.WEB_PAGE)


@dataclass(frozen=True)
class Published:
    """Something that everyone reads: what it is, where, since when."""

    what: str
    where: str
    on: date | None


@dataclass(frozen=True)
class EngagementLine:
    """An engagement of Services Publics +, and what the year says of it."""

    engagement: Engagement
    marks: Sequence[str]
    actions: Sequence[Action]
    published: Sequence[Published]

    @property
    def done(self) -> int:
        return sum(action.status == Status.DONE for action in self.actions)

    @property
    def actions_words(self) -> str:
        """« 2 réalisées sur 3 »."""
        if not self.actions:
            return "–"
        return f"{self.done} réalisée{'s' if self.done > 1 else ''} sur {len(self.actions)}"


@dataclass(frozen=True)
class ServicesPublicsPlus:
    """The engagements in force that year, each with its line; `diagnosis` the last one until its end."""

    referential: Referential | None
    diagnosis: Audit | None
    lines: Sequence[EngagementLine]

    @property
    def is_empty(self) -> bool:
        return not any(line.marks or line.actions or line.published for line in self.lines)

    @property
    def has_actions(self) -> bool:
        return any(line.actions for line in self.lines)

    @property
    def published(self) -> list[tuple[str, Published]]:
        """(number of the engagement, what is published), in their order."""
        return [(line.engagement.code, one) for line in self.lines for one in line.published]

    @property
    def sentences(self) -> list[str]:
        """What the year comes to, in words built from the rows."""
        return [self._diagnosis(), self._actions(), self._published()]

    def _diagnosis(self) -> str:
        if self.diagnosis is None:
            return "Aucun autodiagnostic Services Publics + n’est enregistré."
        seen, all_of = sum(bool(line.marks) for line in self.lines), len(self.lines)
        told = "engagements sur" if seen > 1 else "engagement sur"
        return f"L’autodiagnostic du {in_words(self.diagnosis.starts_on)} porte sur {seen} {told} {all_of}."

    def _actions(self) -> str:
        actions = {action.pk: action for line in self.lines for action in line.actions}
        if not actions:
            return "Aucune action de l’année n’est rattachée à un engagement."
        done = sum(action.status == Status.DONE for action in actions.values())
        verb = "servent" if len(actions) > 1 else "sert"
        told = "réalisées" if done > 1 else "réalisée"
        return f"{counted(len(actions), 'action')} de l’année y {verb}, dont {done} {told}."

    def _published(self) -> str:
        results = [one for line in self.lines if line.engagement.code == RESULTS for one in line.published]
        if not results:
            return "Aucune publication de nos résultats n’est enregistrée."
        return f"Nos résultats sont publiés : {' ; '.join(_place(one) for one in results)}."


def of_year(site: Unit, year: int) -> ServicesPublicsPlus:
    """The engagements of the version in force at the end of a year, in a constant number of queries."""
    referential = in_force(date(year, 12, 31))
    if referential is None:
        return ServicesPublicsPlus(None, None, [])
    engagements = list(
        Engagement.objects.filter(module__referential=referential, parent=None).order_by("module__position", "position")
    )
    ours = _ours(engagements)
    diagnosis = _diagnosis(site, year)
    marks, actions, published = _marks(diagnosis, ours), _actions(site, year, ours), _published(site, year, ours)
    results = [one.pk for one in engagements if one.code == RESULTS]
    for key in results:
        published.setdefault(key, []).extend(_surveys(site, year))
    lines = [
        EngagementLine(one, marks.get(one.pk, []), actions.get(one.pk, []), published.get(one.pk, []))
        for one in engagements
    ]
    return ServicesPublicsPlus(referential, diagnosis, lines)


def in_force(on: date) -> Referential | None:
    """The version of Services Publics + that a day knows."""
    versions = Referential.objects.filter(code__startswith=FAMILY, in_force_from__lte=on)
    return versions.order_by("-in_force_from", "-pk").first()


def _ours(engagements: Iterable[Engagement]) -> Mapping[int, set[int]]:
    """The engagements of this version that each engagement, its own or of a version it takes up, stands for."""
    found = {one.pk: {one.pk} for one in engagements}
    for old, new in Correspondence.objects.filter(new__in=list(found)).values_list("old_id", "new_id"):
        found.setdefault(old, set()).add(new)
    return found


def _diagnosis(site: Unit, year: int) -> Audit | None:
    rows = Audit.objects.filter(site=site, kind=AuditKind.SELF_DIAGNOSIS, starts_on__year__lte=year)
    return rows.order_by("-starts_on", "-pk").prefetch_related("rows__structure").first()


def _marks(diagnosis: Audit | None, ours: Mapping[int, set[int]]) -> dict[int, list[str]]:
    """« Accueil général : 3 sur 4 », for each row of the diagnosis that says something."""
    found: dict[int, list[str]] = {}
    for row in diagnosis.rows.all() if diagnosis else ():
        if row.score is None and not row.result:
            continue
        where = (row.structure.sigle or row.structure.name) if row.structure else row.section
        mark = mark_of(row, diagnosis.score_scale)
        for key in ours.get(row.engagement_id, ()):
            found.setdefault(key, []).append(f"{where} : {mark}" if where else mark)
    return found


def _actions(site: Unit, year: int, ours: Mapping[int, set[int]]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = {}
    for line in lines_of(of_site(site), year):
        linked = {link.engagement_id for link in line.action.finding.engagement_links.all()}
        for key in {own for one in linked for own in ours.get(one, ())}:
            found.setdefault(key, []).append(line.action)
    return found


def _published(site: Unit, year: int, ours: Mapping[int, set[int]]) -> dict[int, list[Published]]:
    """The posters and the pages of the site that serve an engagement, in use at the end of the year."""
    found: dict[int, list[Published]] = {}
    last = date(year, 12, 31)
    rows = Document.objects.filter(site=site, kind__in=SHOWN, engagements__in=list(ours)).in_use(last).distinct()
    for document in rows.order_by("title", "pk").prefetch_related("engagement_links"):
        if document.version_on and document.version_on > last:
            continue
        told = Published(document.title, document.place or document.link or "lieu non dit", document.version_on)
        linked = (link.engagement_id for link in document.engagement_links.all())
        for key in {own for one in linked for own in ours.get(one, ())}:
            found.setdefault(key, []).append(told)
    return found


def _surveys(site: Unit, year: int) -> list[Published]:
    rows = PublicEdition.objects.filter(campaign__site=site, published_at__year=year, withdrawn_at=None)
    return [
        Published(one.campaign.title, "page publique de l’enquête", timezone.localdate(one.published_at))
        for one in rows.select_related("campaign").order_by("published_at", "pk")
    ]


def _place(one: Published) -> str:
    return f"{one.what}, {one.where}{f', le {in_words(one.on)}' if one.on else ''}"
