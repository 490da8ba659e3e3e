from genjin.customers.models import Pool
from genjin.organization.models import Unit


def test_every_unit_has_a_pool(east_one, south):
    assert Pool.objects.count() == Unit.objects.count() == 4


def test_the_manager_sees_the_team_and_the_other_manager_does_not(lin, liang, fang):
    assert lin.unit_id in liang.scope.units
    assert lin.unit_id not in fang.scope.units


def test_who_left_may_nothing(han):
    assert not han.is_active


def test_the_pages_clock_stands_at_ten_of_the_working_tuesday(client_of, at, today):
    from django.utils import timezone

    assert timezone.now() == at
    assert timezone.localdate() == today
