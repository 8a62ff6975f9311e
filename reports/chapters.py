"""The chapters of `reports` itself: the word of the préfet, written only; Services Publics +, read across the apps."""

from collections.abc import Mapping

from django.urls import reverse

from core.base.registries import ReportSection, report_sections
from organisations.models import Unit
from reports import synthesis
from reports.models import Chapter


def foreword(site: Unit, year: int) -> Mapping:
    """Nothing is computed: what it says is written."""
    return {"is_empty": True}


def services_publics_plus(site: Unit, year: int) -> Mapping:
    """The eight engagements: self-diagnosis, actions, results published where and when."""
    found = synthesis.of_year(site, year)
    sentences = found.sentences if not found.is_empty else []
    lists = (reverse(name) for name in ("audits:audits", "actions:actions", "audits:documents"))
    return {
        "found": found,
        "sentences": [(words, f"{rows}?site={site.pk}") for words, rows in zip(sentences, lists, strict=False)],
        "brief": sentences,
        "is_empty": found.is_empty,
    }


def register() -> None:
    """Register the foreword, before every other chapter, and the chapter that reads several apps."""
    report_sections.register(ReportSection(Chapter.FOREWORD, "Le mot du préfet", 50, foreword, template=""))
    report_sections.register(
        ReportSection(
            code="services-publics-plus",
            title="Services Publics +",
            position=700,
            context=services_publics_plus,
            template="reports/print/services-publics-plus.html",
            source="audits:audits",
            origin="autodiagnostics, plans d’actions, registre documentaire et enquêtes publiées",
            asked="kind=self_diagnosis",
        )
    )
