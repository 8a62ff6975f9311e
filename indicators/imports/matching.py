"""Which indicator of the catalogue each row stands for. Every threshold of the comparison stands here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from core.imports.words import plain
from indicators.imports.grid import AMBIGUOUS, IGNORED, MATCHED, PROPOSED_NEW, CatalogueEntry, GridMatch
from indicators.imports.source_rows import SourceRow
from indicators.imports.units import unit_in_words
from indicators.imports.words import numbers, tokens

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


@dataclass(frozen=True)
class Scored:
    """An entry compared with a row; `is_exact` when the words are the same."""

    entry: CatalogueEntry
    score: float
    is_exact: bool


@dataclass
class RowMatch:
    """What was decided for a row; `doubts` are sentences for the person who reads the preview."""

    match: GridMatch
    entry: CatalogueEntry | None
    is_exact: bool
    doubts: list[str]


def match_rows(
    rows: Sequence[SourceRow], keys: Sequence[str], catalogue: Sequence[CatalogueEntry], remembered: Mapping[str, str]
) -> list[RowMatch]:
    """One decision per row. What a person chose earlier wins; rows of the same words are told apart together."""
    by_code = {entry.code: entry for entry in catalogue}
    chosen = [_remembered(remembered.get(key), by_code) for key in keys]
    scored = [_ranked(row, catalogue) if not known else [] for row, known in zip(rows, chosen, strict=True)]
    told_apart = _tell_apart(rows, scored, catalogue)
    return [
        known or told_apart.get(index) or _decide(row, scored[index])
        for index, (row, known) in enumerate(zip(rows, chosen, strict=True))
    ]


def contradiction(label: str, entry: CatalogueEntry) -> str:
    """Whether a label says another channel or another number of days than the indicator, in one sentence or none."""
    if any(ours and theirs and not ours & theirs for ours, theirs in _compared(label, entry)):
        return _brought_together(label, entry)
    return ""


def _compared(label: str, entry: CatalogueEntry) -> list[tuple[frozenset, frozenset]]:
    return [(_channels(entry.label), _channels(label)), (numbers(entry.label), numbers(label))]


def _brought_together(label: str, entry: CatalogueEntry) -> str:
    return f"le libellé « {label} » est rapproché de l'indicateur « {entry.label} »"


def _remembered(code: str | None, by_code: Mapping[str, CatalogueEntry]) -> RowMatch | None:
    """An earlier choice; the empty code stands for « ne pas reprendre cette ligne »."""
    if code == "":
        return RowMatch(GridMatch(IGNORED), None, True, [])
    entry = by_code.get(code or "")
    return RowMatch(GridMatch(MATCHED, entry.code, 1.0), entry, True, []) if entry else None


def _ranked(row: SourceRow, catalogue: Sequence[CatalogueEntry]) -> list[Scored]:
    scored = [_score(row, entry) for entry in catalogue]
    return sorted((one for one in scored if one.score >= DOUBTFUL), key=lambda one: -one.score)[:MOST_CANDIDATES]


def _score(row: SourceRow, entry: CatalogueEntry) -> Scored:
    label = max(_likeness(row.label, known) for known in (entry.label, *entry.aliases))
    engagement = _agreement(plain(row.engagement), plain(entry.engagement))
    family = _agreement(plain(row.family), plain(entry.family))
    score = LABEL_WEIGHT * label + ENGAGEMENT_WEIGHT * engagement + FAMILY_WEIGHT * family
    unit = unit_in_words(row)
    if unit is not None and unit != entry.unit:
        score -= OTHER_UNIT
    return Scored(entry, round(max(score, 0.0), 4), label == 1)


def _agreement(ours: str, theirs: str) -> float:
    if not ours or not theirs:
        return SILENT
    return 1.0 if ours == theirs else 0.0


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
    spelling = SequenceMatcher(None, " ".join(left), " ".join(right)).ratio()
    likeness = 0.65 * shared + 0.35 * spelling
    return max(likeness - _opposition(ours, theirs), 0.0)


def _opposition(ours: str, theirs: str) -> float:
    loss = 0.0
    if numbers(ours) and numbers(theirs) and not numbers(ours) & numbers(theirs):
        loss += OTHER_NUMBERS
    if _channels(ours) and _channels(theirs) and not _channels(ours) & _channels(theirs):
        loss += OTHER_CHANNEL
    return loss


def _channels(label: str) -> frozenset[str]:
    return _CHANNELS & frozenset(tokens(label))


def _decide(row: SourceRow, ranked: list[Scored]) -> RowMatch:
    candidates = tuple((one.entry.code, one.score) for one in ranked)
    if not ranked:
        return RowMatch(GridMatch(PROPOSED_NEW), None, False, [])
    best = ranked[0]
    rivals = [one for one in ranked[1:] if best.score - one.score < MARGIN and one.is_exact >= best.is_exact]
    if best.score < ACCEPTED or rivals:
        return RowMatch(GridMatch(AMBIGUOUS, None, best.score, candidates), None, False, [])
    doubt = contradiction(row.label, best.entry)
    if not doubt and not best.is_exact and best.score < SURE:
        doubt = _brought_together(row.label, best.entry)
    match = GridMatch(MATCHED, best.entry.code, best.score, candidates)
    return RowMatch(match, best.entry, best.is_exact, [doubt] if doubt else [])


def _tell_apart(
    rows: Sequence[SourceRow], scored: Sequence[list[Scored]], catalogue: Sequence[CatalogueEntry]
) -> dict[int, RowMatch]:
    """Rows whose words fit the same indicators equally, such as two « Délai moyen de réponse » under E37."""
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, ranked in enumerate(scored):
        tied = _tied(ranked)
        if len(tied) > 1:
            groups[frozenset(one.entry.code for one in tied)].append(index)
    before = {entry.code: previous.code for previous, entry in pairwise(catalogue)}
    decided: dict[int, RowMatch] = {}
    for indexes in groups.values():
        tied = _tied(scored[indexes[0]])
        decided |= _by_context(rows, indexes, scored, before) or _by_order(indexes, tied)
    return decided


def _tied(ranked: list[Scored]) -> list[Scored]:
    """The entries that fit best, all equally; none where the best does not fit well enough."""
    if not ranked or ranked[0].score < ACCEPTED:
        return []
    return [one for one in ranked if ranked[0].score - one.score < MARGIN and one.is_exact == ranked[0].is_exact]


def _by_context(
    rows: Sequence[SourceRow], indexes: list[int], scored: Sequence[list[Scored]], before: Mapping[str, str]
) -> dict[int, RowMatch]:
    """By the row above: its indicator comes just before in the catalogue, or names the same days (« < 4j »)."""
    decided = {}
    for index in indexes:
        tied = _tied(scored[index])
        above = scored[index - 1][0].entry.code if index and scored[index - 1] else ""
        days = _context_numbers(rows, index)
        fitting = [one for one in tied if before.get(one.entry.code) == above] or [
            one for one in tied if numbers(one.entry.label) & days
        ]
        if len(fitting) == 1:
            decided[index] = _told_apart(fitting[0], tied, [])
    codes = {decision.match.code for decision in decided.values()}
    return decided if len(decided) == len(indexes) == len(codes) else {}


def _context_numbers(rows: Sequence[SourceRow], index: int) -> frozenset[int]:
    """The row above says it best, in the same family and engagement; failing that, the row's own target."""
    row, above = rows[index], rows[index - 1] if index else None
    is_near = above is not None and (above.family, above.engagement) == (row.family, row.engagement)
    named = numbers(above.label) if above is not None and is_near else frozenset()
    return named or (numbers(row.target.text) if row.target else frozenset())


def _by_order(indexes: list[int], tied: list[Scored]) -> dict[int, RowMatch]:
    """By their order, as many rows as indicators; said, for it is the weakest of reasons."""
    if len(indexes) != len(tied):
        return {}
    in_order = sorted(tied, key=lambda one: -one.score)
    doubt = "plusieurs lignes portent ce libellé ; elles sont rapprochées des indicateurs dans leur ordre"
    return {index: _told_apart(one, tied, [doubt]) for index, one in zip(indexes, in_order, strict=True)}


def _told_apart(best: Scored, tied: list[Scored], doubts: list[str]) -> RowMatch:
    candidates = tuple((one.entry.code, one.score) for one in tied)
    return RowMatch(GridMatch(MATCHED, best.entry.code, best.score, candidates), best.entry, best.is_exact, doubts)
