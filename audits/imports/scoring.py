"""Scores and structures of a self-diagnosis: « 3 », « 3/4 » under « Note sur 4 », beside the service they are of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from audits.imports import columns as c
from audits.imports.grid_rows import GridRow
from audits.models import Audit
from core.importing.places import Problem, error, warning
from core.importing.words import plain
from organisations.models import Unit

SCALE = 4  # where nothing says another
_SCORE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)(?: ?(?:/|sur) ?(\d{1,3}))?")
_ON = re.compile(r"(?:\bsur|/) ?(\d{1,3})\b")


def settle(rows: Iterable[GridRow], units: Mapping[str, Unit], audit: Audit | None) -> tuple[int, list[Problem]]:
    """Give each row its score and its structure; returns the highest mark, and where the file says another.

    An audit that has marks keeps their scale; without marks it takes that of the file.
    """
    rows = list(rows)
    own = audit.score_scale if audit else SCALE
    is_marked = audit is not None and any(row.score is not None for row in audit.rows.all())
    scale = own if is_marked else next((found for row in rows if (found := _scale_of(row))), own)
    for row in rows:
        if row.structure_words:
            _place(row, units)
        if row.score_words:
            _score(row, scale)
    _refuse_twice(rows)
    return scale, list(_problems(rows, scale, own if audit else scale))


def _refuse_twice(rows: Iterable[GridRow]) -> None:
    """A structure that the file names twice, by its name and by its sigle, with two marks for one engagement."""
    seen: dict[tuple[int, str, str], GridRow] = {}
    for row in rows:
        if row.score is None or row.structure is None:
            continue
        first = seen.setdefault((row.structure.pk, plain(row.engagement_words), plain(row.requirement)), row)
        if first.score != row.score:
            what = f"« {row.structure} » a déjà une autre note pour cet engagement ({first.place.cell})."
            row.problems.append(error(what, row.place))


def _problems(rows: Sequence[GridRow], scale: int, own: int) -> Iterator[Problem]:
    """A column headed with another scale than the one retained; the scale of the audit, where it changes."""
    tables = {row.source.table.name: row.source.table for row in rows if row.source and row.score_words}
    for table in tables.values():
        for column in table.of_role(c.SCORE):
            told = _on(column.heading)
            if told and told != scale:
                message = f"« {column.heading} » : cet audit est noté sur {scale}, cette colonne sur {told}."
                yield error(message, table.place(table.headings[1], column.number))
    if scale != own:
        yield warning(f"La note la plus haute de l’audit passe de {own} à {scale}, comme le dit le fichier.")


def _on(heading: str) -> int:
    return int(next(iter(_ON.findall(heading)), 0))


def units_of(site: Unit) -> dict[str, Unit]:
    """The services of the préfecture by each of their names."""
    root = site.ancestors(include_self=True).first() or site
    found: dict[str, Unit] = {}
    for unit in Unit.objects.filter(pk__in=Unit.objects.ids_below(root.pk)).order_by("position", "pk"):
        for name in (unit.code, unit.sigle, unit.name):
            if name:
                found.setdefault(plain(name), unit)
    found.setdefault(plain(str(site.get_kind_display())), site)
    return found


def _place(row: GridRow, units: Mapping[str, Unit]) -> None:
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
    return int((found[2] if found else "") or _on(heading))


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
