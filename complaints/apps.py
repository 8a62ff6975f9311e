"""Configuration of the complaints app: complaints and suggestions, answered within working days."""

from django.apps import AppConfig

from actions.registries import digest_parts, finding_panels
from core.base.home import fed_by
from core.base.registries import (
    SETTINGS,
    MenuItem,
    calendar_listeners,
    consistency_checks,
    job_kinds,
    menu,
    report_sections,
    retention_rules,
)
from core.base.searched import searches
from core.importing import registry
from indicators.collectors import collectors
from referential.registries import file_parts

GROUP = "Écoute"
ENTRIES = (
    MenuItem("Réclamations et suggestions", "complaints:cases", "complaint_view", 32, group=GROUP, help="repondre"),
    MenuItem("Compter une remarque orale", "complaints:tally", "complaint_register", 33, group=GROUP, help="repondre"),
    MenuItem("Bilan des réclamations", "complaints:statistics", "complaint_view", 34, group=GROUP, help="repondre"),
    MenuItem("Modèles de réponse", "complaints:templates", "complaint_view", 91, group=SETTINGS, help="repondre"),
    MenuItem("Délais de réponse", "complaints:rules", "complaint_edit", 92, group=SETTINGS, help="repondre"),
    MenuItem("Conservation des dossiers", "complaints:terms", "complaint_edit", 93, group=SETTINGS, help="repondre"),
    MenuItem("Boîtes aux lettres", "complaints:mailboxes", "complaint_edit", 94, group=SETTINGS, help="repondre"),
)


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = "Réclamations"

    def ready(self):
        searches.later("complaints.search:register")
        fed_by("complaints.cards:register")
        report_sections.later("complaints.chapters:register")
        consistency_checks.later("complaints.checks:register")
        retention_rules.later("complaints.services.retention:register")
        calendar_listeners.later("complaints.services.clocks:register")
        collectors.later("complaints.complaint_delays:register")
        for panels in (finding_panels, file_parts):
            panels.later("complaints.panels:register")
        digest_parts.later("complaints.digests:register")
        for jobs in ("clocks", "mailing", "messages"):
            job_kinds.later(f"complaints.services.{jobs}")
        for name in ("register.ComplaintsFile", "tally.TallyFile"):
            registry.later(f"complaints.imports.{name}")
        for entry in ENTRIES:
            menu.register(entry)
