"""A version that another process has put into effect counts here from the next request or job on."""

from datetime import timedelta

from genjin.core.jobs.queue import queue
from genjin.playbooks.editions import current
from genjin.playbooks.editions.canonical import as_plain
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.services import playbook_for, variant
from genjin.playbooks.tests.changing import changed


def made_elsewhere(by, at, number=1, **changes):
    content = as_plain(changed(changes))
    Edition.objects.create(
        playbook="telesales", number=number, made_from=number - 1, content=content, note="别处", made_by=by, made_at=at
    )


def test_the_next_request_shows_it(client_of, east_one, qian, at):
    client = client_of(qian)
    assert "40" in client.get("/settings/playbooks/telesales/").content.decode()
    made_elsewhere(qian, at, daily_slots=77)
    assert "77" in client.get("/settings/playbooks/telesales/").content.decode()


def test_the_next_job_works_by_it(east_one, qian, at):
    seen = []

    def look():
        queue._run_pre_execute(None)  # as the worker does before each job
        seen.append(variant("telesales").daily_slots)

    look()
    made_elsewhere(qian, at, daily_slots=77)
    look()
    made_elsewhere(qian, at + timedelta(minutes=1), number=2, daily_slots=78)
    look()
    assert seen == [40, 77, 78]


def test_asking_for_a_units_playbook_tells_it_by_the_way(
    east_one, headquarters, qian, at, django_assert_num_queries, clock
):
    assert playbook_for(east_one.pk).daily_slots == 40
    with django_assert_num_queries(2):  # the tree of units, and the adoptions with the newest version
        playbook_for(east_one.pk)
    made_elsewhere(qian, at, daily_slots=77)
    assert playbook_for(east_one.pk).daily_slots == 77


def test_one_request_asks_once(db, django_assert_num_queries):
    current.ask_again()
    with django_assert_num_queries(1):
        assert variant("telesales") is variant("telesales")
        variant("general")


def test_a_key_that_comes_again_after_a_rollback_is_another_version(db, qian, at):
    made_elsewhere(qian, at, daily_slots=77)
    current.ask_again()
    assert variant("telesales").daily_slots == 77
    taken = Edition.objects.get()
    Edition.objects.all().delete()
    Edition.objects.create(
        pk=taken.pk, playbook="telesales", number=1, made_from=0, content=as_plain(changed({"daily_slots": 78})),
        note="又来", made_by=qian, made_at=at + timedelta(seconds=1),
    )  # fmt: skip
    current.ask_again()
    assert variant("telesales").daily_slots == 78
