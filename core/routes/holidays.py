"""The calendar of public holidays."""

from django.urls import path

from core.views import holidays

urlpatterns = [
    path("calendrier/", holidays.HolidayCalendar.as_view(), name="holidays"),
    path("calendrier/<slug:zone>/ajouter", holidays.HolidayAdd.as_view(), name="holiday-add"),
    path("calendrier/jours/<int:pk>/modifier", holidays.HolidayEdit.as_view(), name="holiday-edit"),
    path("calendrier/jours/<int:pk>/retirer", holidays.HolidayRemove.as_view(), name="holiday-remove"),
    path("calendrier/jours/<int:pk>/historique", holidays.HolidayHistory.as_view(), name="holiday-history"),
]
