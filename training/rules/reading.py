"""Rows as the rules read them: a requirement, a post, an agreement; the name of an agent and its key."""

from typing import TYPE_CHECKING

from training.rules.names import name_key
from training.rules.statuses import HeldPeriod, HeldPost, Rule

if TYPE_CHECKING:
    from training.models import Agent, Post, Requirement, TutoringAgreement


def rule_of(requirement: "Requirement") -> Rule:
    return Rule(
        requirement.in_force_from,
        requirement.first_months,
        requirement.renewal_months,
        requirement.counts_before_post,
        requirement.window_months,
    )


def held_of(post: "Post") -> HeldPost:
    return HeldPost(post.taken_on, post.ends_on, post.exempt_from, post.exempt_reason)


def period_of(agreement: "TutoringAgreement") -> HeldPeriod:
    return HeldPeriod(agreement.starts_on, agreement.ends_on)


def called(agent: "Agent", last_name: str, first_name: str = "") -> "Agent":
    """Give an agent a name; the key by which files find it follows."""
    agent.last_name, agent.first_name = last_name.strip(), first_name.strip()
    agent.name_key = name_key(last_name, first_name)
    return agent
