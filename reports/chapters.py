"""The word of the préfet: written only, on the first page of the bilan and of its plaquette, without a number."""

from collections.abc import Mapping

from core.base.registries import ReportSection, report_sections
from organisations.models import Unit
from reports.models import Chapter


def foreword(site: Unit, year: int) -> Mapping:
    """Nothing is computed: what it says is written."""
    return {"is_empty": True}


def register() -> None:
    """Register the foreword, before every other chapter."""
    report_sections.register(ReportSection(Chapter.FOREWORD, "Le mot du préfet", 50, foreword, template=""))
