"""Addresses: what a site decides."""

from django.urls import path

from complaints.views import steering

urlpatterns: list = [
    *steering.Rules.urls(),
    *steering.Templates.urls(),
    *steering.Terms.urls(),
    *steering.Mailboxes.urls(),
    path("courriels-laisses", steering.MailLeft.as_view(), name="mails-left"),
    path("effacer-une-personne", steering.ErasePerson.as_view(), name="erase"),
]
