"""Admin of the plans, for looking: findings and status follow their actions, which the pages of the app see to."""

from django.contrib import admin

from actions.models import (
    Action,
    ActionResponsible,
    CalendarFeed,
    Finding,
    Plan,
    PlanExtract,
    PlanImport,
    Proof,
    ReminderSettings,
)
from core.admin import ReadOnlyAdmin


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("title", "site", "origin", "origin_on", "updated_on")
    list_filter = ("origin",)
    list_select_related = ("site",)
    search_fields = ("title",)


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    list_display = ("plan", "number", "text", "kind", "theme", "closed_on")
    list_filter = ("kind", "theme")
    list_select_related = ("plan",)
    search_fields = ("text",)


@admin.register(Action)
class ActionAdmin(ReadOnlyAdmin):
    list_display = ("title", "finding", "status", "deadline_text", "deadline_latest", "done_on")
    list_filter = ("status",)
    list_select_related = ("finding",)
    search_fields = ("text", "finding__text")


@admin.register(ActionResponsible)
class ActionResponsibleAdmin(ReadOnlyAdmin):
    list_display = ("action", "unit", "user", "words")
    list_select_related = ("action__finding", "unit", "user")


@admin.register(Proof)
class ProofAdmin(ReadOnlyAdmin):
    list_display = ("name", "action", "size", "added_by", "added_at")
    list_select_related = ("action__finding", "added_by")


@admin.register(PlanImport)
class PlanImportAdmin(ReadOnlyAdmin):
    list_display = ("name", "site", "state", "effective_on", "sent_by", "sent_at")
    list_select_related = ("site", "sent_by")


@admin.register(PlanExtract)
class PlanExtractAdmin(ReadOnlyAdmin):
    list_display = ("site", "stood_on", "format", "file_digest", "created_at")
    list_select_related = ("site",)


@admin.register(ReminderSettings)
class ReminderSettingsAdmin(ReadOnlyAdmin):
    list_display = ("site", "is_active", "weekday", "days_before", "escalate_after")
    list_select_related = ("site",)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    list_display = ("user", "created_at")
    list_select_related = ("user",)
    exclude = ("token_digest",)
