"""A good file rewritten: columns renamed, moved, hidden, headings lower, another encoding: the same or a question."""

import csv
import io
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.imports.conftest import COURTESY, WAITING, answers, planned

HEAD = ["N°", "Date", COURTESY, WAITING, "Avez-vous des suggestions pour améliorer notre accueil ?"]
ROWS = [
    ["1", "13/09/2021", "Très satisfait", "Peu satisfait", "Plus de chaises dans la salle"],
    ["2", "14/09/2021", "Satisfait", "Pas du tout satisfait", ""],
    ["3", "15/09/2021", "Non concerné", "Satisfait", "Merci à toute votre équipe"],
]
RENAMED = {
    COURTESY: ["Satisfaction : " + COURTESY, "La courtoisie", "Amabilité", "Q1", "Courtesy of the staff"],
    WAITING: ["Délai d’attente", f"Votre avis [{WAITING}]", "Attente au guichet", "Q2", "Waiting time"],
    HEAD[4]: ["Suggestions", "Vos remarques", "Comments"],
    "Date": ["Horodateur", "Date de saisie", "Quand ?"],
    "N°": ["ID de la réponse", "Numéro", "Ligne"],
}
ENGLISH = {"Très satisfait": "Very satisfied", "Satisfait": "Satisfied", "Peu satisfait": "Not very satisfied",
           "Pas du tout satisfait": "Not at all satisfied", "Non concerné": "Does not apply to me"}  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_a_rewritten_file_gives_the_same_answers_or_a_question(campaign, tmp_path, seed):
    drawing = random.Random(seed)
    expected = [set(_told(form)) for form in answers(_planned(campaign, tmp_path, [HEAD, *ROWS], "utf-8"))]
    plan = _planned(campaign, tmp_path, _rewritten(drawing), drawing.choice(["utf-8", "cp1252", "utf-16", "utf-8-sig"]))
    counts = plan.accounts.counts
    assert counts["filled"] == counts["read"] + counts["left_out"] + counts["asked"]
    if plan.open_asks or plan.errors:
        return
    for form, wanted in zip(answers(plan), expected, strict=True):
        found = set(_told(form))
        assert found <= wanted
        assert {code for code, _answer in wanted - found} <= _hidden_codes(plan)


def _planned(campaign, tmp_path, rows, encoding):
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows(rows)
    path = tmp_path / "enquete.csv"
    path.write_bytes(content.getvalue().encode(encoding))
    return planned(campaign, path)


def _rewritten(drawing):
    """The file with some columns renamed, all moved, one hidden, a title above, its answers in English or not."""
    columns = [[heading, *(row[rank] for row in ROWS)] for rank, heading in enumerate(HEAD)]
    for column in columns:
        if drawing.random() < 0.4:
            column[0] = drawing.choice(RENAMED[column[0]])
    if drawing.random() < 0.3:
        columns = [[column[0], *(ENGLISH.get(cell, cell) for cell in column[1:])] for column in columns]
    drawing.shuffle(columns)
    if drawing.random() < 0.3:
        columns.pop()
    lines = [list(line) for line in zip(*columns, strict=True)]
    above = [["Enquête de satisfaction 2021"], []] if drawing.random() < 0.5 else []
    return [*above, *lines]


def _told(form):
    return {(code, str(answer)) for code, answer in form.items()}


def _hidden_codes(plan):
    """The questions that no column of the file holds."""
    held = {column.code for table in plan.layout.tables for column in table.columns}
    return {"courtoisie", "attente", "suggestions"} - held
