"""What the approach is: the modules retained, the dates of the label, the year in a few figures, opinions asked for."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from actions.models import Action
from clu import synthesis
from clu.enums import Advice, CommitteeKind
from clu.models import Meeting, Opinion
from clu.publications.part import Asked, Blank, Part, text_bullets
from core.base.words import in_words
from core.pages.decks import Slide
from core.pages.decks.paging import fitted, fitted_bullets
from referential.models import Perimeter
from surveys.enums import CampaignState
from surveys.models import Campaign

STRUCTURE_HEAD, STRUCTURE_WIDTHS = ("Structure", "État", "Dernier autodiagnostic"), (7, 5, 10)
REVIEWED = (
    ("réunion d’instance", "réunions d’instance"),
    ("action réalisée", "actions réalisées"),
    ("enquête close", "enquêtes closes"),
)
OPINION_HEAD, OPINION_WIDTHS = ("Document soumis", "Nature", "Avis"), (11, 4, 4)


def approach(asked: Asked) -> Part:
    """The perimeter retained, and what somebody wrote of the approach (dates of audits, novelties)."""
    rows = Perimeter.objects.filter(site=asked.site).in_force(asked.on).select_related("module__referential")
    modules = [
        f"{row.module} ({row.module.referential}), depuis le {in_words(row.valid_from)}"
        for row in rows.order_by("module__position", "pk")
    ]
    blanks: list[Blank] = []
    if not modules:
        blanks.append(asked.blank("Périmètre de labellisation retenu", url=reverse("referential:perimeters")))
        modules = [blanks[0].sentence]
    dates = text_bullets(asked.item)
    if not dates:
        blank = asked.blank("Dates d’audit et nouveautés de la démarche")
        blanks.append(blank)
        dates = [blank.sentence]
    notes = f"{asked.title} : {' ; '.join([*modules, *dates])}."
    told = _structures(asked, blanks)
    return Part(
        [
            *_bulleted("Périmètre de labellisation retenu", modules, notes),
            *_bulleted(asked.title, dates, notes),
            *told,
        ],
        blanks,
    )


def _structures(asked: Asked, blanks: list[Blank]) -> list[Slide]:
    """The structures of the perimeter of a CLAC with their self-diagnosis; those that have none are blanks."""
    committee = asked.meeting.committee
    if asked.meeting.kind != CommitteeKind.CLAC:
        return []
    rows, url = synthesis.structures(committee, None, asked.on), reverse("audits:audit-create")
    lines = []
    for row in rows:
        blank = asked.blank(f"Autodiagnostic de « {row.unit} »", owner=row.unit.sigle or row.unit.name, url=url)
        blanks += [] if row.found else [blank]
        lines.append((str(row.unit), row.badge[0], row.words if row.found else blank.words))
    notes = synthesis.progress(rows)
    return [
        Slide(title, head=STRUCTURE_HEAD, rows=page, widths=STRUCTURE_WIDTHS, notes=notes)
        for title, page in fitted("Structures du périmètre : autodiagnostics", lines, STRUCTURE_WIDTHS)
    ]


def _figures(counts: Sequence[int], year: int) -> list[tuple[str, str, str]]:
    """The figures of a year; none without counts."""
    told = zip(counts, REVIEWED, strict=False)
    return [(str(number), f"{many if number > 1 else one} en {year}", "") for number, (one, many) in told]


def review(asked: Asked) -> Part:
    """The year in a few figures, then the words of who presents it; that of the meeting where the other is empty."""
    years = dict.fromkeys((asked.year, asked.on.year))
    year, counts = next(((one, found) for one in years if any(found := _done_in(asked, one))), (asked.year, ()))
    bullets = text_bullets(asked.item)
    if not counts and not bullets:
        return asked.nothing(f"Réunions, actions et enquêtes de {year}")
    figures = _figures(counts, year)
    notes = f"{asked.title} {year} : " + ", ".join(f"{figure} {words}" for figure, words, _ in figures) + "."
    first, *others = [page for _title, page in fitted_bullets("", bullets, room=8.4)] or [[]]
    return Part(
        [
            Slide(f"{asked.title} {year}", first, figures=figures, notes=notes if figures else asked.title),
            *[Slide(f"{asked.title} {year} (suite)", page, notes=notes) for page in others],
        ]
    )


def _done_in(asked: Asked, year: int) -> tuple[int, int, int]:
    """The meetings, actions done and surveys closed in a year, up to the meeting, itself not counted."""
    meetings = Meeting.objects.filter(committee__site=asked.site, held_on__year=year, held_on__lte=asked.on)
    done = Action.objects.filter(finding__plan__site=asked.site, done_on__year=year, merged_into__isnull=True)
    surveys = Campaign.objects.filter(site=asked.site, state=CampaignState.CLOSED, ends_on__year=year)
    return (
        meetings.exclude(pk=asked.meeting.pk).count(),
        done.filter(done_on__lte=asked.on).count(),
        surveys.filter(ends_on__lte=asked.on).count(),
    )


def opinions(asked: Asked) -> Part:
    """The model letters and e-mails that the committee is asked about."""
    rows = Opinion.objects.filter(meeting=asked.meeting)
    if not rows:
        url = reverse("clu:meeting", args=[asked.meeting.pk])
        return asked.nothing("Modèles à soumettre pour avis", url=url)
    lines = [(row.title, row.get_subject_display(), _advice(row)) for row in rows]
    notes = "Avis demandé : favorable, réservé ou défavorable, avec observations."
    return Part(
        [
            Slide(title, head=OPINION_HEAD, rows=page, widths=OPINION_WIDTHS, notes=notes)
            for title, page in fitted(asked.title, lines, OPINION_WIDTHS)
        ]
    )


def questions(asked: Asked) -> Part:
    bullets = text_bullets(asked.item) or ["La parole est aux membres."]
    return Part(_bulleted(asked.title, bullets, "Noter les demandes au fil de la séance."))


def free(asked: Asked) -> Part:
    """What somebody wrote for the item; blank while nobody has."""
    bullets = text_bullets(asked.item)
    if not bullets:
        return asked.nothing(asked.title, url=reverse("clu:meeting", args=[asked.meeting.pk]))
    return Part(_bulleted(asked.title, bullets, asked.title))


def _bulleted(title: str, bullets: Iterable[str], notes: str) -> list[Slide]:
    return [Slide(name, page, notes=notes) for name, page in fitted_bullets(title, list(bullets))]


def _advice(row: Opinion) -> str:
    if row.advice == Advice.PENDING:
        return "à rendre"
    who = f" ({row.organisation})" if row.organisation else ""
    return f"{row.get_advice_display().lower()}{who}"
