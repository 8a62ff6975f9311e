"""Clients of the public form and its server: real gunicorn workers, plain sockets, the protection token, resending."""

import contextlib
import json
import os
import random
import signal
import socket
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests import services

CRITERIA = 15
LEVELS = ("very_satisfied", "satisfied", "dissatisfied", "very_dissatisfied", "na")
PATIENCE_SECONDS = 20
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the server said, and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Filled:
    """A form to send to an address of the site, by somebody behind a network."""

    key: str
    path: str
    body: bytes
    network: str


def fill(path: str, network: str, *, key: str = "", seed: int | None = None) -> Filled:
    """A form of 15 criteria and a text, with a key of its own."""
    key, draw = key or str(uuid.uuid4()), random.Random(seed)
    fields = {f"q-critere-{number}": draw.choice(LEVELS) for number in range(CRITERIA)}
    fields |= {"cle": key, "langue": "fr", "q-suggestions": "Des sièges dans le hall, et une signalétique plus claire."}
    return Filled(key, path, urlencode(fields).encode(), network)


def ask(port: int, path: str, *, network: str = "127.0.0.1", body: bytes | None = None, **headers: str) -> Answer:
    """One request on a connection of its own, as a gunicorn sync worker serves them."""
    started = time.perf_counter()
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"X-Forwarded-For: {network}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    if body is not None:
        lines += [f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        while part := connection.recv(65_536):
            received += part
    head, _, content = received.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    if not first:
        raise ConnectionResetError("the server closed without an answer")
    found = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    return Answer(int(first.split(" ")[1]), found, content, time.perf_counter() - started)


Headers = Mapping[str, Any]  # of every page, or {page: its own}


def protection(port: int, state_path: str) -> dict[str, str]:
    """The headers of a fresh protection token, as the tablet asks for it before sending."""
    answer = ask(port, state_path)
    token = json.loads(answer.body)["token"]
    cookie = answer.headers.get("set-cookie", "")
    return {"Cookie": cookie.split(";")[0], "X_CSRFToken": token} if cookie else {"X_Form_Token": token}


def protections(port: int, pages: Iterable[str]) -> dict[str, dict[str, str]]:
    """The same for each page: a token is that of one point."""
    return {page: protection(port, f"{page}etat") for page in set(pages)}


def send(port: int, form: Filled, headers: Headers) -> Answer:
    return ask(port, form.path, network=form.network, body=form.body, **headers.get(form.path, headers))


def send_all(port: int, forms: Sequence[Filled], headers: Headers, *, clients: int = 8) -> list[Answer]:
    """Send every form once, so many at a time."""
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(lambda form: send(port, form, headers), forms))


def insist(port: int, form: Filled, headers: Headers, *, until: float) -> bool:
    """Send a form again and again, as a tablet does, until the server says that it has it; False when time is up."""
    delay = 0.05
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):
            if send(port, form, headers).status in {200, 302}:
                return True
        time.sleep(delay * (0.5 + random.random()))
        delay = min(delay * 2, 2)
    return False


def tablet(port: int, state_path: str, forms: Sequence[Filled], *, until: float) -> int:
    """A tablet that comes back: a fresh token, then its forms one after the other; how many got through."""
    headers: dict[str, str] = {}
    while not headers and time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError, KeyError):
            headers = protection(port, state_path)
    headers["Accept"] = "application/json"
    return sum(insist(port, form, headers, until=until) for form in forms)


@contextlib.contextmanager
def served(application: str, environment: Mapping[str, str], directory: Path, *, ready: str) -> Iterator["Server"]:
    """Two gunicorn workers on a port of their own; `Server.kill` takes them down at once and starts them again."""
    server = Server(application, environment, directory, ready)
    try:
        server.start()
        yield server
    finally:
        server.stop()


class Server:
    """A gunicorn that can be killed without warning."""

    def __init__(self, application: str, environment: Mapping[str, str], directory: Path, ready: str):
        self.application, self.environment, self.directory, self.ready = application, environment, directory, ready
        self.port = services.free_port()
        self._stack = contextlib.ExitStack()
        self.process = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", self.application, "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", "2", "--no-control-socket", "--log-level", "error", "--backlog", "2048"]
        log = self.directory / "web.log"
        self.process = self._stack.enter_context(services.process(command, log=log, environment=self.environment))
        services.wait_until(self._answers, seconds=60, child=self.process, log=log)

    def kill(self) -> None:
        """kill -9 of the master and its workers, in the middle of what they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self._stack.close()

    def _answers(self) -> bool:
        try:
            return ask(self.port, self.ready).status == 200
        except OSError:
            return False


def killed_while(server: Server, work: Callable[[], object], *, times: int, every: float) -> object:
    """The result of `work`, during which the server is killed and started again so many times."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work)
        for _ in range(times):
            time.sleep(every)
            server.kill()
            server.start()
        return running.result()
