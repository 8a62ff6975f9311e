"""The hour it is in the story of the demonstration: its changes are dated as if made at the time.

Only the loader uses it, in a process of its own: nothing else runs while the clock is set back.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from unittest.mock import patch

from django.db import models
from django.utils import timezone


@contextmanager
def told_at(
    models_told: Sequence[type[models.Model]], dated: Sequence[models.Field] = ()
) -> Iterator[Callable[[datetime], None]]:
    """Within the block, « now » is the moment last given, for the history of those models and the dated fields too."""
    moment = [timezone.now()]
    with ExitStack() as stack:
        stack.enter_context(patch.object(timezone, "now", lambda: moment[0]))
        recorded = [model.history.model._meta.get_field("recorded_at") for model in models_told]
        for field in (*recorded, *dated):
            stack.enter_context(patch.object(field, "_get_default", lambda: moment[0]))
        yield lambda day: moment.__setitem__(0, day)
