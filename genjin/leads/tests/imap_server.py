"""A small IMAP server in this process: one user, one folder, letters by number."""

import re
import socketserver
import threading
from typing import Any


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.box: FakeMailbox = self.server.box
        self.say(b"* OK here")
        while line := self.rfile.readline():
            self.box.heard.append(line.decode().strip())
            tag, _space, asked = line.decode().strip().partition(" ")
            verb = asked.upper()
            if verb.startswith("CAPABILITY"):
                self.say(b"* CAPABILITY IMAP4rev1 ID")
            elif verb.startswith("LOGIN") and self.box.password not in asked:
                self.say(f"{tag} NO wrong".encode())
                continue
            elif verb.startswith(("EXAMINE", "SELECT")):
                if "INBOX" not in asked:
                    self.say(f"{tag} NO none".encode())
                    continue
                self.say(f"* {len(self.box.letters)} EXISTS".encode())
                self.say(f"* OK [UIDVALIDITY {self.box.uid_validity}]".encode())
            elif verb.startswith("UID SEARCH"):
                first = int(re.search(r"UID (\d+):", asked.partition("SEARCH")[2])[1])
                # As the standard has it: "n:*" names the last letter even where it is older.
                found = [uid for uid in self.box.letters if uid >= first] or list(self.box.letters)[-1:]
                self.say(b"* SEARCH " + " ".join(map(str, found)).encode())
            elif verb.startswith("UID FETCH"):
                uid = int(asked.split()[2])
                if uid in self.box.withheld:
                    self.say(f"{tag} NO not now".encode())
                    continue
                raw = self.box.letters[uid][: int(re.search(r"<0\.(\d+)>", asked)[1])]
                self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
            elif verb.startswith("LOGOUT"):
                self.say(b"* BYE now")
                self.say(f"{tag} OK done".encode())
                return
            self.say(f"{tag} OK done".encode())

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class FakeMailbox:
    """`letters` by their numbers; `heard` is every line that was said to it."""

    def __init__(self) -> None:
        self.letters: dict[int, bytes] = {}
        self.withheld: set[int] = set()
        self.heard: list[str] = []
        self.password, self.uid_validity = "secret-code", 7
        self.server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self.server.daemon_threads = True
        self.server.box = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def put(self, raw: bytes) -> int:
        uid = max(self.letters, default=0) + 1
        self.letters[uid] = raw
        return uid

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
