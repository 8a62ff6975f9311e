"""What training adds to the file of an engagement, and to the weekly message of the heads: figures, nobody is named."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from actions.registries import DigestLine, DigestPart, digest_parts
from actions.services.charges import Charges
from core.base.registries import CardContent, CardRow
from core.base.words import counted
from organisations.models import Unit, User
from organisations.permissions import Permission
from referential.registries import Dossier, FilePart, file_parts
from training.enums import Status
from training.follow_up import follow_up
from training.follow_up.duties import Duties, duties
from training.models import TrainingTheme, TutoringAgreement

TITLE = "Formations et tutorats"


class Await(NamedTuple):
    """A kind of thing that awaits a head, and the page where it is done."""

    one: str
    many: str
    page: str


TO_TRAIN = Await("formation à prévoir ou en retard", "formations à prévoir ou en retard", "training:follow-up")
UNTUTORED = Await("agent sans tuteur", "agents sans tuteur", "training:follow-up")
ABSENT = Await("absence à une formation, à réinscrire", "absences à une formation, à réinscrire", "training:sessions")
TO_CONCLUDE = Await("tutorat à conclure", "tutorats à conclure", "training:agreements")
AWAITED = (TO_TRAIN, UNTUTORED, ABSENT, TO_CONCLUDE)
GOOD = (Status.UP_TO_DATE, Status.EXEMPT)


def of_engagement(dossier: Dossier) -> CardContent:
    """By theme of the engagement, how many agents of the site are up to date that day; the tutorings in force."""
    themes = set(TrainingTheme.objects.filter(engagement__in=dossier.keys).values_list("pk", flat=True))
    if not themes:
        return CardContent(rows=[])
    held = dossier.user.access.units_with(Permission.TRAINING_COUNT)
    units = Unit.objects.ids_below(dossier.site.pk) & held
    lines = [line for line in follow_up(units=units).lines(dossier.on) if line.theme.pk in themes]
    url = f"{reverse('training:follow-up')}?site={dossier.site.code}&on={dossier.on.isoformat()}"
    total = Counter(line.theme for line in lines)
    good = Counter(line.theme for line in lines if line.standing.status in GOOD)
    late = Counter(line.theme for line in lines if line.standing.status == Status.OVERDUE)
    rows = [
        CardRow(theme.name, url, f"{good[theme]} à jour ou dispensés sur {total[theme]}, {late[theme]} en retard")
        for theme in sorted(total, key=lambda theme: (theme.position, theme.name))
    ]
    if tutored := TutoringAgreement.objects.filter(unit__in=units).covering(dossier.on).count():
        rows.append(CardRow("Tutorat", "", counted(tutored, "convention en cours", "conventions en cours")))
    return CardContent(rows=rows, more_url=url, more_label="Suivi des formations")


def for_heads(charges: Charges, sites: Collection[int], on: date) -> Iterator[DigestLine]:
    """How many trainings, tutors, absences and tutorings await each head, in the services of some sites."""
    site_of = _site_of(sites)
    numbers: dict[User, Counter[Await]] = defaultdict(Counter)
    place: dict[User, int] = {}
    for what, unit_id in _pieces(duties(site_of, on)):
        for person in charges.heads(unit_id):
            numbers[person][what] += 1
            place.setdefault(person, site_of[unit_id])
    for person, told in numbers.items():
        for what in AWAITED:
            if number := told[what]:
                words = counted(number, what.one, what.many)
                yield DigestLine(person, place[person], words, reverse(what.page))


def _pieces(found: Duties) -> Iterator[tuple[Await, int]]:
    """Each thing that awaits, with the unit where it does."""
    yield from ((TO_TRAIN, line.followed.unit_id) for line in found.to_train)
    yield from ((UNTUTORED, line.followed.unit_id) for line in found.untutored)
    yield from ((ABSENT, row.agent.unit_id) for row in found.absent)
    yield from ((TO_CONCLUDE, row.unit_id) for row in found.to_conclude)


def _site_of(sites: Collection[int]) -> dict[int, int]:
    """The nearest of some sites at or above each unit below them."""
    below = Unit.objects.ids_below_each(sites)
    widest_first = sorted(below.items(), key=lambda pair: -len(pair[1]))
    return {unit_id: site_id for site_id, units in widest_first for unit_id in units}


def register() -> None:
    """Register the part of the file and that of the digest."""
    file_parts.register(
        FilePart(
            "training",
            "Formation et tutorat des agents",
            of_engagement,
            "Aucun thème de formation ne relève de cet engagement.",
            60,
            Permission.TRAINING_COUNT,
        )
    )
    one, many = "point de formation à suivre", "points de formation à suivre"
    digest_parts.register(DigestPart("training", TITLE, one, many, for_heads, 30))
