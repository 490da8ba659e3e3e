"""How the units behind a list work is asked as often for many units as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genjin.organization.models import Unit
from genjin.playbooks.practice import Practices, practice_of

pytestmark = pytest.mark.django_db


def asked(units, expected):
    with CaptureQueriesContext(connection) as queries:
        practices = Practices(iter(expected))
        found = [practices.of(unit) for unit in units]
    return len(queries), found


def test_expected_units_are_read_together(headquarters, east, east_one, south):
    units = list(Unit.objects.order_by("pk"))
    assert len(units) > 3
    practice_of(units[0])  # what stays known between requests is known
    few, _one = asked(units[:1], units[:1])
    many, found = asked(units, units)
    assert many == few
    assert found == [practice_of(unit) for unit in units]


def test_another_unit_and_another_playbook_are_asked_for_themselves(east_one, south):
    practices = Practices(iter([east_one]))
    assert practices.of(south) == practice_of(south)
    assert practices.of(east_one, held="general").playbook.code == "general"
    assert practices.of(east_one) == practice_of(east_one)


def test_nothing_is_asked_before_the_first_one(east_one):
    assert asked([], [east_one]) == (0, [])
