"""A job is done through the whole `genjin serve`, whatever keeps the queue: a file, PostgreSQL or Redis."""

import os
import shutil
import signal
import subprocess
import sys
import time

import psycopg
import pytest
import redis

from genjin.core.jobs.queue import put, queue, ready
from tests.installations import PATIENCE, ROOT, free_port
from tests.soak.writers import wait_until_it_serves

ASK = "from genjin.core.backup.jobs import back_up_now; back_up_now.later()"


@pytest.fixture
def redis_server(tmp_path):
    """Its address, and how to stop and start it."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    server = Redis(program, tmp_path)
    server.start()
    yield server
    server.stop()


class Redis:
    def __init__(self, program: str, folder) -> None:
        self.port = free_port()
        self.line = [program, "--port", self.port, "--dir", str(folder), "--save", "", "--appendonly", "no"]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(self.line, stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                redis.Redis.from_url(self.url).ping()
            except redis.exceptions.RedisError:
                time.sleep(0.05)
            else:
                return
        pytest.fail("Redis does not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def serving(installation, **more: str) -> tuple[subprocess.Popen, dict[str, str]]:
    environment = installation.environment(GENJIN_PORT=free_port(), GENJIN_BACKUP_HOUR="off", **more)
    process = subprocess.Popen(
        [sys.executable, "-m", "genjin", "serve"], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_until_it_serves(f"http://127.0.0.1:{environment['GENJIN_PORT']}", process)
    return process, environment


def done(installation, *, within: float = PATIENCE) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if list((installation.folder / "backups").glob("genjin-*")):
            return True
        time.sleep(0.1)
    return False


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0


@pytest.mark.slow
def test_a_job_is_done_by_the_queue_beside_the_rows(installation):
    process, environment = serving(installation)
    try:
        assert installation.genjin("manage", "shell", "-c", ASK, **environment).returncode == 0
        assert done(installation)
    finally:
        stop(process)


@pytest.mark.slow
def test_a_job_is_done_by_redis_also_after_it_was_away(installation, redis_server):
    process, environment = serving(installation, REDIS_URL=redis_server.url)
    try:
        redis_server.stop()
        away = installation.genjin("manage", "shell", "-c", ASK, **environment)
        assert away.returncode == 1
        redis_server.start()
        assert installation.genjin("manage", "shell", "-c", ASK, **environment).returncode == 0
        assert done(installation)
    finally:
        stop(process)


@pytest.mark.skipif("not os.environ.get('DATABASE_URL')", reason="only with --database=postgresql")
def test_a_connection_of_the_queue_that_broke_is_replaced(db):
    from genjin.core.backup.jobs import back_up_now

    ready().flush()
    put(back_up_now.task.s())
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [queue.storage.conn.info.backend_pid])
    put(back_up_now.task.s())
    assert queue.storage.queue_size() == 2
    ready().flush()
