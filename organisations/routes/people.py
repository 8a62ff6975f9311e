"""Accounts, roles, delegations."""

from django.urls import path

from organisations.views import people, roles

urlpatterns = [
    path("roles", roles.RolesPage.as_view(), name="roles"),
    path("comptes/", people.AccountList.as_view(), name="accounts"),
    path("comptes/ajouter", people.AccountCreate.as_view(), name="account-create"),
    path("comptes/<int:pk>/", people.PersonPage.as_view(), name="person"),
    path("comptes/<int:pk>/historique", people.PersonHistory.as_view(), name="person-history"),
    path("comptes/<int:pk>/modifier", people.PersonEdit.as_view(), name="person-edit"),
    path("comptes/<int:pk>/fermer", people.PersonClose.as_view(), name="person-close"),
    path("comptes/<int:pk>/deconnecter", people.PersonSignOut.as_view(), name="person-sign-out"),
    path("comptes/<int:pk>/rouvrir", people.PersonReopen.as_view(), name="person-reopen"),
    path(
        "comptes/<int:pk>/second-facteur",
        people.PersonSecondFactorRemove.as_view(),
        name="person-second-factor-remove",
    ),
    path("comptes/<int:pk>/inviter", people.PersonInvite.as_view(), name="person-invite"),
    path("comptes/<int:pk>/roles/donner", people.MembershipGive.as_view(), name="membership-give"),
    path("roles/<int:pk>/fin", people.MembershipEnd.as_view(), name="membership-end"),
    path("roles/<int:pk>/noms", people.MembershipNames.as_view(), name="membership-names"),
    path("roles/<int:pk>/initiales", people.MembershipNamesClose.as_view(), name="membership-names-close"),
    path("roles/<int:pk>/historique", people.MembershipHistory.as_view(), name="membership-history"),
    path("delegation", people.Delegate.as_view(), name="delegate"),
    path("delegations/<int:pk>/fin", people.DelegationEnd.as_view(), name="delegation-end"),
]
