"""A night of recycling dies at any moment, again and again: in the end everything stands as if it had not."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.installations import ROOT, Installation
from tests.soak.test_an_import_is_killed import told, twin_of

pytestmark = pytest.mark.slow
KILLS = 50 if "SOAK_KILLS" in os.environ else 5


def test_in_the_end_everything_stands_as_if_it_had_not(installation, tmp_path):
    assert installation.genjin("migrate").returncode == 0
    assert ran(installation, "prepare").wait() == 0
    with twin_of(installation, tmp_path) as undisturbed:
        assert ran(undisturbed, "run").wait() == 0
        taken = sum(moved for (moved,) in undisturbed.execute("SELECT moved FROM followups_recyclerun"))
        assert taken > KILLS
        use_up_a_key(installation)
        kill_again_and_again(installation, taken)
        assert ran(installation, "run").wait() == 0
        checked = installation.genjin("check")
        assert checked.returncode == 0, checked.stdout
        killed, whole = told(installation), told(undisturbed)
        assert [table for table in whole if killed[table] != whole[table]] == []


def use_up_a_key(installation: Installation) -> None:
    """What a kill between the key and the commit of a night leaves behind on PostgreSQL."""
    if installation.url:
        installation.execute("SELECT nextval(pg_get_serial_sequence('followups_recyclerun', 'id'))")


def kill_again_and_again(installation: Installation, taken: int) -> None:
    """Between two batches, within one, before the first, and in the end of a unit's."""
    chance = random.Random(KILLS)
    for count in sorted(chance.sample(range(taken * 9 // 10), KILLS)):
        process = ran(installation, "run")
        while process.poll() is None:
            moved = installation.execute("SELECT COALESCE(SUM(moved), 0) FROM followups_recyclerun")[0][0]
            if moved >= count:
                time.sleep(chance.uniform(0, 0.03))
                break
        process.send_signal(signal.SIGKILL)
        process.wait()


def ran(installation: Installation, line: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.soak.recycling", line],
        cwd=ROOT,
        env=installation.environment(DJANGO_SETTINGS_MODULE="genjin.config.settings"),
    )
