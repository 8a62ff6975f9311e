"""Forms of one's own account."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm

_ADDRESS = {"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


_CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class SignInForm(AuthenticationForm):
    """Address and password; one message for every refusal, so that it tells nothing of who has an account."""

    error_messages = {
        "invalid_login": "L’adresse ou le mot de passe n’est pas le bon. Vérifiez les majuscules du mot de passe.",
        "inactive": "L’adresse ou le mot de passe n’est pas le bon. Vérifiez les majuscules du mot de passe.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Adresse électronique"
        self.fields["username"].help_text = "Votre adresse professionnelle"
        self.fields["username"].widget = forms.EmailInput(attrs=_ADDRESS | {"maxlength": 254})

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()


class CodeForm(forms.Form):
    """A code of the telephone, or one of help."""

    code = forms.CharField(
        label="Code",
        help_text="Six chiffres, ou un code de secours",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class PasswordForm(forms.Form):
    """The password of whoever is signed in, before what a session left open must not allow."""

    password = forms.CharField(
        label="Votre mot de passe",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AskForPasswordForm(forms.Form):
    """The address to which a link is sent, whether an account exists or not."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Celle de votre compte",
        max_length=254,
        widget=forms.EmailInput(attrs=_ADDRESS),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewPasswordForm(SetPasswordForm):
    """A new password, typed twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Nouveau mot de passe"
        self.fields[
            "new_password1"
        ].help_text = "12 caractères au moins, sans votre nom, et pas un mot de passe courant."
        self.fields["new_password2"].label = "Le même, une seconde fois"
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(PasswordChangeForm, NewPasswordForm):
    """The password of today, then the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mot de passe actuel"
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
