"""Completing referentials and choosing the perimeter of a site."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.base.errors import UserError
from organisations.enums import Role
from referential.models import Correspondence, Engagement, Module, Perimeter
from referential.scope import decides
from referential.services import perimeters, texts
from tests.organisations.factories import (
    PrefectureFactory,
    ServiceFactory,
    SousPrefectureFactory,
    UserFactory,
    user_with,
)
from tests.referential.factories import (
    CorrespondenceFactory,
    EngagementFactory,
    ModuleFactory,
    PerimeterFactory,
    ReferentialFactory,
)

pytestmark = pytest.mark.django_db
START = date(2020, 2, 11)


def refusal(call, *args, **kwargs) -> tuple[str, str | None]:
    with pytest.raises(UserError) as refused:
        call(*args, **kwargs)
    return refused.value.message, refused.value.field


def test_a_referential_is_edited_by_who_has_the_right_on_a_whole_prefecture():
    site = SousPrefectureFactory()
    assert decides(user_with(Role.QUALITY_REFERENT, site.parent))
    assert not decides(user_with(Role.QUALITY_REFERENT, site))
    assert not decides(user_with(Role.MANAGEMENT, site.parent))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"code": "2", "title": "Intitulé"}, "E2 – Intitulé"),
        ({"code": "17", "subject": "délais"}, "E17 – à compléter (délais)"),
        ({"code": "12"}, "E12 – à compléter"),
        ({"code": "bilan annuel", "title": "Bilan annuel"}, "bilan annuel – Bilan annuel"),
    ],
)
def test_an_engagement_is_named_by_its_number_and_what_is_known(fields, name):
    assert str(EngagementFactory(**({"title": ""} | fields))) == name


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"code": "4", "title": "Relations"}, "Module 4 – Relations"),
        ({"code": "5", "title": ""}, "Module 5 – à compléter"),
        ({"code": "pilotage", "title": "Pilotage"}, "Pilotage"),
    ],
)
def test_a_module_is_named_by_its_number_or_by_its_title(fields, name):
    assert str(ModuleFactory(**fields)) == name


def test_completing_a_title_keeps_who_and_why():
    person, engagement = UserFactory(), EngagementFactory(title="")
    texts.edit_engagement(engagement, by=person, reason="Lu dans le texte", title="L’intitulé")
    assert not Engagement.objects.to_complete().exists()
    last = engagement.history.first()
    assert (last.title, last.history_user, last.history_change_reason) == ("L’intitulé", person, "Lu dans le texte")


def test_modules_and_engagements_are_added_after_the_others_and_once():
    referential = ReferentialFactory()
    modules = [texts.add_module(referential, code=code, by=None) for code in ("1", "pilotage")]
    rows = [texts.add_engagement(modules[0], code=code, by=None) for code in ("1", "2")]
    assert [row.position for row in (*modules, *rows)] == [1, 2, 1, 2]
    assert refusal(texts.add_module, referential, code="1", by=None) == (
        "Ce référentiel a déjà un module « 1 ».",
        "code",
    )
    assert refusal(texts.add_engagement, modules[0], code="2", by=None) == (
        "Ce module a déjà un engagement « 2 ».",
        "code",
    )
    assert texts.edit_module(modules[0], title="Accueil", by=None) == Module.objects.get(title="Accueil")


def test_the_dates_of_a_referential_are_in_order():
    referential = ReferentialFactory()
    assert refusal(
        texts.edit_referential, referential, in_force_from=START, in_force_until=date(2019, 1, 1), by=None
    ) == (
        "La fin ne peut pas précéder le début.",
        "in_force_until",
    )
    assert texts.edit_referential(referential, in_force_from=START, in_force_until=None, by=None).in_force_from == START


def test_a_correspondence_relates_two_versions_once():
    old, new = EngagementFactory(), EngagementFactory()
    row = texts.relate(old=old, new=new, note="Téléphone", by=None)
    assert refusal(texts.relate, old=old, new=new, by=None) == ("Cette correspondance existe déjà.", "new")
    sibling = EngagementFactory(module=old.module)
    assert refusal(texts.relate, old=old, new=sibling, by=None) == (
        "Une correspondance relie deux référentiels différents.", "new",
    )  # fmt: skip
    texts.unrelate(row, by=None)
    assert not Correspondence.objects.exists()


def test_a_site_retains_modules_between_two_days():
    site, modules = PrefectureFactory(), [ModuleFactory(), ModuleFactory()]
    perimeters.retain(site=site, modules=modules, valid_from=START, by=None)
    assert list(Perimeter.objects.in_force(START).values_list("module", flat=True)) == [row.pk for row in modules]
    assert not Perimeter.objects.in_force(date(2020, 2, 10)).exists()


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            (date(2021, 1, 1), None),
            "« Module 4 – Relations » est déjà retenu depuis le 11/02/2020 jusqu’au 31/12/2021.",
        ),
        (
            (date(2019, 1, 1), START),
            "« Module 4 – Relations » est déjà retenu depuis le 11/02/2020 jusqu’au 31/12/2021.",
        ),
        ((date(2022, 1, 1), None), None),
        ((date(2019, 1, 1), date(2020, 2, 10)), None),
    ],
)
def test_the_same_module_is_not_retained_twice_on_the_same_days(dates, expected):
    row = PerimeterFactory(
        module=ModuleFactory(code="4", title="Relations"), valid_from=START, valid_until=date(2021, 12, 31)
    )
    wanted = {"site": row.site, "modules": [row.module], "valid_from": dates[0], "valid_until": dates[1], "by": None}
    if expected is None:
        assert len(perimeters.retain(**wanted)) == 1
    else:
        assert refusal(perimeters.retain, **wanted) == (expected, "modules")


def test_a_perimeter_needs_a_site_a_module_and_dates_in_order():
    module = ModuleFactory()
    site = PrefectureFactory()
    assert refusal(perimeters.retain, site=site, modules=[], valid_from=START, by=None)[1] == "modules"
    assert refusal(perimeters.retain, site=ServiceFactory(), modules=[module], valid_from=START, by=None)[0] == (
        "Un périmètre se choisit pour une préfecture ou une sous-préfecture."
    )
    row = PerimeterFactory(site=site, module=module)
    assert refusal(perimeters.change_dates, row, valid_from=START, valid_until=date(2019, 1, 1), by=None)[1] == (
        "valid_until"
    )


def test_the_dates_of_a_perimeter_change_and_a_mistake_is_taken_back():
    row = PerimeterFactory()
    perimeters.change_dates(row, valid_from=START, valid_until=date(2022, 1, 1), by=None)
    assert Perimeter.objects.get().valid_until == date(2022, 1, 1)
    perimeters.remove(row, by=None, reason="Erreur")
    assert not Perimeter.objects.exists()


def test_the_database_refuses_a_correspondence_with_itself():
    engagement = EngagementFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrespondenceFactory(old=engagement, new=engagement)
