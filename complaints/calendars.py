"""The delays in force at a site, as dated data."""

from complaints.models import DelayRule
from complaints.rules import delays
from complaints.rules.delays import Rule
from organisations.models import Unit


def rules_of(site: Unit) -> tuple[Rule, ...]:
    """The delays in force at a site: those that are shipped, then its own from their day on."""
    own = [
        Rule(row.medium, row.valid_from, row.acknowledge_days, row.answer_days, row.source)
        for row in DelayRule.objects.filter(site=site)
    ]
    return (*delays.SHIPPED, *own)
