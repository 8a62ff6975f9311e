"""Rows of plans as services lay them out, and what is read of them."""

from tests.actions.imports.conftest import entries_of, read

HEADINGS = ["Engagement", "Point relevé", "Action corrective", "Pilote", "Délai", "État d’avancement", "Observations"]
FIRST = ["14", "Réponses tardives", "Former", "BRH", "fin 2016", "fait", ""]
SECOND = ["", "Affichage absent", "Afficher", "RQ", "2017", "", ""]


def rows_of(site, *rows, merged=()):
    plan = read(rows, site=site, merged=merged)
    assert (plan.errors, plan.open_asks) == ([], [])
    return entries_of(plan)


def told(plan) -> list[tuple]:
    """Of each action: where it stands, its deadline."""
    return [(line.content.status, line.content.deadline.text) for line in plan.lines]
