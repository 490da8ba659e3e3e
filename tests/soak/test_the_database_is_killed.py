"""PostgreSQL dies at any moment while notes are saved, and comes back: the server goes on and nothing is lost.

A few kills here; `make soak` kills it two hundred times. It waits for the disk here, as a real one does.
"""

import contextlib
import os
import random
import signal
import tempfile
import time
from pathlib import Path

import pytest

from tests.databases import Cluster
from tests.installations import PATIENCE, free_port, unpacked
from tests.soak.test_the_server_is_killed import serve
from tests.soak.truth import holdings, prove
from tests.soak.writers import Writers, wait_until_it_serves

KILLS = int(os.environ.get("SOAK_KILLS", "3"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("not os.environ.get('DATABASE_URL')", reason="only with --database=postgresql"),
]


@pytest.fixture
def cluster():
    one = Cluster(Path(tempfile.mkdtemp(prefix="genjin-pg-", dir="/tmp")))
    one.start(safely=True)
    yield one
    with contextlib.suppress(pytest.UsageError):
        one.stop()


def test_no_acknowledged_note_is_lost_or_doubled(cluster, tmp_path):
    with unpacked(tmp_path, cluster.url) as installation:
        assert installation.genjin("migrate").returncode == 0
        port, chance = free_port(), random.Random(KILLS)
        address = f"http://127.0.0.1:{port}"
        server = serve(installation, port)
        try:
            wait_until_it_serves(address, server)
            with Writers(address, holdings(installation)) as writers:
                for _ in range(KILLS):
                    known = len(writers.acknowledged)
                    until = time.monotonic() + PATIENCE
                    while len(writers.acknowledged) == known and time.monotonic() < until:
                        time.sleep(0.02)
                    assert len(writers.acknowledged) > known, "it did not go on after the database came back"
                    time.sleep(chance.uniform(0, 1))
                    os.kill(int((cluster.rows / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
                    time.sleep(chance.uniform(0, 0.5))
                    start_again(cluster)
            assert server.poll() is None
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        assert writers.refused == []
        prove(installation, writers)


def start_again(cluster: Cluster) -> None:
    """Its children may take a moment to notice that their parent is gone."""
    options = f"-c listen_addresses= -c unix_socket_directories={cluster.folder} -c max_connections=60"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cluster.command(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "600",
                "-D",
                str(cluster.rows),
                "-l",
                str(cluster.folder / "log"),
                "-o",
                options,
            )
        except pytest.UsageError:
            if time.monotonic() > until:
                raise
            time.sleep(0.25)
        else:
            return
