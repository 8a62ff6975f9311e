"""Sending action plans: the site, the file or the text, the day of effect."""

from django import forms
from django.utils import timezone

from core.forms import DateField, Form
from organisations.models import Unit

LONGEST_TEXT = 200_000


class UploadForm(Form):
    """Offered sites are those where the person may import."""

    site = forms.ModelChoiceField(label="Site", queryset=Unit.objects.none())
    file = forms.FileField(
        label="Fichier des plans",
        required=False,
        help_text="Classeur .xlsx, .ods ou .xls, ou texte .csv ou .txt, de 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.txt"}),
        error_messages={"empty": "Le fichier est vide : vérifiez que vous avez choisi le bon."},
    )
    text = forms.CharField(
        label="Ou texte à coller",
        required=False,
        max_length=LONGEST_TEXT,
        help_text="Une liste « Points relevés » numérotée, puis une liste « Actions » : (R) réalisée, (C) en cours.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    effective_on = DateField(
        label="À effet du",
        required=False,
        help_text="Vide : la date « màj » du document, sinon aujourd’hui.",
    )

    def __init__(self, *args, user=None, sites=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["site"].queryset = sites

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day

    def clean(self):
        data = super().clean()
        has_file, has_text = bool(data.get("file")), bool((data.get("text") or "").strip())
        if "file" in self.errors or "text" in self.errors:
            return data
        if not has_file and not has_text:
            self.add_error("file", "Déposez un fichier, ou collez un texte.")
        elif has_file and has_text:
            self.add_error("text", "Déposez un fichier ou collez un texte, pas les deux.")
        return data
