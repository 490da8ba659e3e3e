"""A provider of SMS in this process, and a mail server that takes nothing."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from smtplib import SMTPException
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class NobodyTakesIt(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise SMTPException("not today")


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        provider: FakeProvider = self.server.provider
        provider.heard.append((self.path, content.decode(), dict(self.headers)))
        answer = provider.answer.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


class FakeProvider:
    def __init__(self) -> None:
        self.heard: list[tuple[str, str, dict]] = []
        self.answer = "{}"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Ear)
        self.server.provider = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
