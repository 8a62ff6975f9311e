"""Committees, their members, their meetings; what an invited person answers."""

from django.urls import path

from clu.views import committees, meetings, public

urlpatterns = [
    path("reponse/<str:token>", public.AnswerPage.as_view(), name="answer"),
    path("reponse/<str:token>/agenda.ics", public.AnswerCalendar.as_view(), name="answer-calendar"),
    path("reunions/<int:pk>/documents/<slug:kind>", meetings.DocumentRequest.as_view(), name="meeting-document"),
    *meetings.Meetings.urls(),
    *meetings.Items.urls(),
    *meetings.Attendances.urls(),
    *meetings.Notes.urls(),
    *meetings.Opinions.urls(),
    *committees.Members.urls(),
    *committees.Mandates.urls(),
    *committees.Committees.urls(),
]
