"""What a PDF is given once it is drawn. It imports pydyf: only `core.pages.pdf.render_pdf` imports this."""

from collections.abc import Callable
from typing import Any

from pydyf import Array, Dictionary, String


class UntaggedError(RuntimeError):
    """The renderer gave a file without tags: nobody receives it."""


def finishing(mark: str) -> Callable[[Any, Any], None]:
    """What is done to a document once drawn: a file without tags is none; its table heads receive scope and name."""

    def finish(_document: Any, pdf: Any) -> None:
        if "StructTreeRoot" not in pdf.catalog:
            raise UntaggedError
        _scope(pdf)
        if mark:
            _mark(pdf, mark)

    return finish


def _scope(pdf: Any) -> None:
    """Each table head says whether it is of its row or of its column: beside figures, of its row."""

    def found(reference: Any) -> Any:
        return pdf.objects[int(reference.split()[0])] if isinstance(reference, bytes) else {}

    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("S") == "/TH":
            row = found(one["P"])
            is_of_row = found(row["P"]).get("S") != "/THead" and any(found(kid).get("S") == "/TD" for kid in row["K"])
            one["A"]["Scope"] = "/Row" if is_of_row else "/Column"


def _mark(pdf: Any, mark: str) -> None:
    """Each table head is named in its document; joined to others, its name must be its own."""
    for one in pdf.objects:
        if not isinstance(one, Dictionary) or one.get("S") not in {"/TH", "/TD"}:
            continue
        if "ID" in one:
            one["ID"] = String(f"{mark}-{one['ID'].string}")
        if "A" in one and "Headers" in one["A"]:
            one["A"]["Headers"] = Array(String(f"{mark}-{name.string}") for name in one["A"]["Headers"])
