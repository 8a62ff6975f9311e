"""The whole schedule, in the hours of Paris. The task of an app is named, never imported."""

from datetime import timedelta

from celery.schedules import crontab

SCHEDULE = {
    "sweep-jobs": {"task": "core.tasks.sweep_jobs", "schedule": timedelta(seconds=15)},
    "seal-history": {"task": "core.tasks.seal_history", "schedule": crontab(hour=2, minute=15)},
    "back-up": {"task": "core.tasks.back_up", "schedule": crontab(hour=1, minute=30)},
    "check-guards": {"task": "core.tasks.check_guards", "schedule": crontab(hour=2, minute=30)},
    "mail-seal-heads": {
        "task": "organisations.tasks.mail_seal_heads",
        "schedule": crontab(hour=6, minute=0, day_of_month=1),
    },
    "erase-expired": {"task": "core.tasks.erase_expired", "schedule": crontab(hour=3, minute=30)},
    "verify-history": {
        "task": "core.tasks.verify_history",
        "schedule": crontab(hour=2, minute=45, day_of_week="sun"),
    },
    "open-month": {"task": "indicators.tasks.open_month", "schedule": crontab(hour=5, minute=0, day_of_month=1)},
    "collect-figures": {"task": "indicators.tasks.collect_figures", "schedule": crontab(hour=5, minute=15)},
    "compute-monthly-dashboards": {
        "task": "indicators.tasks.compute_monthly_dashboards",
        "schedule": crontab(hour=5, minute=30, day_of_month=16),
    },
    "follow-events": {"task": "actions.tasks.follow_events", "schedule": crontab(hour=4, minute=45)},
    "remind-of-deadlines": {
        "task": "actions.tasks.send_reminders",
        "schedule": crontab(hour=7, minute=45, day_of_week="mon-fri"),
    },
    "chase-missing-values": {
        "task": "indicators.tasks.chase_missing_values",
        "schedule": crontab(hour=7, minute=30, day_of_week="mon-fri"),
    },
    "read-complaint-mailboxes": {"task": "complaints.tasks.read_mailboxes", "schedule": timedelta(minutes=5)},
    "recompute-open-complaints": {
        "task": "complaints.tasks.recompute_open_cases",
        "schedule": crontab(hour=4, minute=15),
    },
    "chase-complaint-services": {
        "task": "complaints.tasks.chase_services",
        "schedule": crontab(hour=7, minute=15, day_of_week="mon-fri"),
    },
    "count-contradictions": {"task": "reports.tasks.count_contradictions", "schedule": timedelta(minutes=10)},
    "compare-prefectures": {"task": "reports.tasks.compare_ahead", "schedule": crontab(hour=3, minute=40)},
    "refresh-survey-results": {"task": "surveys.tasks.refresh_results", "schedule": timedelta(minutes=10)},
    "remind-campaigns-behind": {
        "task": "surveys.tasks.remind_campaigns_behind",
        "schedule": crontab(hour=7, minute=45, day_of_week="mon-fri"),
    },
}
