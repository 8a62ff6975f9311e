"""Actions that look alike, for twins: by the trigrams of PostgreSQL where it has them, by our own elsewhere.

Both paths give the same figures (`rules.resemblance` folds the letters for both) and so the same order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from actions.enums import PENDING
from actions.models import Action, TwinRefusal
from actions.rules.resemblance import ALIKE, ComparedText, candidates, measured
from core.base.figures import RATE, format_figure
from organisations.models import Unit

MOST_PAIRS, MOST_ALIKE = 20, 10
DIGITS = 4  # of a score: PostgreSQL counts in single precision


@dataclass(frozen=True)
class Pair:
    """Two actions of one site that look alike; the one of the older plan first."""

    first: Action
    second: Action
    score: float

    @property
    def percent(self) -> str:
        return format_figure(self.score, RATE, 0)

    @property
    def share_a_status(self) -> bool:
        return (self.first.status, self.first.done_on) == (self.second.status, self.second.done_on)


def proposals(site: Unit, *, limit: int = MOST_PAIRS, settled: bool = False) -> list[Pair]:
    """The pairs of a site that may be one action, the most alike first; in a constant number of queries.

    One of the two at least is pending, unless `settled` asks for the others too. Pairs set aside are left out.
    """
    rows = Action.objects.leaders().filter(finding__plan__site=site).order_by("pk")
    texts, pending = [], set()
    for pk, title, finding_id, finding, status in rows.values_list(
        "pk", "text", "finding_id", "finding__text", "status"
    ):
        texts.append(ComparedText(pk, title or finding, finding_id, finding))
        if status in PENDING:
            pending.add(pk)
    refused = set(TwinRefusal.objects.filter(first__finding__plan__site=site).values_list("first_id", "second_id"))
    pairs = candidates(texts, lambda pair: pair not in refused and (settled or not pending.isdisjoint(pair)))
    best = _best(_measured(texts, pairs), limit)
    return _with_actions(best)


def like(action: Action, *, limit: int = MOST_ALIKE) -> list[tuple[Action, float]]:
    """The actions of the same site that look most like one, its own twins and its own finding left out."""
    rows = Action.objects.leaders().filter(finding__plan__site_id=action.finding.plan.site_id)
    own = Action.objects.together_with(action).values("pk")
    others = rows.exclude(finding_id=action.finding_id).exclude(pk__in=list(own.values_list("pk", flat=True)))
    mine = _text(action)
    if has_trigrams():
        others = others.filter(pk__in=_found_by_postgresql(mine))
    texts = [mine, *(_text(other) for other in others.select_related("finding"))]
    best = _best(_measured(texts, [(mine.key, text.key) for text in texts[1:]]), limit)
    found = _loaded(pair[1] for pair, _score in best)
    return [(found[pair[1]], score) for pair, score in best]


def has_trigrams() -> bool:
    """Whether the database counts trigrams by itself: PostgreSQL, with its extension pg_trgm."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def _text(action: Action) -> ComparedText:
    return ComparedText(action.pk, action.title, action.finding_id, action.finding.text)


def _best(scores: Iterable[tuple[tuple[int, int], float]], limit: int) -> list[tuple[tuple[int, int], float]]:
    kept = [(pair, round(score, DIGITS)) for pair, score in scores]
    return sorted((one for one in kept if one[1] >= ALIKE), key=lambda one: (-one[1], one[0]))[:limit]


def _measured(texts: Sequence[ComparedText], pairs: Sequence[tuple[int, int]]):
    if pairs and has_trigrams():
        return _measured_by_postgresql(texts, pairs)
    return measured(texts, pairs)


def _with_actions(best: list[tuple[tuple[int, int], float]]) -> list[Pair]:
    found = _loaded(pk for pair, _score in best for pk in pair)
    pairs = []
    for keys, score in best:
        older, newer = sorted((found[pk] for pk in keys), key=_age)
        pairs.append(Pair(older, newer, score))
    return pairs


def _loaded(pks: Iterable[int]) -> dict[int, Action]:
    return Action.objects.for_list().in_bulk(set(pks))


def _age(action: Action) -> tuple:
    plan = action.finding.plan
    return plan.origin_on is None, plan.origin_on, action.pk


def _measured_by_postgresql(texts: Sequence[ComparedText], pairs: Sequence[tuple[int, int]]):
    by_key = {text.key: text for text in texts}
    columns = (
        [a for a, _ in pairs],
        [b for _, b in pairs],
        [by_key[a].title for a, _ in pairs],
        [by_key[b].title for _, b in pairs],
        [by_key[a].finding for a, _ in pairs],
        [by_key[b].finding for _, b in pairs],
    )
    with connection.cursor() as cursor:
        cursor.execute(_MEASURE, columns)
        return [((first, second), score) for first, second, score in cursor.fetchall()]


def _found_by_postgresql(mine: ComparedText) -> list[int]:
    """The actions of which either text is alike: none of the others can reach the threshold."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"title": mine.title, "finding": mine.finding})
        return [pk for (pk,) in cursor.fetchall()]


# `plain_words` is the function of migration 0002: letters folded as `rules.resemblance.folded` does, on which the
# indexes are built.
_MEASURE = """
    SELECT first, second,
        (similarity(plain_words(title_1), plain_words(title_2))::float8
         + similarity(plain_words(finding_1), plain_words(finding_2))::float8) / 2
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
        AS pair (first, second, title_1, title_2, finding_1, finding_2)
"""
_FIND = """
    SELECT id FROM actions_action WHERE plain_words(text) %% plain_words(%(title)s)
    UNION
    SELECT action.id FROM actions_finding finding JOIN actions_action action ON action.finding_id = finding.id
    WHERE plain_words(finding.text) %% plain_words(%(title)s) OR plain_words(finding.text) %% plain_words(%(finding)s)
"""
