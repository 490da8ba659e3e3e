"""The owner sees the backups, makes one, takes one home; nobody else does."""

from datetime import timedelta
from pathlib import Path

import pytest

from genjin.core.audit.models import Entry
from genjin.core.backup import jobs, services
from genjin.core.reasons import NotPermitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.BACKUP_FOLDER = tmp_path / "backups"
    settings.BACKUP_KEY = ""
    return settings.BACKUP_FOLDER


def put(folder: Path, stamp: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"genjin-{stamp}.tar.gz"
    path.write_bytes(b"x" * 2_500_000)
    return path


def page(client_of, who) -> str:
    return client_of(who).get("/settings/backups/").content.decode()


def test_without_any_it_says_so(folder, client_of, qian):
    assert "还没有备份" in page(client_of, qian)


def test_they_are_shown_with_age_and_size(folder, client_of, qian):
    put(folder, "20261124-021000")
    shown = page(client_of, qian)
    assert "11-24 02:10" in shown
    assert "2.5 MB" in shown
    assert "两天内没有备份" not in shown


def test_two_days_without_one_are_a_warning(folder, client_of, qian):
    put(folder, "20261121-021000")
    assert "两天内没有备份" in page(client_of, qian)


def test_the_owner_makes_one_and_the_old_ones_are_thinned_out(
    folder, client_of, qian, settings, django_capture_on_commit_callbacks
):
    settings.BACKUP_DAILY, settings.BACKUP_WEEKLY, settings.BACKUP_MONTHLY = 1, 0, 0
    old = put(folder, "20261120-021000")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(qian).post("/settings/backups/new/")
    assert answer.status_code == 302
    assert [one.name for one in services.backups()] == ["genjin-20261124-100000.tar.gz"]
    assert not old.exists()
    assert Entry.objects.filter(verb="backup.asked_for", by=qian).count() == 1
    assert "正在备份" not in page(client_of, qian)


def test_one_that_failed_says_why(folder, client_of, qian, django_capture_on_commit_callbacks):
    folder.parent.joinpath("backups").mkdir()
    with services._alone(folder), django_capture_on_commit_callbacks(execute=True):
        client_of(qian).post("/settings/backups/new/")
    assert "正在做一个备份" in page(client_of, qian)
    assert services.backups() == []


def test_a_folder_that_is_none_is_said_in_place(folder, client_of, qian):
    folder.write_text("a file where the folder should be")
    answer = client_of(qian).post("/settings/backups/new/")
    assert answer.status_code == 422
    assert "写不进去" in answer.content.decode()


def test_the_owner_takes_one_home_and_that_is_recorded(folder, client_of, qian):
    path = put(folder, "20261124-021000")
    answer = client_of(qian).post(f"/settings/backups/{path.name}/download/")
    assert b"".join(answer.streaming_content) == path.read_bytes()
    assert path.name in answer["Content-Disposition"]
    assert Entry.objects.get(verb="backup.downloaded").changes == {"file": [None, path.name]}


@pytest.mark.parametrize("name", ["genjin-20261123-021000.tar.gz", "secret_key", "..", ".making"])
def test_what_is_no_backup_is_not_there(folder, client_of, qian, name):
    put(folder, "20261124-021000")
    assert client_of(qian).post(f"/settings/backups/{name}/download/").status_code == 404


def test_nobody_else_sees_or_makes_or_takes_one(folder, client_of, liang, lin, at):
    path = put(folder, "20261124-021000")
    for who in (liang, lin):
        client = client_of(who)
        assert client.get("/settings/backups/").status_code == 403
        assert client.post("/settings/backups/new/").status_code == 403
        assert client.post(f"/settings/backups/{path.name}/download/").status_code == 403
    with pytest.raises(NotPermitted):
        services.ask_for_one(by=lin, at=at)
    assert [one.name for one in services.backups()] == [path.name]
    assert not Entry.objects.filter(kind="backup").exists()


def test_the_clock_makes_one_a_day(folder, clock, at, qian, settings):
    settings.BACKUP_HOUR = 2
    jobs.back_up_daily()
    jobs.back_up_daily()
    assert len(services.backups()) == 1
    clock.move_to(at + timedelta(days=1))
    jobs.back_up_daily()
    assert len(services.backups()) == 2
    settings.BACKUP_HOUR = None
    clock.move_to(at + timedelta(days=2))
    jobs.back_up_daily()
    assert len(services.backups()) == 2
