"""`genjin serve` as a person at the terminal meets it: real processes, a folder of its own, a free port."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.installations import PATIENCE, ROOT, free_port


@pytest.fixture
def terminal(tmp_path):
    """The environment of a terminal in which nothing but the folder, the port and an empty company is set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "GENJIN_DATA": str(tmp_path / "data"),
        "GENJIN_PORT": free_port(),
        "GENJIN_DEMO": "0",
        "LANG": "en_US.UTF-8",
    }


def genjin(*line: str, terminal: dict[str, str], **more) -> subprocess.Popen:
    """Ctrl+C is heard, as at a terminal: what a shell runs in the background is deaf to it, and so are its children."""
    return subprocess.Popen(
        [sys.executable, "-m", "genjin", *line],
        cwd=ROOT, env=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL), **more,
    )  # fmt: skip


def loading_has_begun(terminal: dict[str, str]) -> None:
    """Wait until somebody holds the door of writing."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.closing(sqlite3.connect(Path(terminal["GENJIN_DATA"]) / "genjin.sqlite3", timeout=0)) as rows:
            try:
                rows.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return
        time.sleep(0.05)
    pytest.fail("nobody began to load")


@pytest.fixture
def serving(terminal):
    process = genjin("serve", terminal=terminal)
    yield process
    process.kill()
    process.wait()


def first_lines(process: subprocess.Popen, until: str) -> str:
    """What it prints up to and including the line with that word."""
    lines = []
    while line := process.stdout.readline():
        lines.append(line)
        if until in line:
            break
    return "".join(lines)


def health(terminal: dict[str, str]) -> dict[str, bool]:
    with urllib.request.urlopen(f"http://127.0.0.1:{terminal['GENJIN_PORT']}/healthz", timeout=PATIENCE) as answer:
        return json.load(answer)


@pytest.mark.slow
def test_it_serves_with_its_worker_says_where_and_stops_without_a_word(serving, terminal):
    said = first_lines(serving, until="/welcome/")
    assert f"http://127.0.0.1:{terminal['GENJIN_PORT']}/" in said
    assert health(terminal) == {"database": True, "worker": True}
    serving.send_signal(signal.SIGINT)
    rest, _ = serving.communicate(timeout=PATIENCE)
    assert rest.strip() == ""
    assert serving.returncode == 0
    with pytest.raises(urllib.error.URLError):
        health(terminal)


@pytest.mark.slow
def test_ctrl_c_while_the_demo_is_loaded_leaves_nothing_half_loaded_and_no_traceback(terminal):
    process = genjin("serve", terminal=terminal | {"GENJIN_DEMO": "1"}, start_new_session=True)
    first_lines(process, until="demo company")
    loading_has_begun(terminal)
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in rest
    assert process.returncode == 130
    rows = sqlite3.connect(Path(terminal["GENJIN_DATA"]) / "genjin.sqlite3")
    assert rows.execute("SELECT count(*) FROM customers_customer").fetchone() == (0,)


@pytest.mark.slow
def test_a_second_start_changes_no_data(terminal):
    secrets = []
    for _ in range(2):
        process = genjin("serve", terminal=terminal)
        first_lines(process, until="/welcome/")
        secrets.append((Path(terminal["GENJIN_DATA"]) / "secret_key").read_text())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert secrets[0] == secrets[1]


@pytest.mark.slow
def test_its_processes_end_when_it_is_killed(serving, terminal):
    first_lines(serving, until="/welcome/")
    serving.kill()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            health(terminal)
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the web server outlived its supervisor")


@pytest.mark.slow
def test_a_worker_that_died_is_started_again(serving, terminal):
    first_lines(serving, until="/welcome/")
    children = Path(f"/proc/{serving.pid}/task/{serving.pid}/children")
    before = children.read_text().split()
    worker = next(pid for pid in before if "worker" in Path(f"/proc/{pid}/cmdline").read_text())
    os.kill(int(worker), signal.SIGKILL)
    assert "worker stopped" in first_lines(serving, until="worker")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        after = children.read_text().split()
        if len(after) == 2 and after != before:
            return
        time.sleep(0.1)
    pytest.fail("the worker was not started again")


def test_a_taken_port_is_one_sentence(terminal):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(terminal["GENJIN_PORT"])))
        taken.listen()
        process = genjin("serve", terminal=terminal)
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said == f"Port {terminal['GENJIN_PORT']} is taken by another program: choose one with GENJIN_PORT.\n"


def test_a_folder_that_cannot_be_written_is_one_sentence(terminal, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    process = genjin("serve", terminal=terminal)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert len(said.splitlines()) == 1
    assert "cannot be written" in said


def test_a_database_that_is_away_is_one_sentence(terminal):
    away = terminal | {"DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/genjin"}
    process = genjin("serve", terminal=away)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said.startswith("The database cannot be reached:")
    assert len(said.splitlines()) == 1
