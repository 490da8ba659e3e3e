"""The log is brought to the disk once for all who wrote before; a disk that refuses is believed by nobody."""

import threading

import pytest

from genjin.core.databases.log import Log


class Disk:
    """Stands for the disk: lets the test say when it is done, and whether it refused."""

    def __init__(self, log: Log) -> None:
        self.syncs = 0
        self.begun, self.may_end = threading.Semaphore(0), threading.Semaphore(0)
        self.refuses = False
        log._sync = self.sync

    def sync(self) -> None:
        self.syncs += 1
        refuses = self.refuses
        self.begun.release()
        assert self.may_end.acquire(timeout=600)
        if refuses:
            raise OSError("no")


@pytest.fixture
def log(tmp_path) -> Log:
    return Log(str(tmp_path / "rows.sqlite3"))


@pytest.fixture
def disk(log) -> Disk:
    return Disk(log)


def writers(log: Log, count: int, outcomes: list) -> list[threading.Thread]:
    def write() -> None:
        try:
            log.bring_to_disk()
            outcomes.append("safe")
        except OSError:
            outcomes.append("lost")

    threads = [threading.Thread(target=write) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def test_who_comes_while_the_disk_works_shares_the_next_sync(log, disk):
    outcomes: list = []
    first = writers(log, 1, outcomes)
    disk.begun.acquire(timeout=600)
    others = writers(log, 5, outcomes)
    while log._written < 6:
        pass
    disk.may_end.release()
    disk.begun.acquire(timeout=600)
    assert outcomes == ["safe"]
    disk.may_end.release()
    for thread in [*first, *others]:
        thread.join()
    assert outcomes == ["safe"] * 6
    assert disk.syncs == 2


def test_a_refusal_is_heard_by_all_whose_words_were_in_it_and_by_no_other(log, disk):
    outcomes: list = []
    first = writers(log, 1, outcomes)
    disk.begun.acquire(timeout=600)
    disk.refuses = True
    others = writers(log, 3, outcomes)
    while log._written < 4:
        pass
    disk.may_end.release()
    disk.begun.acquire(timeout=600)
    disk.refuses = False
    disk.may_end.release()
    for thread in [*first, *others]:
        thread.join()
    assert sorted(outcomes) == ["lost", "lost", "lost", "safe"]
    disk.may_end.release()
    later = writers(log, 1, outcomes)
    later[0].join()
    assert outcomes[-1] == "safe"


def test_a_log_made_anew_is_the_one_that_is_synced(tmp_path):
    log = Log(str(tmp_path / "rows.sqlite3"))
    path = tmp_path / "rows.sqlite3-wal"
    path.write_bytes(b"one")
    log.bring_to_disk()
    path.unlink()
    (tmp_path / "other").write_bytes(b"keeps the number of the old file from being given again")
    path.write_bytes(b"two")
    log.bring_to_disk()
    path.unlink()
    with pytest.raises(FileNotFoundError):
        log.bring_to_disk()
