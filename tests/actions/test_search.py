"""Search on PostgreSQL: the index of trigrams is the one that its comparison asks for."""

import pytest
from django.db import connection

from actions.models import Action, Finding
from core.base.french import folded


@pytest.mark.skipif(connection.vendor != "postgresql", reason="an index of PostgreSQL")
@pytest.mark.parametrize(("model", "index"), [(Action, "action_text_searched"), (Finding, "finding_text_searched")])
def test_the_texts_that_search_compares_are_read_by_their_index(db, model, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = model.objects.order_by().filter(text__folded__contains=folded("Réclamation")).explain()
    assert index in plan
