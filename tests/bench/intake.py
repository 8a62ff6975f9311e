"""Forms of the public that two web workers accept per second, on PostgreSQL and on SQLite, against a bare Django view
without any guard, and against the same one with protection token, point's token and rate limit.

Then what must never be lost nor doubled: resends, kill -9 in the middle, 200 tablets that come back at once. `rows` is
run in the environment of the application, in a process of its own.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.intake_client import (
    CRITERIA,
    Answer,
    Filled,
    Server,
    fill,
    insist,
    killed_while,
    protection,
    protections,
    send_all,
    served,
    tablet,
)
from tests.services import ROOT, create_database

POINTS, NETWORKS, TABLETS, HELD = 40, 50, 200, 10
ROUNDS, FORMS = 3, 1_500
RESENT, SENDINGS = 3_000, 3
KILLS, KILLED_FORMS = 10, 3_000
ACCEPTED = {200, 302}


def measure(directory: Path, server_url: str) -> str:
    """Two tables in Markdown: rates against the bare view, and what the storms left."""
    rates, storms = [], []
    for name, url in (
        ("PostgreSQL", create_database(server_url, "bench_intake")),
        ("SQLite", f"sqlite:///{directory / 'intake.sqlite3'}"),
    ):
        environment = _environment(directory, url)
        tokens = _prepare(environment)
        print(f"… {name} : débit", file=sys.stderr, flush=True)
        rates += _rates(name, directory, environment, tokens)
        print(_table(RATE_HEAD, rates[-1:]), file=sys.stderr, flush=True)
        print(f"… {name} : renvois, arrêts, tablettes", file=sys.stderr, flush=True)
        storms += _storms(name, directory, environment, tokens)
    return f"{_table(RATE_HEAD, rates)}\n\n{_table(STORM_HEAD, storms)}\n"


RATE_HEAD = ("", "formulaires/s", "p50", "p99", "vue nue/s", "rapport", "vue nue protégée/s", "rapport")
STORM_HEAD = ("", "formulaires", "envois acceptés", "en base", "perdus", "en double", "durée")


def _environment(directory: Path, url: str) -> dict[str, str]:
    fixed = {
        "DJANGO_SETTINGS_MODULE": "qualepref.settings", "VAR_DIR": str(directory), "DATABASE_URL": url, "REDIS_URL": "",
        "SECRET_KEY": "mesures", "TESTING": "1", "TRUSTED_PROXIES": "1", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    return os.environ | fixed


def _prepare(environment: Mapping[str, str]) -> list[str]:
    """The tables of both applications, and the tokens of the points of an open survey."""
    _run(environment, "manage.py", "migrate", "--noinput", "-v0")
    subprocess.run([sys.executable, "-m", "tests.bench.bare"], cwd=ROOT, env=environment, check=True)
    return _rows(environment, "prepare")


def _rows(environment: Mapping[str, str], verb: str):
    out = _run(environment, "-c", f"from tests.bench.intake import rows; rows({verb!r})")
    return json.loads(out)


def _run(environment: Mapping[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, capture_output=True)
    return done.stdout.decode()


def _page(token: str) -> str:
    return f"/enquetes/borne/{token}/"


def _pages(tokens: Sequence[str]) -> list[str]:
    return [_page(token) for token in tokens]


def _filled(pages: Sequence[str], count: int) -> list[Filled]:
    return [fill(pages[n % len(pages)], f"192.0.{n % NETWORKS}.7", seed=n) for n in range(count)]


def _rates(name: str, directory: Path, environment: Mapping[str, str], tokens: list[str]) -> list[tuple]:
    """Rounds of the application and of the two references in turn, so that a busy machine weighs on all."""
    state = f"{_page(tokens[0])}etat"
    guarded = {**environment, "BARE_GUARDED": "1"}
    with (
        served("qualepref.wsgi", environment, directory, ready=state) as ours,
        served("tests.bench.bare", environment, directory, ready="/pret") as bare,
        served("tests.bench.bare", guarded, directory, ready="/pret") as kept,
    ):
        sides = [
            (ours, _pages(tokens), protections(ours.port, _pages(tokens))),
            (bare, ["/"], {}),
            (kept, [f"/porte/porte-{number}/" for number in range(POINTS)], protection(kept.port, "/pret")),
        ]
        for server, pages, headers in sides:
            _round(server, _filled(pages, 200), headers)
        rounds = [
            [_round(server, _filled(pages, FORMS), headers) for server, pages, headers in sides] for _ in range(ROUNDS)
        ]
    rates = [statistics.median(turn[side][0] for turn in rounds) for side in range(len(sides))]
    times = sorted(seconds for turn in rounds for seconds in turn[0][1])
    against = [cell for rate in rates[1:] for cell in (f"{rate:.0f}", f"**{rates[0] / rate:.2f}**")]
    return [(name, f"{rates[0]:.0f}", _ms(times, 0.5), _ms(times, 0.99), *against)]


def _round(server: Server, forms: list[Filled], headers: Mapping[str, str]) -> tuple[float, list[float]]:
    started = time.perf_counter()
    answers = send_all(server.port, forms, headers)
    seconds = time.perf_counter() - started
    _require_accepted(answers)
    return len(forms) / seconds, [answer.seconds for answer in answers]


def _require_accepted(answers: Sequence[Answer]) -> None:
    refused = [answer.status for answer in answers if answer.status not in ACCEPTED]
    if refused:
        raise RuntimeError(f"{len(refused)} forms refused: {sorted(set(refused))}")


def _storms(name: str, directory: Path, environment: Mapping[str, str], tokens: list[str]) -> list[tuple]:
    ready = f"{_page(tokens[0])}etat"
    found = []
    with served("qualepref.wsgi", environment, directory, ready=ready) as server:
        for label, storm in (("renvois", _resent), ("kill -9", _killed), ("200 tablettes", _tablets)):
            _rows(environment, "clear")
            started = time.perf_counter()
            forms, accepted = storm(server, tokens, ready)
            seconds = time.perf_counter() - started
            found.append((f"{name}, {label}", *_balance(environment, forms, accepted), f"{seconds:.0f} s"))
            print(_table(STORM_HEAD, found[-1:]), file=sys.stderr, flush=True)
    return found


def _balance(environment: Mapping[str, str], forms: list[Filled], accepted: int) -> tuple:
    keys = _rows(environment, "keys")
    sent = {form.key for form in forms}
    return len(forms), accepted, len(keys), len(sent - set(keys)), len(keys) - len(set(keys))


def _resent(server: Server, tokens: list[str], ready: str) -> tuple[list[Filled], int]:
    """Every form sent several times, in any order."""
    forms = _filled(_pages(tokens), RESENT)
    storm = forms * SENDINGS
    random.Random(1).shuffle(storm)
    answers = send_all(server.port, storm, protections(server.port, _pages(tokens)))
    return forms, sum(answer.status in ACCEPTED for answer in answers)


def _killed(server: Server, tokens: list[str], ready: str) -> tuple[list[Filled], int]:
    """Clients that insist while the server is killed and started again."""
    forms = _filled(_pages(tokens), KILLED_FORMS)
    headers = protections(server.port, _pages(tokens))
    until = time.monotonic() + 600

    def work() -> int:
        with ThreadPoolExecutor(8) as pool:
            return sum(pool.map(lambda form: insist(server.port, form, headers, until=until), forms))

    return forms, killed_while(server, work, times=KILLS, every=0.7)


def _tablets(server: Server, tokens: list[str], ready: str) -> tuple[list[Filled], int]:
    """Tablets that held a day of answers and find the network again in the same second."""
    until = time.monotonic() + 600
    held = [
        [fill(_page(tokens[n % POINTS]), f"192.0.{n % NETWORKS}.7", seed=n * HELD + m) for m in range(HELD)]
        for n in range(TABLETS)
    ]
    with ThreadPoolExecutor(TABLETS) as pool:
        accepted = sum(pool.map(lambda forms: tablet(server.port, ready, forms, until=until), held))
    return [form for forms in held for form in forms], accepted


def _ms(times: list[float], share: float) -> str:
    return f"{times[min(int(len(times) * share), len(times) - 1)] * 1000:.1f} ms"


def _table(head: Sequence[str], rows: Sequence[Sequence]) -> str:
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def rows(verb: str) -> None:
    """In the environment of the application: prepare a survey, clear its forms, or print the keys received."""
    import django

    django.setup()
    from core.models import RateLimit
    from surveys.models import Response

    if verb == "prepare":
        json.dump(_prepared(), sys.stdout)
    elif verb == "clear":
        Response.objects.all()._raw_delete("default")  # test data: no history to keep
        RateLimit.objects.all().delete()
        json.dump({}, sys.stdout)
    else:
        json.dump([str(key) for key in Response.objects.values_list("key", flat=True)], sys.stdout)


def _prepared() -> list[str]:
    from datetime import timedelta

    from django.utils import timezone

    from tests.surveys import factories as make

    today = timezone.localdate()
    questionnaire = make.QuestionnaireFactory(frozen_at=timezone.now())
    for number in range(CRITERIA):
        make.QuestionFactory(questionnaire=questionnaire, code=f"critere-{number}", position=number)
    make.QuestionFactory(questionnaire=questionnaire, code="suggestions", kind="text", position=99)
    campaign = make.SurveyCampaignFactory(
        questionnaire=questionnaire, starts_on=today - timedelta(2), ends_on=today + timedelta(2)
    )
    points = make.CollectionPointFactory.create_batch(POINTS, campaign=campaign, channel="tablet")
    return [point.token for point in points]
