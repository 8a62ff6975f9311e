"""The technical administration writes like the rest: every change leaves its author and a reason in the history."""

from django.contrib import admin

from core.record import history

REASON = "Administration technique"


class HistoryAdmin(admin.ModelAdmin):
    """An admin page whose writes go through `core.record.history`, on what the person may see."""

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser or not hasattr(rows, "visible_to"):
            return rows
        return rows.visible_to(request.user)

    def save_model(self, request, obj, form, change):
        history.save(obj, by=request.user, reason=REASON)

    def delete_model(self, request, obj):
        history.delete(obj, by=request.user, reason=REASON)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            history.delete(obj, by=request.user, reason=REASON)


class ReadOnlyAdmin(admin.ModelAdmin):
    """An admin page for looking, where a change must also refresh what is computed from it: the app's pages do that."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
