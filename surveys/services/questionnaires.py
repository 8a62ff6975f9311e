"""Questionnaires: written, adapted to a site, frozen when a campaign opens with them, followed by a new version."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.base.codes import code_of, free_code
from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import Unit, User
from surveys.enums import Kind
from surveys.models import Question, QuestionEngagement, Questionnaire
from surveys.rules.questions import is_criterion
from surveys.services.questionnaire_loading import load as load_models

__all__ = [
    "TEXTS",
    "change",
    "copy",
    "create",
    "freeze",
    "load_models",
    "new_version",
    "refuse_frozen",
    "remove",
]

TEXTS = ("title", "introduction", "introduction_easy", "introduction_en", "source")
COPIED_OF_QUESTION = (
    "code",
    "position",
    "kind",
    "label",
    "label_easy",
    "label_en",
    "help_text",
    "help_text_easy",
    "help_text_en",
    "is_required",
    "allows_not_concerned",
    "choices",
    "shown_if_answers",
    "aliases",
)
LONGEST_CODE = 60


@transaction.atomic
def create(*, title: str, kind: str, by: User, site: Unit | None = None, reason: str = "", **texts) -> Questionnaire:
    """An empty questionnaire of a site, or common to all when no site is given."""
    if kind not in Kind.values:
        raise UserError("Choisissez la nature du questionnaire.", field="kind")
    questionnaire = Questionnaire(title=title.strip(), kind=kind, site=site)
    set_fields(questionnaire, texts, TEXTS)
    _check(questionnaire)
    questionnaire.code = _free_code(questionnaire.title, site)
    history.save(questionnaire, by=by, reason=reason)
    return questionnaire


@transaction.atomic
def copy(questionnaire: Questionnaire, *, site: Unit, by: User, title: str = "", reason: str = "") -> Questionnaire:
    """The questionnaire of a site with the same questions, to adapt without touching the model of the others."""
    made = create(
        title=title or questionnaire.title,
        kind=questionnaire.kind,
        site=site,
        by=by,
        reason=reason or f"Adapté de « {questionnaire} »",
        **{name: getattr(questionnaire, name) for name in TEXTS[1:]},
    )
    _copy_questions(questionnaire, made, by=by)
    return made


@transaction.atomic
def change(questionnaire: Questionnaire, *, by: User, reason: str = "", **texts) -> Questionnaire:
    """Change its title, introductions or source. Refused once frozen."""
    questionnaire = locked(questionnaire)
    refuse_frozen(questionnaire)
    set_fields(questionnaire, texts, TEXTS)
    _check(questionnaire)
    history.save(questionnaire, by=by, reason=reason)
    return questionnaire


@transaction.atomic
def new_version(questionnaire: Questionnaire, *, by: User, reason: str = "") -> Questionnaire:
    """A copy to change where the present one is frozen; campaigns under way keep theirs."""
    versions = Questionnaire.objects.filter(code=questionnaire.code)
    list(versions.select_for_update().values_list("pk", flat=True))
    draft = versions.filter(frozen_at__isnull=True).order_by("-version").first()
    if draft is not None:
        raise UserError(f"La version {draft.version} est déjà en préparation : modifiez-la.")
    made = Questionnaire(
        code=questionnaire.code,
        kind=questionnaire.kind,
        site=questionnaire.site,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        **{name: getattr(questionnaire, name) for name in TEXTS},
    )
    history.save(made, by=by, reason=reason or f"Suite de la version {questionnaire.version}")
    _copy_questions(questionnaire, made, by=by)
    return made


@transaction.atomic
def freeze(questionnaire: Questionnaire, *, by: User | None) -> Questionnaire:
    """What was asked no longer changes: the codes of the answers keep their meaning. Once frozen, nothing happens."""
    questionnaire = locked(questionnaire)
    if questionnaire.frozen_at:
        return questionnaire
    if not any(is_criterion(kind) for kind in questionnaire.questions.values_list("kind", flat=True)):
        raise UserError(
            f"« {questionnaire.title} » n’a aucun critère : ajoutez au moins une question à échelle ou à oui / non."
        )
    questionnaire.frozen_at = timezone.now()
    history.save(questionnaire, by=by, reason="Figé à l’ouverture d’une campagne")
    return questionnaire


@transaction.atomic
def remove(questionnaire: Questionnaire, *, by: User, reason: str = "") -> None:
    """Delete a version in preparation that no campaign uses."""
    questionnaire = locked(questionnaire)
    refuse_frozen(questionnaire)
    if campaign := questionnaire.campaigns.first():
        raise UserError(f"La campagne « {campaign} » utilise ce questionnaire : changez-le d’abord dans la campagne.")
    for question in questionnaire.questions.order_by("-position", "-pk"):  # those that depend come first
        for link in question.engagement_links.all():
            history.delete(link, by=by, reason=reason)
        history.delete(question, by=by, reason=reason)
    history.delete(questionnaire, by=by, reason=reason)


def refuse_frozen(questionnaire: Questionnaire) -> None:
    """Once a campaign has opened with it, a questionnaire is what people answered to."""
    if questionnaire.frozen_at:
        raise UserError(
            f"La version {questionnaire.version} est figée depuis l’ouverture d’une campagne : créez une nouvelle "
            "version pour la modifier."
        )


def _check(questionnaire: Questionnaire) -> None:
    if not questionnaire.title:
        raise UserError("Donnez un intitulé au questionnaire.", field="title")
    if questionnaire.site and not questionnaire.site.is_site:
        raise UserError("Un questionnaire est propre à une préfecture ou à une sous-préfecture.", field="site")


def _copy_questions(source: Questionnaire, made: Questionnaire, *, by: User) -> None:
    """The questions in order, each depending on the copy of the one it depended on, with their engagements."""
    originals = list(source.questions.select_related("shown_if").order_by("position", "pk"))
    reason = f"Reprise de « {source} »"
    copies = history.bulk_create(
        [
            Question(questionnaire=made, **{name: getattr(row, name) for name in COPIED_OF_QUESTION})
            for row in originals
        ],
        by=by,
        reason=reason,
    )
    by_original = dict(zip([row.pk for row in originals], copies, strict=True))
    dependent = [(by_original[row.pk], row.shown_if_id) for row in originals if row.shown_if_id]
    for question, parent in dependent:
        question.shown_if = by_original[parent]
    history.bulk_update([question for question, _ in dependent], ["shown_if"], by=by, reason=reason)
    _copy_links(by_original, by=by, reason=reason)


def _copy_links(copies: dict[int, Question], *, by: User, reason: str) -> None:
    links = QuestionEngagement.objects.filter(question__in=copies).order_by("pk")
    history.bulk_create(
        [QuestionEngagement(question=copies[link.question_id], engagement_id=link.engagement_id) for link in links],
        by=by,
        reason=reason,
    )


def _free_code(title: str, site: Unit | None) -> str:
    tail = f"-{site.code}" if site else ""
    base = code_of(title, longest=LONGEST_CODE - len(tail) - 4, otherwise="questionnaire") + tail
    taken = set(Questionnaire.objects.filter(code__startswith=base).values_list("code", flat=True)) | {"nouveau"}
    return free_code(base, taken)
