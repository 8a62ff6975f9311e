"""The strict fixtures bite, and only where they should."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from core.models import HolidayZone
from tests.core.factories import HolidayZoneFactory
from tests.strictness import OURS


def write(request):
    HolidayZoneFactory(code="essai")
    return HttpResponse("fait")


write.login_required = False
urlpatterns = [path("ecrire", write)]


def rendered(source: str, name: str = f"{OURS}/essai.html") -> str:
    template = engines["django"].from_string(source)
    template.template.origin.name = name
    return template.render({})


def test_printing_an_undefined_variable_fails_in_our_templates():
    with pytest.raises(pytest.fail.Exception, match=r"undefined variable \{\{ missing \}\}"):
        rendered("{{ missing }}")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if missing %}a{% else %}b{% endif %}", "b"),
        ("{% firstof missing 'b' %}", "b"),
        ("{{ missing|default:'b' }}", "b"),
    ],
)
def test_a_template_that_says_what_happens_without_it_is_fine(source, text):
    assert rendered(source) == text


def test_the_templates_of_libraries_are_left_alone():
    assert rendered("[{{ missing }}]", name="/site-packages/x.html") == "[]"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_get_that_writes_fails_and_a_post_may_write(client):
    with pytest.raises(pytest.fail.Exception, match="a GET wrote: INSERT INTO"):
        client.get("/ecrire")
    assert HolidayZone.objects.count() == 0
    assert client.post("/ecrire").content == b"fait"
    assert HolidayZone.objects.count() == 1
