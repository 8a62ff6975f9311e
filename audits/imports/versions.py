"""Versions of documents as registers write them: « V3 du 01/03/2025 » tells a version and its day."""

import re
from datetime import date

from audits.imports.periods import span_of
from core.importing.tables.table_import import Entered

_AND_DAY = re.compile(
    r"(?P<version>.+?)(?:\s+du|\s*[–—-]|\s*[(/\n]|,)\s*(?P<day>\d{1,2}[/.-]\d.*?|\d{1,2}.*\d{4}|\w+ \d{4})\)?"
)


def part_version(entry: Entered) -> None:
    """Tell the version of a line and its day apart; a day alone under « Version » is that day."""
    values = entry.values
    if "version" not in values or entry.row.has_own("version_on"):
        return
    if isinstance(value := entry.row.value("version"), date):
        del values["version"]
        values["version_on"] = value
    elif (told := _AND_DAY.fullmatch(values["version"])) and (span := span_of(told["day"])):
        values["version"], values["version_on"] = told["version"].strip(), span[0]
