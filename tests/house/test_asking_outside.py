"""An address that somebody typed leads to the public internet, over https, and nowhere else."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from genjin.core import outside
from genjin.core.reasons import Refused


class Robot(BaseHTTPRequestHandler):
    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, content))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        answer = b"x" * 10_000 if self.path == "/long" else b'{"errcode":0}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def robot():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    server.heard = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def asked(robot, path="/", *, inside=True):
    place = f"127.0.0.1:{robot.server_port}"
    return outside.post(f"http://{place}{path}", b"{}", headers={}, inside={place} if inside else ())


def code_of(refused) -> str:
    return refused.value.reason.code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "outside_no_address"),
        ("robot", "outside_no_address"),
        ("https://", "outside_no_address"),
        ("https://me:word@example.com/", "outside_no_address"),
        ("https://example.com:port/", "outside_no_address"),
        ("https://exa mple.com/", "outside_no_address"),
        ("https://example.com/\r\nHost: inside", "outside_no_address"),
        ("https://例子.测试/", "outside_no_address"),
        ("http://example.com/", "outside_not_https"),
        ("ftp://example.com/", "outside_not_https"),
        ("file://example.com/etc/passwd", "outside_not_https"),
        ("https://[::1", "outside_no_address"),
    ],
)
def test_what_is_no_address_is_refused(url, code):
    with pytest.raises(Refused) as refused:
        outside.checked(url)
    assert code_of(refused) == code


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_no_private_address_is_public(number):
    assert not outside.is_public(number)


@pytest.mark.parametrize("number", ["1.1.1.1", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_a_public_one_is(number):
    assert outside.is_public(number)


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://localhost/"])
def test_nothing_private_is_asked(url):
    with pytest.raises(Refused) as refused:
        outside.post(url, b"{}", headers={})
    assert code_of(refused) in ("outside_private", "outside_unknown_host")


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(Refused) as refused:
        outside.post("https://robot.example/", b"{}", headers={})
    assert code_of(refused) == "outside_private"


def test_what_the_operator_names_may_stand_inside(robot):
    assert asked(robot, "/send?key=k") == outside.Answer(200, '{"errcode":0}')
    assert robot.heard == [("/send?key=k", b"{}")]


def test_what_the_operator_does_not_name_is_not_even_knocked_at(robot):
    with pytest.raises(Refused):
        asked(robot, inside=False)
    assert robot.heard == []


def test_a_redirect_is_not_followed(robot):
    assert asked(robot, "/moved").status == 302
    assert [path for path, _content in robot.heard] == ["/moved"]


def test_of_a_long_answer_only_the_beginning_is_read(robot):
    assert len(asked(robot, "/long").text) == outside.LONGEST_ANSWER


def test_whoever_does_not_answer_is_left(monkeypatch):
    monkeypatch.setattr(outside, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Refused) as refused:
            outside.post(f"http://{place}/", b"{}", headers={}, inside={place})
    assert code_of(refused) == "outside_timed_out"


def test_whoever_answers_drop_by_drop_is_left_too(monkeypatch):
    monkeypatch.setattr(outside, "SECONDS_IN_ALL", 0.5)
    ends = threading.Event()

    def drip(server):
        connection, _where = server.accept()
        with connection:
            try:
                while not ends.wait(0.05):
                    connection.sendall(b"H")
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        place = f"127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(Refused) as refused:
            outside.post(f"http://{place}/", b"{}", headers={}, inside={place})
        ends.set()
        thread.join(5)
    assert code_of(refused) in ("outside_timed_out", "outside_unreachable")


def test_what_speaks_no_tls_is_not_trusted(robot):
    place = f"127.0.0.1:{robot.server_port}"
    with pytest.raises(Refused) as refused:
        outside.post(f"https://{place}/", b"{}", headers={}, inside={place})
    assert code_of(refused) in ("outside_not_trusted", "outside_unreachable")
    assert robot.heard == []


def test_where_nobody_listens_nobody_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        place = f"127.0.0.1:{gone.getsockname()[1]}"
    with pytest.raises(Refused) as refused:
        outside.post(f"http://{place}/", b"{}", headers={}, inside={place})
    assert code_of(refused) == "outside_unreachable"
