"""Rows as the rules read them: a requirement, an agreement; the name of an agent and its key."""

from typing import TYPE_CHECKING

from training.rules.names import name_key
from training.rules.statuses import HeldPeriod, Rule

if TYPE_CHECKING:
    from training.models import Agent, Requirement, TutoringAgreement


def rule_of(requirement: "Requirement") -> Rule:
    return Rule(
        requirement.in_force_from,
        requirement.first_months,
        requirement.renewal_months,
        requirement.counts_before_post,
        requirement.window_months,
    )


def period_of(agreement: "TutoringAgreement") -> HeldPeriod:
    return HeldPeriod(agreement.starts_on, agreement.ends_on)


def called(agent: "Agent", last_name: str, first_name: str = "") -> "Agent":
    """Give an agent a name; the key by which files find it follows."""
    agent.last_name, agent.first_name = last_name.strip(), first_name.strip()
    agent.name_key = name_key(last_name, first_name)
    return agent
