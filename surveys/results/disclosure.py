"""Results as they may leave: everything outside of counting reads `leaving`, and nothing else.

The whole of a campaign says its small bases with their number; a crossing with a place, a channel, a month or a profile
never goes below the least group, alone or by complement. A campaign that runs moves by whole groups, without any cut.
"""

from collections.abc import Sequence
from dataclasses import replace

from surveys.models import Campaign, Response
from surveys.results.model import ChoiceRow, CriterionRow, Cut, Results
from surveys.results.reading import LIVE_FORMS, first_of, for_campaign
from surveys.rules import disclosure

AXES = ("place", "channel", "month")


def leaving(campaign: Campaign) -> Results:
    """The results of a campaign as any page, file or command may give them."""
    if not campaign.is_running:
        return controlled(for_campaign(campaign))
    received = Response.objects.filter(campaign=campaign).counted().count()
    if received > LIVE_FORMS:
        return controlled(for_campaign(campaign))
    return controlled(first_of(campaign, disclosure.settled(received, least_of(campaign))))


def controlled(results: Results) -> Results:
    """The same results without any group too small, nor what would give one away."""
    least = least_of(results.campaign)
    is_running = results.campaign.is_running
    cuts = {f"by_{axis}": () if is_running else _cuts(results.cuts(axis), least) for axis in AXES}
    choices = () if is_running else [_choice(choice, least) for choice in results.choices]
    return replace(results, choices=choices, **cuts)


def least_of(campaign: Campaign) -> int:
    return disclosure.least_of(campaign.public_threshold)


def _cuts(cuts: Sequence[Cut], least: int) -> list[Cut]:
    gone = disclosure.to_hide({cut.key: cut.returns for cut in cuts}, least)
    hidden = {
        question: disclosure.to_hide(sizes, least, already=gone) for question, sizes in _bases_by_question(cuts).items()
    }
    return [
        replace(cut, rows=[_row(row, cut.key in hidden[row.question]) for row in cut.rows])
        for cut in cuts
        if cut.key not in gone
    ]


def _bases_by_question(cuts: Sequence[Cut]) -> dict[str, dict]:
    questions = [row.question for row in cuts[0].rows] if cuts else []
    return {
        question: {cut.key: row.answered for cut in cuts for row in cut.rows if row.question == question}
        for question in questions
    }


def _row(row: CriterionRow, is_hidden: bool) -> CriterionRow:
    return replace(row, counts={}, is_hidden=True) if is_hidden else row


def _choice(choice: ChoiceRow, least: int) -> ChoiceRow:
    sizes = {label: number or 0 for label, number in choice.answers}
    gone = disclosure.to_hide(sizes, least)
    return replace(choice, answers=[(label, None if label in gone else number) for label, number in choice.answers])
