"""One's own account: sign in, sign out, password."""

from django.urls import path

from organisations.views import account as views
from organisations.views import oidc, second_factor

urlpatterns = [
    path("connexion", views.SignIn.as_view(), name="login"),
    path("session", views.GoOn.as_view(), name="session"),
    path("deconnexion", views.SignOut.as_view(), name="logout"),
    path("autres-appareils", views.SignOutElsewhere.as_view(), name="sign-out-elsewhere"),
    path("", views.OwnAccount.as_view(), name="account"),
    path("second-facteur", second_factor.SecondFactorPage.as_view(), name="second-factor"),
    path("verification", second_factor.SecondFactorCheck.as_view(), name="second-factor-check"),
    path("proconnect", oidc.OidcStart.as_view(), name="oidc"),
    path("proconnect/retour", oidc.OidcBack.as_view(), name="oidc-back"),
    path("mot-de-passe", views.ChangePassword.as_view(), name="password-change"),
    path("mot-de-passe-oublie", views.AskForPassword.as_view(), name="password-reset"),
    path("mot-de-passe-oublie/envoye", views.AskedForPassword.as_view(), name="password-reset-sent"),
    path("nouveau-mot-de-passe/<uidb64>/<token>", views.SetPassword.as_view(), name="password-set"),
    path("bienvenue/<uidb64>/<token>", views.FirstPassword.as_view(), name="invitation"),
]
