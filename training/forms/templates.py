"""The words of tutoring agreements, written in plain text."""

from django import forms

from core.pages.forms import Form
from organisations.models import Unit
from organisations.permissions import Permission

LONGEST = 4_000


def _part(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=LONGEST, required=False, widget=area, help_text=help_text)


class TemplateForm(Form):
    """The five parts that a préfecture writes; people, dates, skills and signatures take their places by themselves."""

    preamble = _part("Préambule", "Une ligne vide commence un paragraphe. Une partie vide ne s’imprime pas.")
    head = _part("Le chef de service s’engage", "Par exemple : « dégage deux heures par semaine pour le tutorat ».")
    tutor = _part("Le tuteur s’engage")
    tutee = _part("Le tutoré s’engage")
    ending = _part("Fin du tutorat")


class NewTemplateForm(TemplateForm):
    """For a préfecture or a site that has none."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Préfecture ou site",
        empty_label="Choisir",
        help_text="Le texte vaut aussi pour les sites et les services en dessous, sauf s’ils ont le leur.",
    )
    field_order = ("unit",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.user.access.units_with(Permission.TRAINING_WORDS) if self.user else ()
        sites = Unit.objects.sites().filter(pk__in=held, agreement_template__isnull=True)
        self.fields["unit"].queryset = sites.order_by("position", "name")
