"""The list of 2,000 actions as a file, against bare libraries that write the same cells, in one process.

Run by tests/bench/run.py on the database that tests/bench/plans.py filled.
"""

import csv
import io
import json
import sys
from datetime import datetime

from tests.bench.timing import median_ms


def measure(client) -> list[dict]:
    """One row per format: milliseconds of the whole request, those of the bare library, queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    def file(code: str) -> bytes:
        response = client.get(f"{reverse('actions:actions')}?format={code}")
        content = b"".join(response.streaming_content)
        response.close()
        return content

    with CaptureQueriesContext(connection) as queries:
        text = file("csv").decode("utf-8-sig")
    count = len(queries)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    bare = {"csv": bare_csv, "xlsx": styled_openpyxl, "ods": styled_openpyxl}
    return [
        {
            "name": f"{code.upper()}, {len(rows) - 1} actions × {len(rows[0])} colonnes", "status": 200,
            "queries": count, "ms": median_ms(lambda code=code: file(code), rounds=7, warm_up=1),
            "raw_ms": median_ms(lambda code=code: bare[code](rows), rounds=7, warm_up=1),
        }
        for code in bare
    ]  # fmt: skip


def bare_csv(rows: list[list[str]]) -> None:
    csv.writer(io.StringIO(), delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)


def styled_openpyxl(rows: list[list[str]]) -> None:
    """The workbook that the application writes: bold frozen head, filters, widths, days as days."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    left = Alignment(horizontal="left")
    for row in rows:
        sheet.append([day_of(text) or text or None for text in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = 20
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.number_format, cell.alignment = "dd/mm/yyyy", left
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    book.save(io.BytesIO())


def day_of(text: str) -> datetime | None:
    """The day that a cell of the CSV tells."""
    is_day = len(text) == 10 and text[2] == text[5] == "/"
    return datetime.strptime(text, "%d/%m/%Y") if is_day else None


def main() -> None:
    import django

    django.setup()
    from django.test import Client

    from tests.bench.plans import fill

    client = Client(SERVER_NAME="localhost")
    client.force_login(fill()["user"])
    json.dump(measure(client), sys.stdout)


if __name__ == "__main__":
    main()
