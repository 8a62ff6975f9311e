"""Scores and structures of a self-diagnosis: « 3 », « 3/4 » under « Note sur 4 », beside the service they are of."""

import re
from collections.abc import Iterable
from decimal import Decimal

from audits.imports import columns as c
from audits.imports.grid_rows import GridRow
from core.importing.places import error, warning
from core.importing.words import plain
from organisations.models import Unit

SCALE = 4  # where nothing says another
_SCORE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?: ?(?:/|sur) ?(\d{1,3}))?")
_ON = re.compile(r"(?:\bsur|/) ?(\d{1,3})\b")


def settle(rows: Iterable[GridRow], site: Unit, scale: int) -> int:
    """Give each row its score and its structure; returns the highest mark.

    `scale` is that of the audit, 0 for a new one.
    """
    rows = list(rows)
    units = _units(site) if any(row.structure_words for row in rows) else {}
    scale = scale or next((found for row in rows if (found := _scale_of(row))), SCALE)
    for row in rows:
        if row.structure_words:
            _place(row, units)
        if row.score_words:
            _score(row, scale)
    return scale


def _units(site: Unit) -> dict[str, Unit]:
    """The services of the préfecture by each of their names."""
    root = site.ancestors(include_self=True).first() or site
    found: dict[str, Unit] = {}
    for unit in Unit.objects.filter(pk__in=Unit.objects.ids_below(root.pk)).order_by("position", "pk"):
        for name in (unit.code, unit.sigle, unit.name):
            if name:
                found.setdefault(plain(name), unit)
    found.setdefault(plain(str(site.get_kind_display())), site)
    return found


def _place(row: GridRow, units: dict[str, Unit]) -> None:
    row.structure = units.get(plain(row.structure_words))
    if row.structure is None:
        if not row.section:
            row.section = row.structure_words[:300]
        place = row.source.place(c.STRUCTURE) if row.source else row.place
        what = f"« {row.structure_words} » n’est pas un service connu : gardé comme rubrique."
        row.problems.append(warning(what, place))


def _scale_of(row: GridRow) -> int:
    """The highest mark that the cell or its heading tells."""
    if not row.score_words or row.source is None:
        return 0
    heading = next((one.heading for one in row.source.table.of_role(c.SCORE)), "")
    found = _SCORE.fullmatch(row.score_words)
    told = (found[2] if found else "") or next(iter(_ON.findall(heading)), "")
    return int(told or 0)


def _score(row: GridRow, scale: int) -> None:
    place = row.source.place(c.SCORE) if row.source else row.place
    found = _SCORE.fullmatch(row.score_words)
    if not found:
        row.problems.append(error(f"« {row.score_words} » n’est pas une note.", place))
        return
    score = Decimal(found[1].replace(",", "."))
    if score > scale or (found[2] and int(found[2]) != scale):
        told = f"« {row.score_words} » : la note va de 0 à {scale}. Écrivez l’échelle dans le titre, « Note sur 10 »."
        row.problems.append(error(told, place))
        return
    row.score = score
