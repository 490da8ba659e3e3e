"""The machine's clock is set back by a day: work goes on, nothing is untrue, nothing waits for that day again."""

import uuid
from datetime import timedelta

import pytest

from genjin.config.checking import untruths
from genjin.core.jobs.worker import beat, is_alive
from genjin.followups.models import Touch
from genjin.followups.services.corrections import undo_touch
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def effective() -> Note:
    return Note(key=uuid.uuid4(), interests=("peers",))


def test_notes_are_saved_and_taken_back(customer, lin, at):
    first = save_touch(customer=customer, note=effective(), by=lin, at=at).touch
    second = save_touch(customer=customer, note=effective(), by=lin, at=at - DAY).touch
    customer.refresh_from_db()
    assert (customer.attempts, customer.effective_contacts) == (2, 2)
    undo_touch(touch=second, by=lin, at=at - DAY)
    customer.refresh_from_db()
    assert customer.attempts == 1
    assert list(Touch.objects.standing()) == [first]
    assert list(untruths()) == []


def test_the_pages_of_the_day_answer(customer, lin, at, clock, client_of):
    client = client_of(lin)
    assert client.get("/today/").status_code == 200
    save_touch(customer=customer, note=effective(), by=lin, at=at)
    clock.move_to(at - DAY)
    for path in ("/today/", "/customers/", f"/customers/{customer.pk}/", "/healthz"):
        assert client.get(path).status_code in (200, 503), path  # healthz: there is no worker in a test
    assert client.get(f"/customers/{customer.pk}/").status_code == 200


def test_the_worker_still_counts_as_living(at, db):
    beat(at=at)
    assert is_alive(at=at - DAY)
    beat(at=at - DAY)
    assert is_alive(at=at - DAY)


def test_an_interrupted_import_is_carried_on_at_once(at, clock, liang, monkeypatch):
    from genjin.core.transfer import jobs
    from genjin.core.transfer.models import ImportRun

    run = ImportRun.objects.create(
        kind="customers", by=liang, made_at=at, file_name="a.csv", file_path="a", state=ImportRun.State.RUNNING,
        started_at=at, progress_at=at,
    )  # fmt: skip
    clock.move_to(at - DAY)
    carried_on: list[int] = []
    monkeypatch.setattr(jobs.carry_out_run, "later", carried_on.append)
    jobs.carry_on_interrupted_runs()
    assert carried_on == [run.pk]
