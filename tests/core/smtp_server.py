"""A mail server for tests that accepts, refuses, or hangs up when told to."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator

ACCEPT, REFUSE, HANG_UP = "accept", "refuse", "hang up"


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps the text of what it took in `mails`; `mode` is what it does once it has read a message."""

    allow_reuse_address = True
    daemon_threads = True
    mode = ACCEPT

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[str] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.answer("220 tests")
        for line in self.rfile:
            verb = line.split()[0].upper().decode()
            if verb == "DATA":
                self.answer("354 go on")
                if not self.take_message():
                    return
            elif verb == "QUIT":
                self.answer("221 bye")
                return
            else:
                self.answer("250 ok")

    def take_message(self) -> bool:
        text = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
        if self.server.mode == REFUSE:
            self.answer("451 try later")
            return True
        self.server.mails.append(text)
        if self.server.mode == HANG_UP:  # once
            self.server.mode = ACCEPT
            return False
        self.answer("250 taken")
        return True

    def answer(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server listening on a free port for the time of a test."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
