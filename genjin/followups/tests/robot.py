"""A robot of a group, in this process: keeps what it hears and answers what it is told to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        robot: FakeRobot = self.server.robot
        robot.heard.append((self.path, json.loads(content), dict(self.headers)))
        answer = json.dumps(robot.answers).encode()
        self.send_response(robot.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


class FakeRobot:
    def __init__(self) -> None:
        self.heard: list[tuple[str, dict, dict]] = []
        self.status, self.answers = 200, {"errcode": 0, "errmsg": "ok"}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Ear)
        self.server.robot = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
