"""Saved, spoilt, put back: every row is what it was, and what was there in between is kept beside."""

import fcntl
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
KEY = "正确的马 battery staple"
ROWS_THAT_MOVE = {"jobs_heartbeat", "sqlite_stat1", "sqlite_sequence"}


@pytest.fixture
def company(installation):
    """The company with today's tables, an import's file and a key of its own."""
    assert installation.genjin("migrate").returncode == 0
    (installation.folder / "imports").mkdir(exist_ok=True)
    (installation.folder / "imports" / "0123abcd").write_text("公司名称\n青石驾校\n")
    return installation


def rows(installation) -> dict[str, list[str]]:
    found = installation.tables()
    return {
        table: sorted(map(repr, some))
        for table, some in found.items()
        if table not in ROWS_THAT_MOVE and not table.startswith("huey")
    }


def the_backup(installation) -> Path:
    (one,) = (installation.folder / "backups").glob("genjin-*")
    return one


def spoil(installation) -> None:
    installation.execute("UPDATE customers_customer SET name = 'spoilt'")
    installation.execute("DELETE FROM followups_correction")
    (installation.folder / "imports" / "0123abcd").unlink()


def test_every_row_is_what_it_was_and_the_other_is_kept(company):
    before, secret = rows(company), (company.folder / "secret_key").read_text()
    saved = company.genjin("backup")
    assert saved.returncode == 0, saved.stderr
    assert saved.stdout.startswith("Saved: ")
    assert the_backup(company).stat().st_mode & 0o077 == 0
    spoil(company)
    (company.folder / "secret_key").write_text("another")
    spoilt = rows(company)

    restored = company.genjin("restore", str(the_backup(company)))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "Restored, as it was on " in restored.stdout
    assert rows(company) == before != spoilt
    assert (company.folder / "imports" / "0123abcd").read_text() == "公司名称\n青石驾校\n"
    assert (company.folder / "secret_key").read_text() == secret
    (beside,) = company.folder.glob("before-restore-*")
    assert (beside / "secret_key").read_text() == "another"
    assert rows(company.beside(beside)) == spoilt
    assert not list(company.folder.glob(".restoring-*"))


def test_a_sealed_one_wants_its_key(company):
    before = rows(company)
    saved = company.genjin("backup", GENJIN_BACKUP_KEY=KEY)
    assert saved.stdout.endswith("MB, encrypted)\n"), saved.stderr
    spoil(company)
    spoilt = rows(company)
    for key, said in ((None, "is encrypted: set GENJIN_BACKUP_KEY"), ("wrong", "cannot be opened: the key")):
        refused = company.genjin("restore", str(the_backup(company)), **({"GENJIN_BACKUP_KEY": key} if key else {}))
        assert refused.returncode == 1
        assert said in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
        assert rows(company) == spoilt
    assert company.genjin("restore", str(the_backup(company)), GENJIN_BACKUP_KEY=KEY).returncode == 0
    assert rows(company) == before


@pytest.mark.parametrize("damage", ["cut off", "changed", "something else"])
def test_one_that_is_not_whole_replaces_nothing(company, damage):
    assert company.genjin("backup").returncode == 0
    before, path = rows(company), the_backup(company)
    content = bytearray(path.read_bytes())
    if damage == "changed":
        content[len(content) // 2] ^= 0xFF
    path.write_bytes({"cut off": content[: len(content) // 2], "changed": content}.get(damage, b"%PDF-1.7 ..."))
    refused = company.genjin("restore", str(path))
    assert refused.returncode == 1
    assert refused.stderr.endswith("is no whole backup of Genjin: it is cut off, was changed, or is something else.\n")
    assert rows(company) == before
    assert not list(company.folder.glob("before-restore-*"))
    assert not list(company.folder.glob(".restoring-*"))


def test_one_whose_rows_are_not_true_replaces_nothing(company):
    """An open customer with somebody who left: no constraint sees it, `genjin check` does."""
    no = "false" if company.url else "0"
    held = "SELECT owner_id FROM customers_customer WHERE owner_id IS NOT NULL AND closed_on IS NULL LIMIT 1"
    company.execute(f"UPDATE organization_person SET is_active = {no}, left_on = '2026-11-20' WHERE id = ({held})")
    assert company.genjin("backup").returncode == 0
    before = rows(company)
    refused = company.genjin("restore", str(the_backup(company)))
    assert refused.returncode == 1
    assert "what is open is with somebody who works here" in refused.stderr
    assert rows(company) == before


def test_one_of_a_newer_genjin_replaces_nothing(company):
    company.execute(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('customers', '9999_from_the_future', '2027-01-01')"
    )
    environment = {"GENJIN_DATA": str(company.folder)}
    made = company.genjin("manage", "shell", "-c", MAKE, **environment)
    assert made.returncode == 0, made.stderr
    company.execute("DELETE FROM django_migrations WHERE name = '9999_from_the_future'")
    before = rows(company)
    refused = company.genjin("restore", str(the_backup(company)))
    assert refused.returncode == 1
    assert "written by a newer Genjin (customers.9999_from_the_future)" in refused.stderr
    assert rows(company) == before


MAKE = "from django.utils import timezone; from genjin.core.backup.services import *; make_backup(at=timezone.now())"


def test_proving_changes_nothing(company):
    assert company.genjin("backup").returncode == 0
    spoil(company)
    before = rows(company)
    proved = company.genjin("restore", "--prove", str(the_backup(company)))
    assert proved.stdout.endswith("It could be restored. Nothing was changed.\n"), proved.stderr
    assert rows(company) == before


def test_it_is_refused_while_genjin_serves(company):
    assert company.genjin("backup").returncode == 0
    before = rows(company)
    with (company.folder / "in_use").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)  # as `genjin serve` does
        refused = company.genjin("restore", str(the_backup(company)))
    assert refused.returncode == 1
    assert refused.stderr == f"Genjin is serving from {company.folder}: stop it first.\n"
    assert rows(company) == before


def test_it_is_made_while_others_write(company):
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            stamp = f"b{len(written)}"
            company.execute(f"INSERT INTO jobs_heartbeat (name, at) VALUES ('{stamp}', '2026-11-24 00:00:00')")
            written.append(stamp)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        saved = company.genjin("backup")
    finally:
        stop.set()
        writer.join()
    assert saved.returncode == 0, saved.stderr
    assert written
    assert company.genjin("restore", "--prove", str(the_backup(company))).returncode == 0


def test_into_another_folder_nothing_is_thinned_out(company, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    for day in range(1, 21):
        (stick / f"genjin-202501{day:02}-020000.tar.gz").write_text("older")
    assert company.genjin("backup", "--to", str(stick)).returncode == 0
    assert len(list(stick.glob("genjin-*"))) == 21
    assert not (company.folder / "backups").exists()
