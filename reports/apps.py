"""Configuration of the reports app: home page, annual report, what reads across apps."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import MenuItem, consistency_checks, job_kinds, menu, report_sections
from core.base.searched import searches
from core.base.year import yearly_events

GROUP = "Bilan"
ENTRIES = (
    MenuItem("Aujourd’hui", "reports:home", "", 0, group="", help="piloter"),
    MenuItem(
        "Année qualité", "reports:year", "report_view", 49, group="Instances", words="rétroplanning", help="piloter"
    ),
    MenuItem(
        "Bilans publiés", "reports:publications", "report_published_view", 59, group=GROUP, help="piloter", words="lire"
    ),
    MenuItem("Bilan qualité", "reports:reports", "report_view", 60, group=GROUP, help="piloter"),
    MenuItem(
        "Comparer les préfectures",
        "reports:comparison",
        "report_view",
        62,
        group=GROUP,
        help="piloter",
        words="centiles, rang, autres préfectures, échange",
    ),
    MenuItem("Contradictions", "reports:contradictions", "report_edit", 61, group=GROUP, help="piloter"),
)


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Bilans"

    def ready(self):
        from reports import retention

        retention.register()
        searches.later("reports.search:register")
        fed_by("reports.cards:register")
        consistency_checks.later("reports.checks:register")
        job_kinds.later("reports.jobs")
        report_sections.later("reports.chapters:register")
        yearly_events.later("reports.year:register")
        for entry in ENTRIES:
            menu.register(entry)
