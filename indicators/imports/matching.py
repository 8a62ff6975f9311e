"""Which indicator of the catalogue each row stands for. Every threshold of the comparison stands here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from core.importing.words import plain
from indicators.imports.rows import FileRow
from indicators.imports.units import measure_in_words
from indicators.imports.words import numbers, tokens
from indicators.models import Indicator

ACCEPTED = 0.78  # from this score on, a row is taken for the indicator
SURE = 0.92  # below this one it is said in a warning
DOUBTFUL = 0.62  # from this one on, the indicator is put forward and a person decides
MARGIN = 0.04  # two scores closer than this are the same

LABEL_WEIGHT, ENGAGEMENT_WEIGHT, FAMILY_WEIGHT = 0.76, 0.16, 0.08
SILENT = 0.6  # credit for an engagement or a family that one side does not state
OTHER_NUMBERS = 0.25  # taken off when two labels name different numbers of days
OTHER_CHANNEL = 0.2  # taken off when one says courrier and the other courriel
OTHER_UNIT = 0.5  # taken off a delay compared with a rate
LEAST_SHARED = 0.3  # labels that share fewer words are not compared letter by letter
MOST_CANDIDATES = 5

_CHANNELS = frozenset({"courrier", "courriel", "appel"})
_DENIALS = frozenset({"non", "sans", "hors", "sauf"})  # « appels non aboutis »
_OPPOSITES = frozenset({"perdu", "abouti", "abandonne", "decroche"})


@dataclass(frozen=True, slots=True)
class Scored:
    """An indicator compared with a row; `is_exact` when the words are the same."""

    indicator: Indicator
    score: float
    is_exact: bool


@dataclass
class RowDecision:
    """What was decided for a row; `doubts` are sentences for the person who reads the preview."""

    indicator: Indicator | None = None
    candidates: list[Scored] = field(default_factory=list)
    is_exact: bool = False
    doubts: list[str] = field(default_factory=list)


def match_rows(rows: Sequence[FileRow], catalogue: Sequence[Indicator]) -> list[RowDecision]:
    """One decision per row; rows of the same words are told apart together."""
    scored = [_ranked(row, catalogue) for row in rows]
    told_apart = _tell_apart(rows, scored, catalogue)
    return [told_apart.get(index) or _decide(row, scored[index]) for index, row in enumerate(rows)]


def _contradicts(label: str, indicator: Indicator) -> bool:
    """Whether a label says another channel or another number of days than the indicator: the person decides."""
    pairs = [(reader(indicator.label), reader(label)) for reader in (_channels, numbers)]
    return any(ours and theirs and not ours & theirs for ours, theirs in pairs)


def _brought_together(label: str, indicator: Indicator) -> str:
    return f"le libellé « {label} » est rapproché de l’indicateur « {indicator.label} »"


def _ranked(row: FileRow, catalogue: Sequence[Indicator]) -> list[Scored]:
    measure = measure_in_words(row.label, row.unit)
    scored = [_score(row, indicator, measure) for indicator in catalogue]
    return sorted((one for one in scored if one.score >= DOUBTFUL), key=lambda one: -one.score)[:MOST_CANDIDATES]


def _score(row: FileRow, indicator: Indicator, measure: str | None) -> Scored:
    label = max(_likeness(row.label, known) for known in (indicator.label, *indicator.alias_labels))
    engagement = _engagement(row, indicator)
    family = _agreement(plain(row.family), plain(indicator.family.name))
    score = LABEL_WEIGHT * label + ENGAGEMENT_WEIGHT * engagement + FAMILY_WEIGHT * family
    if measure is not None and measure != indicator.measure:
        score -= OTHER_UNIT
    return Scored(indicator, round(max(score, 0.0), 4), label == 1)


def _engagement(row: FileRow, indicator: Indicator) -> float:
    return _agreement(plain(row.engagement), plain(indicator.engagement.short if indicator.engagement else ""))


def _agreement(ours: str, theirs: str) -> float:
    if not ours or not theirs:
        return SILENT
    return 1.0 if ours == theirs else 0.0


@lru_cache(maxsize=65536)
def _likeness(ours: str, theirs: str) -> float:
    """From 0 to 1: shared words and like spelling, less what two labels say against each other."""
    if plain(ours) == plain(theirs):
        return 1.0
    left, right = tokens(ours), tokens(theirs)
    if not left or not right:
        return 0.0
    if sorted(left) == sorted(right):
        return 0.99
    shared = 2 * len(set(left) & set(right)) / (len(set(left)) + len(set(right)))
    if shared < LEAST_SHARED:
        return shared
    from rapidfuzz import fuzz  # heavy: loaded by who reads a grid

    spelling = fuzz.ratio(" ".join(left), " ".join(right)) / 100
    return max(0.65 * shared + 0.35 * spelling - _opposition(ours, theirs), 0.0)


def _opposition(ours: str, theirs: str) -> float:
    pairs = ((numbers, OTHER_NUMBERS), (_channels, OTHER_CHANNEL), (_opposites, OTHER_UNIT))
    denied = [bool(_DENIALS & set(tokens(label))) for label in (ours, theirs)]
    said = sum(loss for read, loss in pairs if read(ours) and read(theirs) and not read(ours) & read(theirs))
    return said + (OTHER_UNIT if denied[0] != denied[1] else 0)


def _channels(label: str) -> frozenset[str]:
    return _CHANNELS & frozenset(tokens(label))


def _opposites(label: str) -> frozenset[str]:
    return _OPPOSITES & frozenset(tokens(label))


def _decide(row: FileRow, ranked: list[Scored]) -> RowDecision:
    if not ranked:
        return RowDecision()
    best = ranked[0]
    is_contradicted = _contradicts(row.label, best.indicator)
    is_known = best.is_exact and _engagement(row, best.indicator) == 1  # a name it is known to bear, at its engagement
    if best.score < ACCEPTED or _has_rival(best, ranked[1:]) or (is_contradicted and not is_known):
        return RowDecision(None, ranked)
    is_doubtful = is_contradicted or not (best.is_exact or best.score >= SURE)
    doubt = _brought_together(row.label, best.indicator) if is_doubtful else ""
    return RowDecision(best.indicator, ranked, best.is_exact, list(filter(None, [doubt])))


def _has_rival(best: Scored, others: list[Scored]) -> bool:
    return any(best.score - one.score < MARGIN and one.is_exact >= best.is_exact for one in others)


def _tell_apart(
    rows: Sequence[FileRow], scored: Sequence[list[Scored]], catalogue: Sequence[Indicator]
) -> dict[int, RowDecision]:
    """Rows whose words fit the same indicators equally, such as two « Délai moyen de réponse » under E37."""
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, ranked in enumerate(scored):
        tied = _tied(ranked)
        if len(tied) > 1:
            groups[frozenset(one.indicator.code for one in tied)].append(index)
    before = {indicator.code: previous.code for previous, indicator in pairwise(catalogue)}
    decided: dict[int, RowDecision] = {}
    for indexes in groups.values():
        tied = _tied(scored[indexes[0]])
        decided |= _by_context(rows, indexes, scored, before) or _by_order(indexes, tied)
    return decided


def _tied(ranked: list[Scored]) -> list[Scored]:
    """The indicators that fit best, all equally; none where the best does not fit well enough."""
    if not ranked or ranked[0].score < ACCEPTED:
        return []
    return [one for one in ranked if ranked[0].score - one.score < MARGIN and one.is_exact == ranked[0].is_exact]


def _by_context(
    rows: Sequence[FileRow], indexes: list[int], scored: Sequence[list[Scored]], before: Mapping[str, str]
) -> dict[int, RowDecision]:
    """By the row above: its indicator comes just before in the catalogue, or names the same days (« < 4j »)."""
    decided = {}
    for index in indexes:
        tied = _tied(scored[index])
        above = scored[index - 1][0].indicator.code if index and scored[index - 1] else ""
        days = _context_numbers(rows, index)
        fitting = [one for one in tied if before.get(one.indicator.code) == above] or [
            one for one in tied if numbers(one.indicator.label) & days
        ]
        if len(fitting) == 1:
            decided[index] = RowDecision(fitting[0].indicator, tied, fitting[0].is_exact)
    codes = {match.indicator.code for match in decided.values() if match.indicator}
    return decided if len(decided) == len(indexes) == len(codes) else {}


def _context_numbers(rows: Sequence[FileRow], index: int) -> frozenset[int]:
    """The row above says it best, in the same family and engagement; failing that, the row's own target."""
    row, above = rows[index], rows[index - 1] if index else None
    is_near = above is not None and (above.family, above.engagement) == (row.family, row.engagement)
    named = numbers(above.label) if above is not None and is_near else frozenset()
    return named or numbers(row.target_text)


def _by_order(indexes: list[int], tied: list[Scored]) -> dict[int, RowDecision]:
    """By their order, as many rows as indicators; said, for it is the weakest of reasons."""
    if len(indexes) != len(tied):
        return {}
    in_order = sorted(tied, key=lambda one: -one.score)
    doubt = "plusieurs lignes portent ce libellé ; elles sont rapprochées des indicateurs dans leur ordre"
    matched = zip(indexes, in_order, strict=True)
    return {index: RowDecision(one.indicator, tied, one.is_exact, [doubt]) for index, one in matched}
