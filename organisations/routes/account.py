"""One's own account: sign in, sign out, password."""

from django.urls import path

from organisations.views import account as views

urlpatterns = [
    path("connexion", views.SignIn.as_view(), name="login"),
    path("deconnexion", views.SignOut.as_view(), name="logout"),
    path("", views.OwnAccount.as_view(), name="account"),
    path("mot-de-passe", views.ChangePassword.as_view(), name="password-change"),
    path("mot-de-passe-oublie", views.AskForPassword.as_view(), name="password-reset"),
    path("mot-de-passe-oublie/envoye", views.AskedForPassword.as_view(), name="password-reset-sent"),
    path("nouveau-mot-de-passe/<uidb64>/<token>", views.SetPassword.as_view(), name="password-set"),
    path("bienvenue/<uidb64>/<token>", views.FirstPassword.as_view(), name="invitation"),
]
