"""A real IMAP server (Dovecot) for the time of a test: one user, mails appended as a mail transfer agent would."""

import contextlib
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, PASSWORD = "reclamations", "un-secret-de-test"
CONFIG = """
base_dir = {root}/run
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{root}/mail
first_valid_uid = 1
{people}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home
}}
"""


@dataclass
class ImapServer:
    """Where it listens, and the mailbox of its user."""

    port: int

    def append(self, content: bytes) -> None:
        with self.connection() as mailbox:
            mailbox.append("INBOX", "", imaplib.Time2Internaldate(time.time()), content)

    @contextlib.contextmanager
    def connection(self) -> Iterator[imaplib.IMAP4]:
        mailbox = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        mailbox.login(USER, PASSWORD)
        mailbox.select("INBOX")
        try:
            yield mailbox
        finally:
            mailbox.logout()

    def count(self) -> int:
        """How many messages stay in the mailbox."""
        with self.connection() as mailbox:
            return len(mailbox.search(None, "ALL")[1][0].split())


@contextlib.contextmanager
def imap_server(root: Path) -> Iterator[ImapServer]:
    """Dovecot on a free port, its files under `root`."""
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    own = "" if os.getuid() == 0 else f"default_internal_user = {owner.pw_name}\ndefault_login_user = {owner.pw_name}"
    port = _free_port()
    for name in ("mail", "home", "run"):
        (root / name).mkdir(parents=True)
        if os.getuid() == 0 and name != "run":
            os.chown(root / name, owner.pw_uid, owner.pw_gid)
    for folder in (root, *root.parents):
        with contextlib.suppress(PermissionError):
            if folder != Path("/") and folder.stat().st_uid == os.getuid():
                folder.chmod(folder.stat().st_mode | 0o055)
    config = root / "dovecot.conf"
    values = {"uid": owner.pw_uid, "gid": owner.pw_gid, "port": port, "people": own, "password": PASSWORD}
    config.write_text(CONFIG.format(root=root, **values))
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)])
    try:
        _wait(port, process, root / "log")
        yield ImapServer(port)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(log.read_text() if log.exists() else "Dovecot did not start")
