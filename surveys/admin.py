"""Admin of the surveys, for looking: their own pages write, refresh what is computed, and keep the history."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from surveys.models import Campaign, CampaignResult, CollectionPoint, Place, Publication, Questionnaire, SurveyImport


@admin.register(Questionnaire)
class QuestionnaireAdmin(ReadOnlyAdmin):
    list_display = ("title", "code", "version", "kind", "site", "frozen_at")
    list_filter = ("kind",)
    list_select_related = ("site",)


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    list_display = ("code", "title", "kind", "site", "starts_on", "ends_on", "state")
    list_filter = ("kind", "state")
    list_select_related = ("site",)
    search_fields = ("code", "title")


@admin.register(Place)
class PlaceAdmin(ReadOnlyAdmin):
    list_display = ("name", "site", "unit", "is_active")
    list_select_related = ("site", "unit")


@admin.register(CollectionPoint)
class CollectionPointAdmin(ReadOnlyAdmin):
    list_display = ("campaign", "channel", "place", "label", "is_active", "expires_on")
    list_select_related = ("campaign", "place")
    exclude = ("token",)


@admin.register(CampaignResult)
class CampaignResultAdmin(ReadOnlyAdmin):
    list_display = ("campaign", "returns", "digest", "computed_at")
    list_select_related = ("campaign",)


@admin.register(SurveyImport)
class SurveyImportAdmin(ReadOnlyAdmin):
    list_display = ("name", "campaign", "state", "sent_by", "sent_at")
    list_select_related = ("campaign", "sent_by")


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "campaign", "created_at", "created_by")
    list_select_related = ("campaign", "created_by")
