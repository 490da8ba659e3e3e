"""Where a test run keeps its rows: a folder of its own, and on demand a PostgreSQL cluster of its own.

A pytest plugin (`-p tests.databases`, before pytest-django reads the settings). The process that was started makes
both and removes them at the end; the workers of `-n 2` share the cluster and get a folder each.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = "GENJIN_TESTS_FOLDER"


class Cluster:
    """A private PostgreSQL: one folder, a socket in it, nothing on the network, nothing written twice for safety."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = folder / "rows"
        self.binaries = binaries()

    @property
    def url(self) -> str:
        return f"postgresql://genjin@/postgres?host={self.folder}"

    def command(self, name: str, *arguments: str) -> None:
        line = [str(self.binaries / name), *arguments]
        if os.geteuid() == 0:
            line = ["runuser", "-u", "postgres", "--", *line]
        done = subprocess.run(line, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode:
            log = self.folder / "log"
            said = log.read_text() if log.exists() else ""
            raise pytest.UsageError(f"{name} failed: {done.stdout}{done.stderr}{said}")

    def start(self, *, safely: bool = False) -> None:
        """Make it where it is not there yet, and run it; `safely` waits for the disk, as a real one does."""
        if not self.rows.exists():
            if os.geteuid() == 0:
                shutil.chown(self.folder, "postgres", "postgres")
            options = ["-U", "genjin", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
            self.command("initdb", "-D", str(self.rows), *options)
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=60"
        if not safely:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self.command(
            "pg_ctl", "start", "-w", "-t", "600", "-D", str(self.rows), "-l", str(self.folder / "log"), "-o", options
        )

    def stop(self, *, keep: bool = False) -> None:
        self.command("pg_ctl", "stop", "-m", "fast" if keep else "immediate", "-D", str(self.rows))
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path:
    """The folder of PostgreSQL's server programs: the newest that Debian installed, else the one on the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    if not found:
        raise pytest.UsageError("PostgreSQL's server programs are not installed: apt install postgresql")
    return Path(found).resolve().parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="what the tests keep their rows in"
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Runs before Django's settings are read, which happens in the middle of this hook."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker:
        folder = Path(tempfile.mkdtemp(prefix="genjin-tests-"))
        os.environ[FOLDER] = str(folder)
        early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        if early_config.known_args_namespace.database == "postgresql":
            cluster = Cluster(Path(tempfile.mkdtemp(prefix="genjin-pg-", dir="/tmp")))
            cluster.start()
            early_config.add_cleanup(cluster.stop)
            os.environ["DATABASE_URL"] = cluster.url
    os.environ["GENJIN_DATA"] = str(Path(os.environ[FOLDER]) / (worker or "alone"))
    return (yield)
