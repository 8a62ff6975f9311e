"""The file that the offline grid sends back: checked line by line, refused in one sentence."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from core.base.errors import UserError
from surveys.kit.page import FORMAT, VERSION
from surveys.models import Campaign, PlannedTest, Scenario
from surveys.rules.answers import as_text
from surveys.services.mystery import LONGEST_TESTER, Test

LARGEST = 1_000_000  # bytes: about a thousand tests
MOST_TESTS = 1_000
LONGEST_TEST = 24 * 3600  # seconds: a test of a day is an error


def read_tests(campaign: Campaign, data: bytes, *, name: str) -> list[Test]:
    """The tests of a file, ready for `services.mystery.record_all`. UserError names the file and the test."""
    content = _content(data, name)
    if content.get("campaign") != campaign.code:
        raise UserError(
            f"« {name} » vient d’une autre campagne : choisissez le fichier de « {campaign.title} ».", field="file"
        )
    rows = content.get("tests")
    if not isinstance(rows, list) or len(rows) > MOST_TESTS:
        raise UserError(f"« {name} » ne contient pas de tests lisibles.", field="file")
    if not rows:
        raise UserError(f"« {name} » ne contient aucun test.", field="file")
    scenarios = {row.pk: row for row in Scenario.objects.filter(campaign=campaign)}
    planned = {row.pk: row for row in PlannedTest.objects.filter(campaign=campaign).select_related("scenario")}
    return [_test(row, f"« {name} », test {rank}", scenarios, planned) for rank, row in enumerate(rows, start=1)]


def _content(data: bytes, name: str) -> Mapping[str, Any]:
    if len(data) > LARGEST:
        raise UserError(f"« {name} » est trop gros pour une grille : 1 Mo au plus.", field="file")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"« {name} » n’est pas le fichier que produit la grille hors ligne.", field="file") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT or content.get("version") != VERSION:
        raise UserError(f"« {name} » n’est pas le fichier que produit la grille hors ligne.", field="file")
    return content


def _test(row: Any, where: str, scenarios: dict[int, Scenario], planned: dict[int, PlannedTest]) -> Test:
    if not isinstance(row, dict) or not isinstance(row.get("answers"), dict):
        raise UserError(f"{where} : il n’est pas lisible.", field="file")
    if not any(row["answers"].values()):
        raise UserError(f"{where} : il n’a aucune réponse.", field="file")
    plan = _known(row.get("planned"), planned, f"{where} : le test prévu n’est pas de cette campagne.")
    scenario = _known(row.get("scenario"), scenarios, f"{where} : le scénario n’est pas de cette campagne.")
    if plan is None and scenario is None:
        raise UserError(f"{where} : il ne dit pas quel scénario a été suivi.", field="file")
    return Test(
        key=_key(row, where),
        answers=row["answers"],
        made_on=_day(row, where),
        scenario=scenario,
        planned=plan,
        tester=as_text(str(row.get("tester") or ""))[:LONGEST_TESTER],
        duration=_duration(row, where),
        sent_at=_instant(row, "sent_at", where),
        replied_at=_instant(row, "replied_at", where),
    )


def _known(key: Any, rows: dict, message: str):
    if key in (None, ""):
        return None
    text = str(key)
    found = rows.get(int(text)) if text.isascii() and text.isdecimal() and len(text) < 19 else None
    if found is None:
        raise UserError(message, field="file")
    return found


def _key(row: Mapping, where: str) -> UUID:
    try:
        return UUID(str(row.get("key")))
    except ValueError as error:
        raise UserError(f"{where} : il n’a pas de clé d’unicité.", field="file") from error


def _day(row: Mapping, where: str) -> date:
    try:
        return date.fromisoformat(str(row.get("made_on")))
    except ValueError as error:
        raise UserError(f"{where} : sa date n’est pas lisible.", field="file") from error


def _instant(row: Mapping, name: str, where: str) -> datetime | None:
    """The hour of the investigator’s clock, taken as ours."""
    text = row.get(name)
    if text in (None, ""):
        return None
    try:
        found = datetime.fromisoformat(str(text))
        return found if timezone.is_aware(found) else timezone.make_aware(found)
    except (ValueError, OverflowError) as error:
        raise UserError(f"{where} : l’heure d’envoi ou de réponse n’est pas lisible.", field="file") from error


def _duration(row: Mapping, where: str) -> int | None:
    value = row.get("duration")
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_TEST:
        raise UserError(f"{where} : sa durée n’est pas un nombre de secondes.", field="file")
    return value
