"""What a grid amounts to: counted, complete or not, « aucun » said only where it is known."""

import pytest

from audits.terms.grids import tally


@pytest.mark.parametrize(
    ("results", "is_grid", "stated", "is_complete", "sentence"),
    [
        ([], True, [], False, "rien n’est encore saisi"),
        (["compliant", "strength"], True, [], True,
         "1 point fort, points sensibles : aucun, pistes de progrès : aucune, écarts : aucun"),
        (["compliant", "improvement", "improvement", ""], True, [], False, "2 pistes de progrès, 1 non vu"),
        (["improvement"] * 4, False, ["weakness"], False, "points sensibles : aucun, 4 pistes de progrès"),
        ([], True, ["weakness"], False, "points sensibles : aucun"),
        (["scored", "scored"], True, [], True, "2 notes"),
        (["scored", "weakness"], True, [], True,
         "1 note, points forts : aucun, 1 point sensible, pistes de progrès : aucune, écarts : aucun"),
        (["not_assessed", "nonconformity"], True, [], False, "1 écart, 1 non vu"),
    ],
)  # fmt: skip
def test_none_is_said_where_the_audit_says_it_or_is_complete(results, is_grid, stated, is_complete, sentence):
    found = tally(results, is_grid=is_grid)
    assert (found.is_complete, found.sentence(stated)) == (is_complete, sentence)


def test_the_counts_of_the_command():
    found = tally(["compliant", "compliant", "weakness", "not_applicable", "", "not_assessed"])
    assert found.as_json() == {
        "findings": {"strength": 0, "weakness": 1, "improvement": 0, "nonconformity": 0},
        "compliant": 2,
        "not_applicable": 1,
        "not_assessed": 2,
    }
