"""Components and forms: words with every colour, a label, a hint and a useful error for every field."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template

from core.pages.gallery.forms import SampleForm, wrong_form
from core.pages.states import MARKS, STATES, badge_html, badge_of


def rendered(template: str, **context) -> str:
    return Template("{% load components crispy_forms_tags %}" + template).render(Context(context))


def test_a_badge_always_has_words():
    assert [state for state in STATES if not badge_of(state)["label"]] == []
    assert (
        rendered('{% state_badge "missed" %}')
        .strip()
        .endswith('<p class="fr-badge fr-badge--error fr-badge--sm">Non atteint</p>')
    )
    assert badge_html("unheard of") == '<span class="fr-badge fr-badge--sm">unheard of</span>'
    assert set(MARKS) <= set(STATES)


def test_pagination_keeps_the_filters(rf):
    request = rf.get("/", {"famille": "tel", "page": "2"})
    text = Template("{% include 'components/pagination.html' %}").render(
        Context({"page": Paginator(range(100), 10).page(2), "request": request})
    )
    assert 'href="?famille=tel&amp;page=3"' in text
    assert text.count('aria-current="page"') == 1


def test_every_control_has_a_label_and_points_to_its_hint():
    text = rendered("{{ form|crispy }}", form=SampleForm())
    controls = re.findall(r'<(?:input|select|textarea)[^>]*\bid="(id_[^"]+)"(?![^>]*type="hidden")', text)
    labels = set(re.findall(r'for="(id_[^"]+)"', text))
    assert sorted(set(controls) - labels - {"id_origin"}) == []
    assert 'aria-describedby="id_label_helptext"' in text
    assert 'id="id_label_helptext"' in text


def test_a_field_in_error_points_to_its_message_and_the_summary_to_the_field():
    text = rendered("{{ form|crispy }}", form=wrong_form())
    assert 'aria-describedby="id_target_helptext id_target_error"' in text
    assert 'id="id_target_error"' in text
    links = re.findall(r'<li><a href="#([^"]+)">', text)
    assert links == ["id_label", "id_target", "id_since", "id_direction", "id_services"]
    assert [target for target in links if f'id="{target}"' not in text] == []
    assert "6 corrections sont nécessaires" in text


def test_a_form_without_error_has_no_summary():
    assert "corrections" not in rendered("{{ form|crispy }}", form=SampleForm())


def test_optional_fields_are_marked_and_compulsory_ones_are_not():
    text = rendered("{{ form|crispy }}", form=SampleForm())
    assert text.count("(facultatif)") == 1
    assert re.search(r"Commentaire <span class=\"qp-optional\">\(facultatif\)</span>", text)


def test_a_widget_keeps_its_own_classes():
    class OneField(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "qp-entry__input"}))

    assert 'class="fr-input qp-entry__input"' in rendered("{{ form.name|as_crispy_field }}", form=OneField())


def test_a_whole_form_has_its_token_and_its_buttons(rf):
    form = SampleForm()
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("Fiche", Row(Column("label"), Column("target"))), Submit("save", "Enregistrer")
    )
    text = rendered("{% crispy form %}", form=form, csrf_token="abc")
    assert 'name="csrfmiddlewaretoken" value="abc"' in text
    assert '<legend class="qp-fieldset__legend">Fiche</legend>' in text
    assert 'class="fr-col-12 fr-col-md"' in text
    assert re.search(r'<button type="submit" name="save" value="Enregistrer" class="fr-btn"', text)
