"""Forms of meetings: their day and agenda, who came, what was said, the minutes."""

from django import forms

from clu.enums import ItemContent, NoteKind, Presence
from clu.forms.committees import REASON
from clu.models import AgendaItem, Attendance, Meeting, Note, Opinion
from core.pages.forms import CheckedByService, DateField, Form, ModelForm

TIME = {
    "label": "Heure",
    "required": False,
    "widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    "input_formats": ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M"],
}


class NewMeetingForm(Form):
    """A meeting of a committee, with the usual agenda."""

    held_on = DateField(label="Le")
    starts_at = forms.TimeField(**TIME)
    place = forms.CharField(label="Lieu", max_length=300, required=False)
    chair = forms.CharField(
        label="Présidée par", max_length=200, required=False, help_text="Vide : la présidence usuelle."
    )
    from_template = forms.BooleanField(
        label="Reprendre l’ordre du jour habituel et les points reportés", required=False, initial=True
    )


class MeetingForm(CheckedByService, ModelForm):
    held_on = DateField(label="Le", help_text="Les échéances « pour le prochain CLU » suivent ce jour.")
    starts_at = forms.TimeField(**TIME)
    reason = forms.CharField(**REASON)

    class Meta:
        model = Meeting
        fields = ("held_on", "starts_at", "place", "chair", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class ItemForm(ModelForm):
    """A line of the agenda."""

    class Meta:
        model = AgendaItem
        fields = ("title", "content", "speaker", "text", "state", "position")
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "content": "Les chiffres que le point appelle dans le diaporama.",
            "text": "Une ligne par puce ; elle est montrée dans le diaporama.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["content"].choices = ItemContent.choices
        self.fields["position"].required = False

    def clean_position(self):
        position = self.cleaned_data["position"]
        return self.instance.position if position is None else position


class NewItemForm(ItemForm):
    class Meta(ItemForm.Meta):
        fields = ("title", "content", "speaker", "text")

    def __init__(self, *args, **kwargs):
        ModelForm.__init__(self, *args, **kwargs)
        self.fields["content"].choices = ItemContent.choices


class GuestForm(CheckedByService, ModelForm):
    """A person on the list: guest without mandate, or a second person of an organisation."""

    class Meta:
        model = Attendance
        fields = ("person", "organisation", "function", "email", "presence", "comment")


class SheetForm(Form):
    """Everybody on one page: present, excused or absent."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        choices = [(Presence.PRESENT, "Présent"), (Presence.EXCUSED, "Excusé"), (Presence.ABSENT, "Absent")]
        for row in self.rows:
            self.fields[f"p{row.pk}"] = forms.ChoiceField(
                label=str(row), choices=choices, required=False, initial=row.presence, widget=forms.RadioSelect
            )

    @property
    def said(self) -> dict[int, str]:
        """Attendance → presence, of those for whom something is chosen."""
        return {row.pk: value for row in self.rows if (value := self.cleaned_data.get(f"p{row.pk}"))}


class NoteForm(ModelForm):
    """What was said."""

    class Meta:
        model = Note
        fields = ("kind", "text", "author", "item", "is_internal", "reply")
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "reply": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        meeting = meeting or self.instance.meeting
        self.fields["item"].queryset = AgendaItem.objects.filter(meeting=meeting)
        self.fields["item"].empty_label = "Aucun en particulier"


class NewNoteForm(NoteForm):
    class Meta(NoteForm.Meta):
        fields = ("kind", "text", "author", "item", "is_internal")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = NoteKind.REMARK


class OpinionForm(ModelForm):
    """A document submitted, and the opinion given."""

    class Meta:
        model = Opinion
        fields = ("subject", "title", "organisation", "advice", "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}


class MinutesForm(ModelForm):
    """The text of the minutes: « ## » begins a title, « - » a bullet."""

    minutes = forms.CharField(
        label="Compte rendu",
        required=False,
        widget=forms.Textarea(attrs={"rows": 26, "spellcheck": "true"}),
        help_text="« ## » commence un titre, « - » une puce. Les remarques internes n’y sont pas.",
    )
    reason = forms.CharField(**REASON)

    class Meta:
        model = Meeting
        fields = ("minutes",)

    def validate_constraints(self):
        pass


class ValidateForm(Form):
    on = DateField(label="Validé le", required=False, help_text="Vide : aujourd’hui.")
