"""Where agents stand on a day, and what is to be planned."""

from training.follow_up.forecast import Need, needs_of
from training.follow_up.reading import Followed, FollowedLine, FollowUp, follow_up

__all__ = ["FollowUp", "Followed", "FollowedLine", "Need", "follow_up", "needs_of"]
