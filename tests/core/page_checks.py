"""Checks of a list page that every app calls: constant queries, exports that answer, an empty page that helps."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core.exports import FORMATS


def check_list_page(client, url: str, make: Callable[[], object], queries: int) -> None:
    """The same literal number of queries with 1 and with 3 more rows; `make()` adds one row the client's user sees."""
    if client.get(url).context_data["count"] == 0:
        check_empty_page(client, url)
    make()
    first = query_count(client, url)
    make()
    make()
    assert (first, query_count(client, url)) == (queries, queries)
    check_exports(client, url)


def check_empty_page(client, url: str) -> None:
    """An empty list says so, and says what to do."""
    response = client.get(url)
    empty = response.context_data["empty"]
    assert escape(empty["title"]) in response.text
    assert empty["text"] or empty["url"], "the empty list does not say what to do"


def check_exports(client, url: str) -> None:
    """Each format holds as many rows as the list counts, under a name with the day."""
    count = client.get(url).context_data["count"]
    separator = "&" if "?" in url else "?"
    for code in FORMATS:
        response = client.get(f"{url}{separator}format={code}")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].endswith(f'.{code}"')
        content = b"".join(response.streaming_content)
        if code == "csv":
            assert content.decode("utf-8-sig").count('"\r\n') == count + 1


def query_count(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries)
