"""The real `genjin serve` on a fresh data folder: started, watched for its memory, stopped."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`genjin serve` with its children. `cold_start` is the time in seconds until /healthz answered 200."""

    def __init__(
        self,
        environment: dict[str, str],
        server: str = "gunicorn",
        port: int | None = None,
        database_folder: Path | None = None,
    ) -> None:
        self.database_folder = database_folder
        self.port = port or free_port()
        self.server = server
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **environment,
            "GENJIN_PORT": str(self.port),
            "GENJIN_HOST": "127.0.0.1",
            "GENJIN_DEMO": "0",
            "GENJIN_BACKUP_HOUR": "off",
        }
        self.cold_start = 0.0

    def __enter__(self) -> "Server":
        begun = time.perf_counter()
        self.process = subprocess.Popen(self._line(), env=self.environment, stdout=subprocess.DEVNULL)
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        break
            except urllib.error.HTTPError:
                if self.server == "granian":  # it serves; without the worker beside it, it is not called healthy
                    break
                time.sleep(0.05)
            except OSError:
                time.sleep(0.05)
            if self.process.poll() is not None or time.perf_counter() - begun > 120:
                self.stop()
                raise SystemExit("the server did not start")
        self.cold_start = time.perf_counter() - begun
        return self

    def _line(self) -> list[str]:
        """The product's own way to serve, or granian in the place of its web server."""
        if self.server == "gunicorn":
            return [sys.executable, "-m", "genjin", "serve"]
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        options += ["--blocking-threads", "8", "--no-ws", "--log-level", "warning"]
        return [str(Path(sys.executable).with_name("granian")), *options, "genjin.config.wsgi:application"]

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def memory(self) -> dict[str, float]:
        """Megabytes that each process of ours keeps in memory (its own and its share of what is shared), and all."""
        sizes: dict[str, float] = {}
        for pid in family(self.process.pid):
            name = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            words = name.split()
            kind = words[-1] if words[-1] in ("web", "worker") else "web" if self.server == "granian" else "serve"
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            size = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
            sizes[kind] = round(sizes.get(kind, 0) + size, 1)
        return {**sizes, "all": round(sum(sizes.values()), 1)}

    def processor(self) -> float:
        """Seconds of processor time that the server and its database have used so far."""
        pids = family(self.process.pid)
        if self.database_folder is not None:
            pids += family(int((self.database_folder / "postmaster.pid").read_text().split()[0]))
        used = 0
        for pid in pids:
            for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                with contextlib.suppress(OSError):  # it has ended meanwhile
                    used += int(task.read_text().split()[0])
        return used / 1e9


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting.extend(map(int, children.read_text().split()))
    return found


def environment(folder: Path, database_url: str = "") -> dict[str, str]:
    """What a process of the benchmark is told: a data folder of its own, perhaps PostgreSQL, nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GENJIN_")}
    for name in ("DATABASE_URL", "REDIS_URL"):
        kept.pop(name, None)
    kept["GENJIN_DATA"] = str(folder)
    kept["DJANGO_SETTINGS_MODULE"] = "genjin.config.settings"
    if database_url:
        kept["DATABASE_URL"] = database_url
    return kept
