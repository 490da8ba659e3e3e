"""Who wants to write is served in the order of coming, across threads and processes."""

import subprocess
import sys
import threading
import time

import pytest

from genjin.core.databases.line import IN_A_ROW, Line, TooLong

# A process that takes turns on a file until it is told to stop, and says after each how it went.
NEIGHBOUR = """
import sys
from genjin.core.databases.line import Line
line = Line(sys.argv[1])
for word in sys.stdin:
    if word.strip() == "take":
        line.take(600)
        print("mine", flush=True)
    else:
        line.leave()
        print("left", flush=True)
"""


@pytest.fixture
def path(tmp_path) -> str:
    return str(tmp_path / "rows.sqlite3")


@pytest.fixture
def neighbour(path):
    process = subprocess.Popen(
        [sys.executable, "-c", NEIGHBOUR, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    yield process
    process.kill()
    process.wait()


def tell(process: subprocess.Popen, word: str, *, wait: bool = True) -> None:
    process.stdin.write(word + "\n")
    process.stdin.flush()
    if wait:
        process.stdout.readline()


def until(is_so) -> None:
    end = time.monotonic() + 600
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.01)
    pytest.fail("it did not come to that")


def test_threads_are_served_in_the_order_in_which_they_came(path):
    line, served = Line(path), []

    def write(number: int) -> None:
        line.take(600)
        served.append(number)
        line.leave()

    line.take(600)
    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        until(lambda: len(line._queue) == len(threads))
    assert line.is_waited_for
    line.leave()
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4, 5]


def test_whoever_writes_sees_that_another_process_waits(path, neighbour):
    line = Line(path)
    line.take(600)
    assert not line.is_wanted
    tell(neighbour, "take", wait=False)
    until(lambda: line.is_wanted)
    line.leave()
    neighbour.stdout.readline()


def test_another_process_is_waited_for(path, neighbour):
    line = Line(path)
    tell(neighbour, "take")
    with pytest.raises(TooLong):
        line.take(0.1)
    tell(neighbour, "leave")
    line.take(600)
    line.leave()


def test_a_process_that_has_just_written_does_not_overtake_one_that_waits(path, neighbour):
    line = Line(path)
    line.take(600)
    tell(neighbour, "take", wait=False)
    probe = Line(path)
    until(lambda: not _turnstile_is_free(probe))
    line.leave()
    with pytest.raises(TooLong):  # at once, before the neighbour had the time to wake up
        line.take(0.2)
    assert neighbour.stdout.readline() == "mine\n"
    tell(neighbour, "leave")
    line.take(600)
    line.leave()


def test_a_process_keeps_the_door_for_so_many_of_its_own_and_no_more(path, neighbour):
    line, served = Line(path), []

    def write(number: int) -> None:
        line.take(600)
        served.append(number)
        line.leave()

    line.take(600)
    tell(neighbour, "take", wait=False)
    until(lambda: not _turnstile_is_free(line))
    threads = []
    for number in range(IN_A_ROW + 3):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        until(lambda: len(line._queue) == len(threads))
    line.leave()
    assert neighbour.stdout.readline() == "mine\n"
    assert served == list(range(IN_A_ROW - 1))  # with the first turn of all, eight
    tell(neighbour, "leave")
    for thread in threads:
        thread.join()
    assert served == list(range(IN_A_ROW + 3))


def test_the_turn_of_a_process_that_was_killed_is_over(path, neighbour):
    line = Line(path)
    tell(neighbour, "take")
    neighbour.kill()
    line.take(600)
    line.leave()


def test_who_gives_up_leaves_no_gap(path):
    line = Line(path)
    line.take(600)
    with pytest.raises(TooLong):
        line.take(0.05)
    line.leave()
    line.take(600)
    line.leave()
    assert not line.is_waited_for


def test_a_folder_without_room_for_locks_is_left_to_sqlite(tmp_path):
    line = Line(str(tmp_path / "nowhere" / "rows.sqlite3"))
    line.take(600)
    line.leave()


def _turnstile_is_free(line: Line) -> bool:
    import fcntl

    with line.next_path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
