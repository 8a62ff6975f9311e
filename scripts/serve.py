"""`make run` and `make dev`: prepare the database and static files, then serve with one worker until Ctrl-C."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
LOCAL = {"127.0.0.1", "0.0.0.0"}  # noqa: S104 - compared, not bound
ADDRESS = f"http://{'localhost' if HOST in LOCAL else HOST}:{PORT}"
UNUSED_DSFR = [f"dsfr/dist/{name}" for name in ("analytics", "component", "core", "layout", "legacy", "scheme")]
START_LIMIT = 60


def main() -> int:
    is_dev = "--dev" in sys.argv[1:]
    os.chdir(ROOT)
    os.environ["SITE_URL"] = ADDRESS
    if is_dev:
        os.environ["DEBUG"] = "1"
    if port_is_taken():
        return fail(f"Le port {PORT} est déjà pris. Choisissez-en un autre : PORT=8001 make run")
    VAR.mkdir(parents=True, exist_ok=True)
    for name in ("SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), lambda *_: sys.exit(0))
    try:
        prepare(with_static=not is_dev)
        return serve(is_dev=is_dev)
    except KeyboardInterrupt:
        return 0
    except subprocess.CalledProcessError as error:
        return fail(f"Arrêt : « {' '.join(map(str, error.cmd))} » a échoué.")


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def port_is_taken() -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, PORT)) == 0


def prepare(*, with_static: bool) -> None:
    """Static files, migrations and demonstration, each skipped while its inputs are those of the last start."""
    if with_static:
        inputs = [*ROOT.glob("static/**/*"), ROOT / "requirements.txt"]
        step("static", inputs, "collectstatic", "--noinput", "-v0", *(f"-i={name}" for name in UNUSED_DSFR))
    is_new = not has_database()
    step("migrations", ROOT.glob("*/migrations/*.py"), "migrate", "--noinput", "-v0", always=is_new)
    if os.environ.get("DEMO") == "1":
        step("demo", [], "load_demo", "--if-empty", always=is_new)


def has_database() -> bool:
    """Whether the default SQLite file is there; with DATABASE_URL the migrations always run."""
    return not os.environ.get("DATABASE_URL") and (VAR / "qualepref.sqlite3").exists()


def step(name: str, inputs, *command: str, always: bool = False) -> None:
    """Run a management command unless its inputs have not changed since it last succeeded."""
    stamp = VAR / f".{name}.stamp"
    digest = hashlib.sha256()
    for path in sorted(inputs):
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    if not always and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    started = time.monotonic()
    print(f"Préparation : {command[0]}…", flush=True)
    stamp.unlink(missing_ok=True)
    subprocess.run([PYTHON, "manage.py", *command], check=True)
    stamp.write_text(digest.hexdigest())
    print(f"  fait en {time.monotonic() - started:.0f} s", flush=True)


def serve(*, is_dev: bool) -> int:
    """Start web and worker, print where to go, and wait; whichever ends first ends the other."""
    if is_dev:
        web = [PYTHON, "manage.py", "runserver", f"{HOST}:{PORT}"]
    else:
        web = [PYTHON, "-m", "gunicorn", "qualepref.wsgi", "--bind", f"{HOST}:{PORT}", "--workers", "2"]
        web += ["--no-control-socket", "--log-level", "warning", "--timeout", "60"]
    with ExitStack() as stack:
        children = [stack.enter_context(running(web)), stack.enter_context(running([PYTHON, "manage.py", "work"]))]
        if not wait_for_health(children):
            return fail("Le serveur n’a pas démarré : voir les messages ci-dessus.")
        print_welcome()
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return fail("Un des deux processus s’est arrêté : voir les messages ci-dessus.")


@contextmanager
def running(command: list[str]):
    """A child in a session of its own, so that Ctrl-C reaches us alone and we stop it in order."""
    child = subprocess.Popen(command, start_new_session=True)
    try:
        yield child
    finally:
        stop(child)


def stop(child: subprocess.Popen) -> None:
    """Ask the whole group to end, then insist."""
    for signum, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        if child.poll() is not None:
            return
        os.killpg(child.pid, signum)
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            continue


def wait_for_health(children: list[subprocess.Popen]) -> bool:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{PORT}/sante", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def print_welcome() -> None:
    print(f"\n  Démarche qualité : {ADDRESS}\n", flush=True)
    if os.environ.get("DEMO") == "1":
        subprocess.run([PYTHON, "manage.py", "load_demo", "--accounts"], check=True)
    print("\n  Ctrl-C arrête le serveur.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
