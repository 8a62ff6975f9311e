"""Checks of a list page that every app calls: constant queries, exports that answer, an empty page that helps."""

from collections.abc import Callable

from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core.sheets.writing import FORMATS
from core.sheets.writing.cells import cell_of


def check_list_page(client, url: str, make: Callable[[], object], queries: int) -> None:
    """The same literal number of queries with 1 and with 3 more rows; `make()` adds one row the client's user sees."""
    if client.get(url).context_data["count"] == 0:
        check_empty_page(client, url)
    make()
    first, first_file = query_count(client, url), file_query_count(client, url)
    make()
    make()
    assert (first, query_count(client, url)) == (queries, queries)
    assert file_query_count(client, url) == first_file
    check_exports(client, url)


def check_empty_page(client, url: str) -> None:
    """An empty list says so, and says what to do."""
    response = client.get(url)
    empty = response.context_data["empty"]
    assert escape(empty["title"]) in response.text
    assert empty["text"] or empty["url"], "the empty list does not say what to do"


def check_exports(client, url: str) -> None:
    """Each format holds as many rows as the list counts, under a name with the day; cells are those of its objects."""
    context = client.get(url).context_data
    count, table = context["count"], context["table"]
    values = _cells(table)
    table.data.data = table.data.data.distinct()  # read from objects
    assert sorted(map(str, _cells(table))) == sorted(map(str, values))  # ties fall as the database likes
    for code in FORMATS:
        response = client.get(file_url(url, code))
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].endswith(f'.{code}"')
        content = b"".join(response.streaming_content)
        if code == "csv":
            assert content.decode("utf-8-sig").count('"\r\n') == count + 1


def _cells(table) -> list[list]:
    return [[cell_of(value) for value in row] for row in table.export_rows()]


def file_url(url: str, code: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}format={code}"


def file_query_count(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        b"".join(client.get(file_url(url, "csv")).streaming_content)
    return len(queries)


def query_count(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries)


def downloaded(answer) -> bytes:
    """The content of a file's answer made by hand, closed as Django's test client does: the database stays open."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
    return content
