"""Admin of the referentials, for looking."""

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from referential.models import Correspondence, Engagement, Module, Perimeter, Referential


@admin.register(Referential)
class ReferentialAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "in_force_from", "in_force_until")


@admin.register(Module)
class ModuleAdmin(ReadOnlyAdmin):
    list_display = ("referential", "code", "title", "is_compulsory")
    list_filter = ("referential",)
    list_select_related = ("referential",)


@admin.register(Engagement)
class EngagementAdmin(ReadOnlyAdmin):
    list_display = ("module", "code", "title", "subject", "compulsory_from")
    list_filter = ("module__referential",)
    list_select_related = ("module__referential",)
    search_fields = ("code", "title", "subject")


@admin.register(Correspondence)
class CorrespondenceAdmin(ReadOnlyAdmin):
    list_display = ("old", "new", "note")
    list_select_related = ("old__module", "new__module")


@admin.register(Perimeter)
class PerimeterAdmin(ReadOnlyAdmin):
    list_display = ("site", "module", "valid_from", "valid_until")
    list_select_related = ("site", "module__referential")
