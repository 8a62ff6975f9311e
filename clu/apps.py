"""Configuration of the clu app: committees (CLU, CLAC, COPIL), their members, meetings and opinions."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import MenuItem, consistency_checks, job_kinds, menu, report_sections
from core.base.searched import searches
from core.base.year import yearly_events
from core.importing import registry

GROUP = "Instances"
ENTRIES = (
    MenuItem("CLU et COPIL", "clu:committees", "committee_view", 50, group=GROUP, help="reunir"),
    MenuItem("Importer des membres", "clu:members-import-upload", "committee_edit", 51, group=GROUP, help="reunir"),
    MenuItem(
        "Importer une feuille de présence",
        "clu:attendance-import-upload",
        "committee_edit",
        52,
        group=GROUP,
        help="reunir",
    ),
)


class CluConfig(AppConfig):
    name = "clu"
    verbose_name = "Instances"

    def ready(self):
        from clu import events
        from clu.printing import attachments

        searches.later("clu.search:register")
        fed_by("clu.cards:register")
        report_sections.later("clu.chapters:register")
        yearly_events.later("clu.year:register")
        consistency_checks.later("clu.omissions:register")
        job_kinds.later("clu.jobs")
        for name in ("members.MembersFile", "attendance.AttendanceFile"):
            registry.later(f"clu.imports.{name}")
        attachments.register()
        events.register()
        for entry in ENTRIES:
            menu.register(entry)
