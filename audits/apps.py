"""Configuration of the audits app: labels, audits, compliance, documents and evidence."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import MenuItem, consistency_checks, job_kinds, menu, report_sections
from core.base.searched import searches
from core.base.year import yearly_events
from core.importing import registry
from referential.registries import file_parts

GROUP = "Instances"
ENTRIES = (
    MenuItem("Labels", "audits:labels", "audit_view", 53, group=GROUP, help="prouver"),
    MenuItem("Audits", "audits:audits", "audit_view", 54, group=GROUP, help="prouver"),
    MenuItem("Conformité", "audits:compliances", "audit_view", 55, group=GROUP, help="prouver"),
    MenuItem("Documents", "audits:documents", "document_view", 56, group=GROUP, help="prouver"),
    MenuItem("Répétition d’audit", "audits:rehearsal", "audit_view", 57, group=GROUP, help="prouver"),
    MenuItem("Classeurs de l’auditeur", "audits:binders", "audit_view", 58, group=GROUP, help="prouver"),
)


class AuditsConfig(AppConfig):
    name = "audits"
    verbose_name = "Audits et labels"

    def ready(self):
        from audits.services import rehearsal

        searches.later("audits.search:register")
        fed_by("audits.cards:register")
        report_sections.later("audits.chapters:register")
        yearly_events.later("audits.year:register")
        consistency_checks.later("audits.checks:register")
        job_kinds.later("audits.jobs")
        for name in ("audit_file.AuditFile", "document_file.DocumentsFile"):
            registry.later(f"audits.imports.{name}")
        file_parts.later("audits.panels:register")
        rehearsal.register()
        for entry in ENTRIES:
            menu.register(entry)
