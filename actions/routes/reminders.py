"""Addresses: reminders of deadlines."""

from django.urls import path

from actions.views import reminders

urlpatterns = [
    path("rappels/", reminders.RemindersHome.as_view(), name="reminders"),
    path("rappels/<slug:site>/", reminders.RemindersPage.as_view(), name="reminders"),
    path("rappels/<slug:site>/envoyer/", reminders.RemindersSend.as_view(), name="reminders-send"),
    path("rappels/<slug:site>/regler/", reminders.RemindersEdit.as_view(), name="reminders-edit"),
    path("rappels/<slug:site__code>/historique/", reminders.RemindersHistory.as_view(), name="reminders-history"),
]
