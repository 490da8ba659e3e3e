"""What a newer Genjin wrote is refused in one sentence by everything that would serve it or change it."""

import pytest

from tests.installations import free_port

NEWER = "INSERT INTO django_migrations (app, name, applied) VALUES ('customers', '9999_from_the_future', '2027-01-01')"


@pytest.mark.parametrize("command", ["serve", "web", "worker", "migrate", "demo", "check"])
def test_it_is_one_sentence_and_nothing_is_written(installation, command):
    installation.execute(NEWER)
    before = installation.tables()
    said = installation.genjin(command, GENJIN_PORT=free_port())
    assert said.returncode == 1, said.stdout
    assert said.stderr == (
        "The database was written by a newer Genjin (customers.9999_from_the_future): start that version,"
        " or restore a backup.\n"
    )
    assert installation.tables() == before
    assert not (installation.folder / "jobs.sqlite3").exists()


@pytest.mark.parametrize("command", ["web", "worker", "check"])
def test_one_that_was_not_brought_up_to_date_is_not_served_by_halves(installation, command):
    installation.execute("DELETE FROM django_migrations WHERE app = 'followups'")
    said = installation.genjin(command, GENJIN_PORT=free_port())
    assert said.returncode == 1
    assert said.stderr == "The database's tables are of an older Genjin: run `genjin migrate` first.\n"
