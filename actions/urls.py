"""URLs of the action plans, put together from `actions/routes/`."""

from actions.routes import actions, history, imports, plans, reminders, synthesis

app_name = "actions"
urlpatterns = [
    *imports.urlpatterns,
    *history.urlpatterns,
    *synthesis.urlpatterns,
    *reminders.urlpatterns,
    *actions.urlpatterns,
    *plans.urlpatterns,
]
