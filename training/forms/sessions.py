"""Forms of courses and sessions, of enrolments and of the sign-in sheet."""

from datetime import date

from django import forms
from django.utils import timezone

from actions.rules.proof_files import ACCEPTED
from core.pages.forms import DateField, Form, ModelMultipleChoiceField
from organisations.models import Unit
from organisations.permissions import Permission
from training.enums import HELD, Attendance, Status
from training.follow_up import follow_up
from training.forms.people import themes_of, with_unit
from training.models import Agent, Enrolment, TrainingTheme


class CourseForm(Form):
    """A course of the catalogue."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label="Choisir")
    name = forms.CharField(label="Intitulé", max_length=200)
    provider = forms.CharField(label="Organisme", max_length=200, required=False)
    checked_on = DateField(label="Fiche vérifiée le", required=False)
    comment = forms.CharField(label="Observation", max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.user.access.units_with(Permission.TRAINING_MANAGE) if self.user else ()
        self.fields["unit"].queryset = Unit.objects.sites().filter(pk__in=held).order_by("position", "name")


class CourseFactsForm(CourseForm):
    """The facts of a course; its site stays."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["unit"]


class SessionForm(Form):
    """When, where, how many, and the themes for which presence counts."""

    starts_on = DateField(label="Du")
    ends_on = DateField(label="Au", required=False, help_text="Vide : un seul jour.")
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    seats = forms.IntegerField(label="Places", required=False, min_value=1, max_value=1000)
    themes = ModelMultipleChoiceField(
        TrainingTheme.objects.none(),
        label="Thèmes couverts",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La présence met à jour chacun de ces thèmes.",
    )
    comment = forms.CharField(label="Observation", max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.user.access.units_with(Permission.TRAINING_MANAGE) if self.user else ()
        self.fields["themes"].queryset = themes_of(self.user, held)


class EnrolForm(Form):
    """The agents to enrol: those whom the themes of the session concern, the first due first; else anybody else."""

    agents = ModelMultipleChoiceField(
        Agent.objects.none(),
        label="Agents concernés par les thèmes de la session",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="L’échéance la plus proche d’abord.",
    )
    other = forms.ModelChoiceField(
        Agent.objects.none(), label="Un autre agent", required=False, empty_label="Personne d’autre"
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        root = session.unit.ancestors(include_self=True).first() or session.unit
        units = Unit.objects.ids_below(root.pk)
        agents = Agent.objects.visible_to(self.user).known().filter(unit__in=units)
        agents = agents.exclude(enrolments__session=session).select_related("unit")
        choices = list(self._concerned(session, units, {agent.pk for agent in agents}))
        self.fields["agents"].queryset = agents.filter(pk__in=[pk for pk, _label in choices])
        self.fields["agents"].choices = choices
        self.fields["other"].queryset = agents.order_by("last_name", "first_name", "pk")
        self.fields["other"].label_from_instance = with_unit
        if not choices:
            del self.fields["agents"]

    @staticmethod
    def _concerned(session, units, allowed):
        """(key, « FONTAINE Marc, Accueil général : en retard, échéance 30/09/2026 ») of each agent once."""
        themes = set(session.covered.values_list("theme_id", flat=True))
        lines = [line for line in follow_up(units=units).lines(timezone.localdate()) if line.theme.pk in themes]
        seen = set()
        for line in sorted(lines, key=lambda line: (line.standing.due_on or date.max, line.agent.name)):
            if line.agent.pk in allowed - seen:
                seen.add(line.agent.pk)
                due = f", échéance {line.standing.due_on:%d/%m/%Y}" if line.standing.due_on else ""
                status = Status(line.standing.status).label.lower()
                yield line.agent.pk, f"{line.agent}, {line.service} : {status}{due}"

    def clean(self):
        cleaned = super().clean()
        other = cleaned.pop("other", None)
        cleaned["agents"] = [*cleaned.get("agents", ()), *([other] if other else [])]
        if not (cleaned["agents"] or self.errors):
            raise forms.ValidationError("Cochez un agent, ou choisissez-en un autre.")
        return cleaned


class SheetForm(Form):
    """The sign-in sheet: who signed was present, the others enrolled were absent."""

    present = ModelMultipleChoiceField(
        Enrolment.objects.none(), label="Ont signé", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        rows = session.enrolments.filter(state__in=(*HELD, Attendance.ABSENT)).select_related("agent")
        field.queryset = rows.order_by("agent__last_name", "agent__first_name", "pk")
        field.label_from_instance = lambda row: str(row.agent)


class StateForm(Form):
    """Where an enrolment stands."""

    state = forms.ChoiceField(label="État", choices=Attendance.choices)


class CertificateForm(Form):
    """The certificate of somebody present."""

    certificate = forms.FileField(label="Attestation", help_text=ACCEPTED)
    name = forms.CharField(
        label="Nom écrit sur l’attestation", max_length=200, help_text="Il est comparé à celui de l’agent."
    )
