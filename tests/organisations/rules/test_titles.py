"""Roles named in documents."""

import pytest

from organisations.enums import Role
from organisations.rules.titles import person_label, role_named


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("RQ", Role.QUALITY_REFERENT),
        ("rq", Role.QUALITY_REFERENT),
        ("R.Q.", Role.QUALITY_REFERENT),
        ("Référent  Qualité", Role.QUALITY_REFERENT),
        ("referente qualite (RQ)", Role.QUALITY_REFERENT),
        ("RQ titulaire", Role.QUALITY_REFERENT),
        ("RQ suppléant", Role.DEPUTY_REFERENT),
        ("Référente qualité adjointe", Role.DEPUTY_REFERENT),
        ("RQ/DLP", None),
        ("Référent fraude", None),
        ("qualité", None),
        ("", None),
    ],
)
def test_the_words_that_name_a_referent(words, role):
    assert role_named(words) == role


def test_who_is_named_by_role_keeps_the_words_of_the_document():
    assert person_label("Claire Fabre", "RQ") == "RQ"
    assert person_label("Claire Fabre", "FABRE Claire") == "Claire Fabre"
