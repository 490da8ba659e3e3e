"""The server dies at any moment while notes are saved: what was acknowledged is there, and nothing is there twice.

A few kills here; `make soak` kills it two hundred times.
"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.installations import PATIENCE, ROOT, free_port
from tests.soak.truth import holdings, prove
from tests.soak.writers import Writers, wait_until_it_serves

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("SOAK_KILLS", "3"))


def test_no_acknowledged_note_is_lost_or_doubled(installation):
    assert installation.genjin("migrate").returncode == 0
    port, chance = free_port(), random.Random(KILLS)
    address = f"http://127.0.0.1:{port}"
    server = None
    with Writers(address, holdings(installation)) as writers:
        for _ in range(KILLS):
            server = serve(installation, port)
            wait_until_it_serves(address, server)
            known = len(writers.acknowledged)
            until = time.monotonic() + PATIENCE
            while len(writers.acknowledged) == known and time.monotonic() < until:
                time.sleep(0.02)  # at least one was saved since, so that there is something to lose
            time.sleep(chance.uniform(0, 1))
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert len(writers.acknowledged) >= KILLS
    assert writers.refused == []
    prove(installation, writers)


def serve(installation, port: str) -> subprocess.Popen:
    """The web server with its threads, in a process group that can be killed at once."""
    return subprocess.Popen(
        [sys.executable, "-m", "genjin", "web"], cwd=ROOT, start_new_session=True,
        env=installation.environment(GENJIN_PORT=port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
