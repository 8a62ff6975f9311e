"""Addresses: mystery tests, for those who run the campaign and for their guests."""

from django.urls import path

from surveys.views import guest, mystery

CAMPAIGN = "campagnes/<slug:code>/tests"
GUEST = "mystere/<slug:token>"

urlpatterns: list = [
    path(CAMPAIGN, mystery.TestList.as_view(), name="tests"),
    path(f"{CAMPAIGN}/inviter", mystery.Invite.as_view(), name="invite"),
    path(f"{CAMPAIGN}/grille-hors-ligne", mystery.Absorb.as_view(), name="absorb"),
    *mystery.Scenarios.urls(),
    path("tests/<int:pk>/retirer", mystery.Unplan.as_view(), name="unplan"),
    path(f"{GUEST}/", guest.GuestHome.as_view(), name="guest"),
    path(f"{GUEST}/test", guest.GuestTest.as_view(), name="guest-test"),
    path(f"{GUEST}/hors-ligne", guest.GuestKit.as_view(), name="guest-kit"),
]
