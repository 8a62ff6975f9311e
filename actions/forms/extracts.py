"""What a person gives to have an extract verified: its file, or a digest."""

from django import forms

from core.pages.forms import Form

MOST_MEGABYTES = 30


class VerifyForm(Form):
    """A file or a digest, one of the two."""

    file = forms.FileField(
        label="Le fichier de l’extrait",
        required=False,
        allow_empty_file=True,
        help_text=f"PDF ou classeur venu de l’application, {MOST_MEGABYTES} Mo au plus. Il n’est pas conservé.",
    )
    empreinte = forms.CharField(
        label="Ou son empreinte",
        required=False,
        max_length=200,
        help_text="Les 64 caractères imprimés sur la première page, ou l’empreinte SHA-256 du fichier.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(f"Ce fichier dépasse {MOST_MEGABYTES} Mo : ce n’est pas un extrait.")
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("empreinte")):
            raise forms.ValidationError("Choisissez le fichier de l’extrait, ou collez son empreinte.")
        return cleaned
