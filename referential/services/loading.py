"""Loading of referential files: versions, modules, engagements, correspondences."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from core.base.errors import UserError
from core.record import data_files
from core.record.data_files import Loader, Node
from referential.models import Correspondence, Engagement, Module, Referential

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = tuple(
    DATA / name
    for name in (
        "qualipref-2-0.json",
        "qual-e-pref.json",
        "services-publics-plus-2021.json",
        "services-publics-plus-2023.json",
        "qual-e-ate.json",
        "correspondances.json",
    )
)


@transaction.atomic
def load_all(paths: Iterable[Path | str] = SHIPPED, *, by=None, force: bool = False) -> list[Loader]:
    """Load several files, or none of them when one is refused."""
    return [load(path, by=by, force=force) for path in paths]


@transaction.atomic
def load(path: Path | str, *, by=None, force: bool = False) -> Loader:
    """Load one file; loading it again changes nothing, and what a person has edited since is left unless `force`."""
    root = data_files.read(path)
    loader = Loader(reason=f"Chargement de {Path(path).name}", by=by, force=force)
    if root.has("correspondences"):
        root.only("correspondences")
        for node in root.nodes("correspondences"):
            _load_correspondence(loader, node)
    else:
        _load_referential(loader, root)
    return loader


def _load_referential(loader: Loader, node: Node) -> None:
    node.only("code", "name", "in_force_from", "in_force_until", "source", "modules")
    referential = loader.put(
        Referential,
        key={"code": node.text("code", required=True)},
        values={
            "name": node.text("name", required=True),
            "in_force_from": node.date("in_force_from"),
            "in_force_until": node.date("in_force_until"),
            "source": node.text("source"),
        },
        place=node.place,
    )
    for position, module in enumerate(node.nodes("modules"), start=1):
        if referential is not None:
            _load_module(loader, module, referential, position)


def _load_module(loader: Loader, node: Node, referential: Referential, position: int) -> None:
    node.only("code", "title", "is_compulsory", "certainty", "engagements")
    module = loader.put(
        Module,
        key={"referential": referential, "code": node.text("code", required=True)},
        values={
            "title": node.text("title"),
            "is_compulsory": node.flag("is_compulsory"),
            "certainty": node.text("certainty"),
            "position": position,
        },
        place=node.place,
    )
    seen: dict[str, Engagement | None] = {}
    for rank, engagement in enumerate(node.nodes("engagements"), start=1):
        if module is not None:
            _load_engagement(loader, engagement, module, rank, seen)


def _load_engagement(loader: Loader, node: Node, module: Module, position: int, seen: dict) -> None:
    node.only("code", "parent", "title", "subject", "compulsory_from", "expected_evidence", "certainty")
    code, parent_code = node.text("code", required=True), node.text("parent")
    if code in seen:
        raise node.error("code", f"l’engagement « {code} » figure deux fois dans ce module.")
    if parent_code and parent_code not in seen:
        raise node.error("parent", f"l’engagement « {parent_code} » doit être écrit avant ses sous-engagements.")
    seen[code] = loader.put(
        Engagement,
        key={"module": module, "code": code},
        values={
            "parent": seen.get(parent_code),
            "title": node.text("title"),
            "subject": node.text("subject"),
            "compulsory_from": node.date("compulsory_from"),
            "expected_evidence": node.text("expected_evidence"),
            "certainty": node.text("certainty"),
            "position": position,
        },
        place=node.place,
    )


def _load_correspondence(loader: Loader, node: Node) -> None:
    node.only("old", "new", "note")
    loader.put(
        Correspondence,
        key={"old": find_engagement(node.node("old")), "new": find_engagement(node.node("new"))},
        values={"note": node.text("note")},
        place=node.place,
    )


def find_engagement(node: Node) -> Engagement:
    """The engagement a data file names by referential, module and code."""
    node.only("referential", "module", "code")
    names = [node.text(key, required=True) for key in ("referential", "module", "code")]
    found = Engagement.objects.filter(module__referential__code=names[0], module__code=names[1], code=names[2]).first()
    if found is None:
        raise UserError(
            f"{node.place} : pas d’engagement « {names[2]} » dans le module « {names[1]} » du référentiel "
            f"« {names[0]} ». Chargez d’abord ce référentiel."
        )
    return found
