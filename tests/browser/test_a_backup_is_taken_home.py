"""The owner makes a backup, sees it, and takes it home."""

import pytest

from genjin.core.audit.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True])
def test_the_owner_makes_a_backup_and_takes_it_home(page_of, qian, settings, tmp_path, phone):
    settings.BACKUP_FOLDER = tmp_path / "backups"
    page = page_of(qian, phone=phone)
    page.goto("/settings/backups/")
    page.get_by_text("还没有备份").wait_for()
    page.get_by_role("button", name="马上备份").click()
    page.get_by_text("今天").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    (made,) = settings.BACKUP_FOLDER.glob("genjin-*")
    assert download.value.suggested_filename == made.name
    assert download.value.path().read_bytes() == made.read_bytes()
    assert Entry.objects.filter(verb="backup.downloaded").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
