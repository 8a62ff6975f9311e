"""Sending a file or a pasted table: the form that an app completes with what its file is about."""

from typing import Any, ClassVar

from django import forms

from core.pages.forms import Form
from core.sheets.reading import limits

LONGEST_TEXT = 1_000_000
ACCEPTED = ".xlsx,.ods,.xls,.csv,.tsv,.txt,.docx,.odt"


class UploadForm(Form):
    """A file, or a text pasted. `leading` names the app's own fields that come before it; its others come after."""

    leading: ClassVar[tuple[str, ...]] = ()

    file = forms.FileField(
        label="Fichier",
        required=False,
        help_text=f"Classeur .xlsx, .ods ou .xls, texte .csv ou .txt, tableau dans un document .docx ou .odt : "
        f"{limits.FILE_SIZE // limits.MEGABYTE} Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": "Le fichier est vide : vérifiez que vous avez choisi le bon."},
    )
    text = forms.CharField(
        label="Cellules ou texte copiés",
        required=False,
        max_length=LONGEST_TEXT,
        help_text="Copiez les cellules dans votre tableur, titres compris, ou le texte d’un document ou d’un courriel.",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        strip=False,  # a line that begins with an empty cell begins with a tabulation
        error_messages={"max_length": "Ce texte est trop long pour être collé : enregistrez-le dans un fichier."},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        has_file, has_text = bool(data.get("file")), bool((data.get("text") or "").strip())
        if "file" in self.errors or "text" in self.errors:
            return data
        if not has_file and not has_text:
            self.add_error("file", "Déposez un fichier, ou collez un tableau.")
        elif has_file and has_text:
            self.add_error("text", "Déposez un fichier ou collez un tableau, pas les deux.")
        return data

    @property
    def sent(self) -> Any:
        """The file, or the text pasted."""
        return self.cleaned_data["file"] or self.cleaned_data["text"].strip("\r\n")

    def leading_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.leading]

    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in (*self.leading, "file", "text")]
