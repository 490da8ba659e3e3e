"""A file that was imported before is noticed by its content, and imported once more only on purpose."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from genjin.core.reasons import Refused
from genjin.core.transfer import runs, undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.tests.importing import checked, imported, receive

pytestmark = pytest.mark.django_db

TEXT = "客户,电话\n怡美,13812345678\n"


def test_it_is_refused_until_it_is_meant(liang, at):
    imported(liang, at, TEXT)
    with pytest.raises(Refused, match="file_imported_before"):
        checked(liang, at, TEXT)
    assert checked(liang, at, TEXT, again=True).state == "checked"


def test_another_file_with_the_same_name_is_another_file(liang, at):
    imported(liang, at, TEXT)
    assert checked(liang, at, TEXT + "恒丰,13812345679\n").state == "checked"


def test_a_preview_or_an_undone_import_does_not_count(liang, at):
    checked(liang, at, TEXT)
    run = imported(liang, at, TEXT)
    undoing.start_undo(run=run, by=liang, at=at)
    undoing.carry_out_undo(run, at=at)
    assert runs.imported_before(receive(liang, at, TEXT)) is None


def test_the_yes_of_last_time_is_not_taken_over(liang, at):
    imported(liang, at, TEXT)
    imported(liang, at, TEXT, again=True)
    assert runs.imported_before(receive(liang, at, TEXT)) is not None
    with pytest.raises(Refused, match="file_imported_before"):
        checked(liang, at, TEXT)


def test_the_page_says_by_whom_and_leads_there(client_of, liang, qian, at):
    before = imported(liang, at, TEXT)
    sent = client_of(qian).post(reverse("import_customers"), {"file": SimpleUploadedFile("x.csv", TEXT.encode())})
    page = client_of(qian).get(sent["Location"]).content.decode()
    assert "梁静" in page
    assert reverse("import_run", args=[before.pk]) in page
    answers = {"column-0": "name", "column-1": "phones", "give_to": "pool", "pool": qian.unit.pool.pk}
    assert client_of(qian).post(sent["Location"], answers).status_code == 422
    assert client_of(qian).post(sent["Location"], {**answers, "again": "1"}).status_code == 303


def test_somebody_elses_import_is_told_but_not_opened(client_of, liang, fang, at):
    before = imported(fang, at, TEXT)
    sent = client_of(liang).post(reverse("import_customers"), {"file": SimpleUploadedFile("x.csv", TEXT.encode())})
    page = client_of(liang).get(sent["Location"]).content.decode()
    assert "方志远" in page
    assert reverse("import_run", args=[before.pk]) not in page
    assert ImportRun.objects.count() == 2
