"""Forms of the gallery: one field of each kind, right and wrong, an upload, the filters of a list."""

from django import forms


class SampleForm(forms.Form):
    """One field of each kind."""

    label = forms.CharField(label="Intitulé", help_text="Celui que lisent les services dans la grille.")
    target = forms.DecimalField(label="Cible", help_text="En pourcentage, par exemple 95.", localize=True)
    rule = forms.ChoiceField(
        label="Lecture de l’année", choices=[("weighted", "Pondérée"), ("mean", "Moyenne des mois")]
    )
    since = forms.DateField(label="Depuis le", widget=forms.DateInput(attrs={"type": "date"}))
    comment = forms.CharField(label="Commentaire", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    direction = forms.ChoiceField(
        label="Sens",
        choices=[(">=", "Au moins"), ("<", "Moins de")],
        widget=forms.RadioSelect,
        help_text="Un seul choix.",
    )
    services = forms.MultipleChoiceField(
        label="Services", choices=[("acc", "Accueil"), ("etr", "Étrangers")], widget=forms.CheckboxSelectMultiple
    )
    active = forms.BooleanField(label="Indicateur suivi cette année", required=False)
    origin = forms.CharField(widget=forms.HiddenInput, initial="galerie")


class UploadForm(forms.Form):
    """A workbook to import."""

    workbook = forms.FileField(
        label="Classeur de la grille",
        help_text="Formats acceptés : XLSX, ODS, CSV. Taille maximale : 10 Mo.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class FilterForm(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Rechercher", required=False)
    family = forms.ChoiceField(label="Famille", required=False, choices=[("", "Toutes"), ("tel", "Téléphone")])
    state = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), ("missed", "Non atteint")])


def wrong_form() -> SampleForm:
    """The same form, sent back with its errors."""
    typed = {"label": "", "target": "beaucoup", "rule": "mean", "origin": "galerie"}
    form = SampleForm(typed)
    form.add_error(None, "Un autre indicateur porte déjà cet intitulé dans ce référentiel.")
    return form
