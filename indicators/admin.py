"""Admin of the indicators, for looking; families, which have no page of their own, can be named and ordered."""

from django.contrib import admin

from core.admin import HistoryAdmin, ReadOnlyAdmin
from indicators.models import Assignment, Campaign, Family, GridImport, Indicator, Snapshot, Target, Value


@admin.register(Family)
class FamilyAdmin(HistoryAdmin):
    list_display = ("name", "code", "position")


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ("code", "label", "family", "measure", "year_rule", "owner", "is_active")
    list_filter = ("family", "measure", "is_active")
    list_select_related = ("family", "owner")
    search_fields = ("code", "label")


@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "site", "direction", "value", "valid_from", "valid_until")
    list_select_related = ("indicator", "site")


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "site", "unit", "valid_from", "valid_until")
    list_select_related = ("indicator", "site", "unit")


@admin.register(Value)
class ValueAdmin(ReadOnlyAdmin):
    list_display = ("indicator", "unit", "year", "month", "state", "value", "source")
    list_filter = ("year", "month", "state")
    list_select_related = ("indicator", "unit")


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    list_display = ("site", "year", "month", "state", "due_on")
    list_select_related = ("site",)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("site", "year", "month", "edition", "digest", "created_at")
    list_select_related = ("site",)


@admin.register(GridImport)
class GridImportAdmin(ReadOnlyAdmin):
    list_display = ("name", "site", "year", "state", "sent_by", "sent_at")
    list_select_related = ("site", "sent_by")
