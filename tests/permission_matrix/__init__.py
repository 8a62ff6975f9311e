"""Who may open what: one row per URL of the application, read by `tests/test_permission_matrix.py`.

Every URL name of the resolver must have a row; a new page without one fails the suite. URLs that share a name are told
apart by their parameters: `indicators:grid(site,year)`. To add a page of your app, add a
line to `tests/permission_matrix/<app>.py`:

    "indicators:campaign-close": Row(P.CAMPAIGN_STEER, at=lambda w, place: w.campaign(place), get=405),

- first argument: the permission, or `SIGNED_IN` (any person with an account), or `PUBLIC` (no account);
- `at`: the object of a place that the page is about, with the other parameters of its address where it has some
  (`return world.survey(place), {"language": "fr"}`); parameters alone when its page is about no row. Three places:
  "own" (the site where the person has the role), "other" (a sister site), "parent" (the préfecture above). Leave it out
  for a page about no place.
- `get`, `post`: status for those who may. By default GET gives 200; an empty POST gives 200 (form shown again), 302 or
  405. What is expected of the others follows from the `scope` of the object: 404 outside its unit or for a role that
  does not show it, 403 inside it without the permission, before anything is written.
- `is_hidden=True`: the object is one of those that its scope hides (a mystery campaign under way).
- `shared=True`: a row without scope that belongs to all (a holiday zone): the place does not matter.
- `roles=`: only when the permission does not tell everything (for instance the technical administrator alone).

Objects come from `World`: sites, and one row per model and place through the factories; add a method there if yours is
missing.
"""

from tests.permission_matrix import (
    actions,
    audits,
    clu,
    complaints,
    core,
    indicators,
    organisations,
    referential,
    reports,
    surveys,
    training,
)
from tests.permission_matrix.rows import PUBLIC, SIGNED_IN, Cell, Row
from tests.permission_matrix.world import PLACES, World

EXPECTED: dict[str, Row] = {
    **core.EXPECTED,
    **organisations.EXPECTED,
    **referential.EXPECTED,
    **actions.EXPECTED,
    **indicators.EXPECTED,
    **surveys.EXPECTED,
    **audits.EXPECTED,
    **complaints.EXPECTED,
    **clu.EXPECTED,
    **training.EXPECTED,
    **reports.EXPECTED,
}

__all__ = ["EXPECTED", "PLACES", "PUBLIC", "SIGNED_IN", "Cell", "Row", "World"]
