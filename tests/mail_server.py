"""A mail server on a port of this machine that answers as a test wants it to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` replaces the answer to a command (`MAIL`, `RCPT`, `DATA`, `end of data`, `connect`); the answer
    `hang` is none at all, `hang up` closes the connection. `mails` are what was taken: (recipients, text)."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers: dict[str, str] = {}
        self.mails: list[tuple[list[str], str]] = []
        self.connections = 0
        self.thawed = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        self.recipients: list[str] = []
        if not self.say("connect", "220 ready"):
            return
        for line in self.rfile:
            command = line.decode().split(None, 1)[0].upper()
            if command == "QUIT":
                self.say("QUIT", "221 bye")
                return
            if command == "RSET":
                self.recipients = []
            if command == "RCPT":
                self.recipients.append(line.decode().partition("<")[2].partition(">")[0])
            answer = "354 go on" if command == "DATA" else "250 ok"
            if not self.say(command, answer):
                return
            if command == "DATA" and command not in self.server.answers and not self.take():
                return

    def take(self) -> bool:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        if "end of data" not in self.server.answers:
            self.server.mails.append((self.recipients, "".join(lines)))
        return self.say("end of data", "250 taken")

    def say(self, what: str, usual: str) -> bool:
        """Answer, and return whether the conversation goes on."""
        answer = self.server.answers.get(what, usual)
        if answer == "hang":
            self.server.thawed.wait(30)
            return False
        if answer == "hang up":
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True


@contextmanager
def running() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.thawed.set()
            server.shutdown()
            thread.join()
