"""The calendar of public holidays."""

from django.urls import path

from core.pages.views import holidays

urlpatterns = [
    path("calendrier/", holidays.HolidayCalendar.as_view(), name="holidays"),
    *holidays.Holidays.urls(),
]
