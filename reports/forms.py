"""Forms of the annual reports."""

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from core.base.words import in_words
from core.pages.forms import DateField, Form, ModelForm
from organisations.models import Unit
from organisations.permissions import Permission
from reports.models import AnnualReport, Chapter, FigureNote
from reports.rules.images import ACCEPT, ACCEPTED
from reports.rules.texts import clean_text, lines_of
from reports.services.annual_reports import EARLIEST_YEAR, LATEST_YEAR
from reports.services.editions import ROLE_CHOICES


class OpenReportForm(Form):
    """The site and year of a report; only sites where the person writes reports are offered."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)
    year = forms.IntegerField(label="Année", min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = self.user.access.units_with(Permission.REPORT_EDIT)
        self.fields["site"].queryset = Unit.objects.sites().filter(pk__in=allowed)


class ReportForm(ModelForm):
    """Title and signatory, as the cover prints them."""

    class Meta:
        model = AnnualReport
        fields = ("title", "signatory")
        help_texts = {"signatory": "Imprimé sur la couverture, par exemple « Le préfet des Bouches-du-Rhône »."}


class RichText(str):
    """The HTML of a chapter; read in words (page « Deux versions ») it shows its lines, not its tags."""

    __slots__ = ()


@in_words.register
def _lines(value: RichText) -> str:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines_of(clean_text(value))))


class RichTextField(forms.CharField):
    """A rich text, cleaned of what a chapter may not hold."""

    widget = forms.Textarea(attrs={"rows": 18, "data-rich-text": ""})

    def clean(self, value):
        return RichText(clean_text(super().clean(value)))


class ChapterForm(ModelForm):
    """Title and text of a chapter."""

    text = RichTextField(label="Texte", required=False)

    class Meta:
        model = Chapter
        fields = ("title", "text")


class FigureNoteForm(ModelForm):
    """What is said beside a figure."""

    text = RichTextField(label="Commentaire", required=False)

    class Meta:
        model = FigureNote
        fields = ("text",)


class ImageForm(Form):
    """An image, and the words that stand for it."""

    file = forms.FileField(
        label="Image", help_text=f"{ACCEPTED} 10 Mo au plus.", widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    alternative = forms.CharField(
        label="Texte de remplacement", max_length=300,
        help_text="Ce que l’image montre, pour qui ne la voit pas. Par exemple : « La nouvelle borne du hall ».",
    )  # fmt: skip


class ExchangeForm(Form):
    """The signed file of a site of another installation."""

    file = forms.FileField(
        label="Fichier d’échange", help_text="Un fichier .json, 2 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".json"}),
    )  # fmt: skip


class ChapterTitleForm(Form):
    """The title of a new chapter."""

    title = forms.CharField(label="Titre du chapitre", max_length=200)


class ProofForm(Form):
    """Who reads the proof, and until when."""

    reader = forms.CharField(label="Nom de la personne", max_length=200)
    email = forms.EmailField(
        label="Adresse électronique", required=False,
        help_text="Le lien y est envoyé. Sans adresse, copiez-le depuis la page de l’édition.",
    )  # fmt: skip
    expires_on = DateField(label="Lien valable jusqu’au")


class PublishForm(Form):
    """To whom an edition is published."""

    roles = forms.MultipleChoiceField(
        label="Qui lit ce bilan", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple,
        help_text="Les personnes qui tiennent l’un de ces rôles sur le site, dans ses services ou au-dessus de lui.",
    )  # fmt: skip
