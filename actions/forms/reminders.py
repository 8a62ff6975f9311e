"""How a site reminds of deadlines."""

from django import forms

from actions.models import ReminderSettings
from core.pages.forms import Form

WEEKDAYS = tuple(enumerate(("lundi", "mardi", "mercredi", "jeudi", "vendredi")))


class ReminderForm(Form):
    """On or off, the day of the week, how long before, and when the head is told."""

    is_active = forms.BooleanField(
        label="Envoyer les rappels de ce site",
        required=False,
        help_text="Un seul message par personne et par semaine, pour toutes ses actions.",
    )
    weekday = forms.TypedChoiceField(
        label="Jour d’envoi", choices=WEEKDAYS, coerce=int, help_text="Reporté au jour ouvré suivant s’il est férié."
    )
    days_before = forms.IntegerField(
        label="Prévenir avant l’échéance (jours)",
        min_value=0,
        max_value=365,
        help_text="Les actions dont l’échéance tombe dans la semaine sont rappelées dans tous les cas.",
    )
    escalate_after = forms.IntegerField(
        label="Prévenir le chef de service après (jours de retard)",
        min_value=0,
        max_value=365,
        help_text="S’il a déjà reçu le rappel, le chef au-dessus de lui est prévenu, sinon le référent qualité.",
    )
    reason = forms.CharField(
        label="Raison du changement", max_length=500, required=False, help_text="Gardée dans l’historique."
    )

    @classmethod
    def initial_of(cls, chosen: ReminderSettings) -> dict:
        return {name: getattr(chosen, name) for name in ("is_active", "weekday", "days_before", "escalate_after")}
