"""PostgreSQL is stopped under the server and comes back: in between a sentence and 503, then on as before."""

import contextlib
import http.client
import os
import signal
import tempfile
from pathlib import Path

import pytest

from bench.measuring import TOKEN, Browser
from tests.databases import Cluster
from tests.installations import PATIENCE, free_port, unpacked
from tests.soak.test_the_database_is_killed import start_again
from tests.soak.test_the_server_is_killed import serve
from tests.soak.writers import PASSWORD, wait_until_it_serves

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("not os.environ.get('DATABASE_URL')", reason="only with --database=postgresql"),
]


@pytest.fixture
def cluster():
    one = Cluster(Path(tempfile.mkdtemp(prefix="genjin-pg-", dir="/tmp")))
    one.start(safely=True)  # a commit that it said yes to outlives it
    yield one
    with contextlib.suppress(pytest.UsageError):
        one.stop()


def test_it_says_so_and_goes_on_when_it_is_back(cluster, tmp_path):
    with unpacked(tmp_path, cluster.url) as installation:
        assert installation.genjin("migrate").returncode == 0
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        server = serve(installation, port)
        try:
            wait_until_it_serves(address, server)
            seller = Browser(address)
            seller.sign_in("zhouyutong", PASSWORD)
            assert seller.get("/today/").status == 200

            cluster.command("pg_ctl", "stop", "-m", "immediate", "-D", str(cluster.rows))
            answer = seller.get("/today/")
            assert answer.status == 503
            assert "数据库连不上，连上了就能接着用。" in answer.body
            assert status_of_health(port) == 503
            said = installation.genjin("check")
            assert (said.returncode, len(said.stderr.splitlines())) == (1, 1)
            assert said.stderr.startswith("The database cannot be reached: ")

            start_again(cluster)
            assert seller.get("/today/").status == 200
            assert TOKEN.search(Browser(address).get("/sign-in/").body)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def status_of_health(port: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE)
    connection.request("GET", "/healthz")
    return connection.getresponse().status
