from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from genjin.core.reasons import Refused
from genjin.organization.events import HandOver
from genjin.organization.models import Person, Role
from genjin.organization.services import change_person, deactivate_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sun(headquarters) -> Person:
    """The second owner."""
    return Person.objects.create(sign_in="sun", name="孙", role=Role.OWNER, unit=headquarters)


def at_once(*deeds) -> list[str]:
    """Do all of it in the same moment; what was refused, by code."""
    start = Barrier(len(deeds))

    def attempt(deed):
        start.wait()
        try:
            deed()
        except Refused as refused:
            return refused.reason.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(attempt, deeds))


def test_two_owners_who_send_each_other_away_leave_one(qian, sun, at, today, heard):
    def leave(person, by):
        return lambda: deactivate_person(person, hand_over=HandOver("pool"), by=by, at=at, today=today)

    assert at_once(leave(sun, qian), leave(qian, sun)) == ["done", "last_owner_stays"]
    assert Person.objects.active().filter(role=Role.OWNER).count() == 1


def test_two_owners_who_demote_each_other_leave_one(qian, sun, at, today, heard):
    def demote(person, by):
        return lambda: change_person(person, by=by, at=at, today=today, role=Role.SELLER)

    assert at_once(demote(sun, qian), demote(qian, sun)) == ["done", "last_owner_stays_owner"]
    assert Person.objects.active().filter(role=Role.OWNER).count() == 1
