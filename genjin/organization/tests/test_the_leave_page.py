"""The page on which leave is written down."""

import pytest
from django.urls import reverse

from genjin.organization.models import Absence

pytestmark = pytest.mark.django_db
NEW = "/settings/absences/new/"


def test_a_seller_writes_down_half_a_day(client_of, lin):
    client = client_of(lin)
    page = client.get(reverse("absence_list")).content.decode()
    assert "近期没有请假" in page
    assert '<select name="person"' not in page
    answer = client.post(NEW, {"first": "2026-11-26", "part": "morning", "kind": "leave", "note": "体检"})
    assert answer.headers["Location"] == reverse("absence_list")
    absence = Absence.objects.get()
    assert (absence.person, absence.part, absence.made_by) == (lin, "morning", lin)
    assert "体检" in client.get(reverse("absence_list")).content.decode()


def test_a_manager_does_it_for_a_seller_and_takes_it_back(client_of, liang, lin):
    client = client_of(liang)
    page = client.get(reverse("absence_list"), {"person": lin.pk}).content.decode()
    assert f'<option value="{lin.pk}" selected>' in page
    client.post(NEW, {"person": lin.pk, "first": "2026-11-26", "last": "2026-11-27", "part": "day", "kind": "sick"})
    absence = Absence.objects.get()
    assert (absence.person, absence.made_by) == (lin, liang)
    client.post(reverse("absence_removed", args=[absence.pk]))
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": "2026-11-20"}, "过去的日子由主管来登记"),
        ({"first": "2026-11-26", "last": "2026-11-25"}, "结束日在开始日之前"),
        ({"first": "2026-02-30"}, "2026-02-30"),
        ({"first": "2026-11-26", "last": "2027-11-26"}, "一次最多 92 天"),
        ({"first": "2026-11-26", "part": "night"}, "2026-11-26"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(client_of, lin, typed, said):
    answer = client_of(lin).post(NEW, {"part": "day", "kind": "leave", "note": "回老家", **typed})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert said in body
    assert "回老家" in body
    assert Absence.objects.count() == 0


def test_a_stranger_gets_404_and_nobody_writes_for_a_stranger(client_of, lin, fang, zhou):
    client_of(lin).post(NEW, {"first": "2026-11-26", "part": "day", "kind": "leave"})
    absence = Absence.objects.get()
    for stranger in (fang, zhou):
        assert client_of(stranger).post(reverse("absence_removed", args=[absence.pk])).status_code == 404
    answer = client_of(fang).post(NEW, {"person": lin.pk, "first": "2026-11-30", "part": "day", "kind": "leave"})
    assert answer.status_code == 422
    assert Absence.objects.count() == 1
