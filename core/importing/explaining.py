"""How a file was read, as JSON that can be read, changed and given back (`--explain`, `--layout`)."""

import json
from pathlib import Path
from typing import Any

from core.base.errors import UserError
from core.importing.asks import Ask
from core.importing.layout import COLUMNS, ColumnRead, TableRead
from core.importing.plan import Plan
from core.sheets.reading.addresses import column_letters

LONGEST_FILE = 5_000_000  # bytes


def explained(plan: Plan) -> dict[str, Any]:
    """The tables with the role of each column, the words and what they become, every answer by its code."""
    return {
        "layout": {
            "facts": dict(plan.layout.facts),
            "signature": plan.layout.signature,
            "tables": [_table(table) for table in plan.layout.tables],
        },
        "words": [
            {"kind": word.kind, "text": word.text, "lines": word.lines, **_answer(word.ask)}
            for word in plan.words.table
        ],
        "answers": {ask.code: ask.value for ask in plan.all_asks if not ask.is_open},
        "open": [ask.as_json() | {"proposed": ask.proposed} for ask in plan.open_asks],
    }


def answers_in(path: Path) -> dict[str, str]:
    """The answers of a file written by `explained`, perhaps changed by hand since. UserError when it is none."""
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise UserError(f"« {path.name} » : ce fichier est trop long pour être une lecture.")
        answers = json.loads(path.read_text(encoding="utf-8"))["answers"]
    except OSError as error:
        raise UserError(f"« {path.name} » : le fichier ne peut pas être ouvert.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(f"« {path.name} » : ce n’est pas une lecture écrite par --explain.") from error
    if not isinstance(answers, dict) or not all(isinstance(value, str) for value in answers.values()):
        raise UserError(f"« {path.name} » : « answers » doit associer à chaque code une réponse entre guillemets.")
    return {code: value for code, value in answers.items() if value}


def _table(table: TableRead) -> dict[str, Any]:
    return {
        "name": table.name,
        "sheet": table.sheet,
        "headings": list(table.headings),
        "body": list(table.body),
        "axis": table.axis,
        "is_read": table.is_read,
        "asks": [{"code": ask.code, "question": ask.question, **_answer(ask)} for ask in table.asks],
        "columns": [_column(column, table) for column in table.columns],
    }


def _column(column: ColumnRead, table: TableRead) -> dict[str, Any]:
    name = column_letters(column.number) if table.axis == COLUMNS else str(column.number)
    settings = {ask.code.rpartition(":")[2]: ask.value for ask in column.settings}
    return {"column": name, "heading": column.heading, "evidence": column.evidence, "settings": settings} | {
        "role" if key == "value" else key: value for key, value in _answer(column.role).items()
    }


def _answer(ask: Ask) -> dict[str, str]:
    return {"value": ask.value, "label": ask.value_label, "source": ask.source.value}
