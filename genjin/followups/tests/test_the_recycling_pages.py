"""回收记录, warnings on the day and on the customer, the list of who goes soon: who sees and may do what."""

from datetime import date, timedelta

import pytest

from genjin.customers.models import Customer
from genjin.followups.recycling.models import RecycledCustomer, RecycleRun
from genjin.followups.tests.recycling import LONG_AGO, run_night, switch_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(qian, east_one, at):
    switch_on(by=qian, at=at)


@pytest.fixture
def night(on, customer_of, lin, at):
    """The night that took one of Lin's; the clock stands at the morning after it in `the_morning`."""
    customer_of(lin, "4", name="无锡久未联系", owned_since=LONG_AGO)
    run_night(at)
    return RecycleRun.objects.get(moved=1)


@pytest.fixture
def the_morning(clock, at):
    clock.move_to(at + timedelta(days=1))


@pytest.fixture
def leaving(on, customer_of, lin):
    """One of Lin's whose last day is in two working days, one whose is far off."""
    customer_of(lin, "0", name="快走的", owned_since=date(2026, 11, 7))
    customer_of(lin, "0", name="还早的", owned_since=date(2026, 11, 20))


def text(response) -> str:
    return response.content.decode()


def test_the_manager_sees_the_night_and_the_owner_too(night, liang, qian, client_of):
    for person in (liang, qian):
        client = client_of(person)
        assert "华东一组" in text(client.get("/recycling/"))
        page = text(client.get(f"/recycling/{night.pk}/"))
        assert "无锡久未联系" in page
        assert "42 个工作日没有有效联系" in page


def test_the_seller_sees_their_own_and_gives_nothing_back(night, lin, zhou, client_of, the_morning):
    assert "无锡久未联系" in text(client_of(lin).get(f"/recycling/{night.pk}/"))
    assert "整夜还回" not in text(client_of(lin).get(f"/recycling/{night.pk}/"))
    assert client_of(zhou).get(f"/recycling/{night.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["", "return/", "customers/{one}/return/"])
def test_a_stranger_gets_404(night, fang, client_of, path):
    one = RecycledCustomer.objects.get()
    assert client_of(fang).get(f"/recycling/{night.pk}/" + path.format(one=one.pk)).status_code == 404


def test_the_manager_gives_one_back(night, lin, liang, client_of, the_morning):
    address = f"/recycling/{night.pk}/customers/{RecycledCustomer.objects.get().pk}/return/"
    client = client_of(liang)
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"until": "2026-12-04", "reason": ""})
    assert wrong.status_code == 422
    done = client.post(address, {"until": "2026-12-04", "reason": "在谈"})
    assert done.status_code == 303
    assert Customer.objects.get().owner == lin
    assert "已还回" in text(client.get(f"/recycling/{night.pk}/"))


def test_the_manager_gives_a_night_back(night, lin, liang, client_of, the_morning):
    client = client_of(liang)
    done = client.post(f"/recycling/{night.pk}/return/", {"until": "2026-12-04", "reason": "规则错了"})
    assert done.status_code == 303
    assert Customer.objects.get().owner == lin
    assert "锁定到" in text(client.get(f"/recycling/{night.pk}/"))


def test_a_seller_cannot_give_a_night_back(night, lin, client_of, the_morning):
    posted = {"until": "2026-12-04", "reason": "还我"}
    assert client_of(lin).post(f"/recycling/{night.pk}/return/", posted).status_code == 403
    assert Customer.objects.get().owner is None


def test_before_it_is_switched_on_the_page_says_so(liang, client_of):
    assert "自动回收没有打开" in text(client_of(liang).get("/recycling/"))


def test_today_warns_with_the_days_left_and_why(leaving, lin, client_of):
    client = client_of(lin)
    page = text(client.get("/today/"))
    assert "你有 1 个客户快回公海" in page
    assert "再过 2 个工作日回公海" in page
    behind = text(client.get("/today/leaving/"))
    assert "快走的" in behind
    assert "16 个工作日没有有效联系" in behind
    assert "还早的" not in behind


def test_today_tells_the_owner_what_the_night_took_once(night, lin, zhou, client_of, the_morning):
    assert "昨夜你有 1 个客户回了公海" in text(client_of(lin).get("/today/"))
    assert "昨夜你有" not in text(client_of(zhou).get("/today/"))


def test_the_team_page_tells_the_manager(night, liang, client_of, the_morning):
    assert "昨夜 1 个客户回了公海" in text(client_of(liang).get("/team/"))


def test_the_customers_page_says_when_it_goes(leaving, lin, client_of):
    row = Customer.objects.get(name="快走的")
    assert "再过 2 个工作日回公海" in text(client_of(lin).get(f"/customers/{row.pk}/"))


def test_the_view_of_who_goes_soon_shows_the_days_left(leaving, lin, client_of):
    page = text(client_of(lin).get("/customers/?view=leaving"))
    assert "快走的" in page
    assert "还早的" not in page
    assert "剩余归属天数" in page


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("left:max:2", ["快走的"]),
        ("left:max:1", []),
        ("left:min:3", ["还早的"]),
        ("left:between:0,2", ["快走的"]),
        ("left:min:0", ["快走的", "还早的"]),
    ],
)
def test_a_list_is_asked_for_by_days_left(leaving, lin, client_of, where, names):
    page = text(client_of(lin).get(f"/customers/?where={where}"))
    assert [name for name in ("快走的", "还早的") if name in page] == names


def test_without_recycling_there_is_no_such_tab_and_no_column_is_wrong(customer_of, lin, client_of):
    customer_of(lin, "0", owned_since=LONG_AGO)
    assert "待进入公海" not in text(client_of(lin).get("/customers/"))
    assert client_of(lin).get("/customers/?columns=name,left").status_code == 200


def test_a_manager_keeps_a_customer_and_lets_it_go(leaving, liang, client_of, at):
    row = Customer.objects.get(name="快走的")
    client = client_of(liang)
    client.post(f"/customers/{row.pk}/keep/", {"until": "2026-12-31", "reason": "年底签"})
    page = text(client.get(f"/customers/{row.pk}/"))
    assert "梁静 锁定到" in page
    assert "年底签" in page
    assert run_night(at + timedelta(days=5)) == 0
    client.post(f"/customers/{row.pk}/keep/", {"until": "", "reason": ""})
    assert Customer.objects.get(pk=row.pk).kept_until is None


def test_a_seller_keeps_nobody(leaving, lin, client_of):
    row = Customer.objects.get(name="快走的")
    assert client_of(lin).post(f"/customers/{row.pk}/keep/", {"until": "2026-12-31", "reason": "x"}).status_code == 403
    assert Customer.objects.get(pk=row.pk).kept_until is None


def test_many_are_kept_at_once(leaving, liang, client_of):
    keys = list(Customer.objects.values_list("pk", flat=True))
    posted = {"chosen": keys, "sure": "1", "until": "2026-12-31", "reason": "大促", "back": "/customers/"}
    client_of(liang).post("/customers/keep/", posted)
    assert set(Customer.objects.values_list("kept_until", flat=True)) == {date(2026, 12, 31)}


def test_the_timeline_tells_it(night, liang, client_of):
    row = Customer.objects.get()
    page = text(client_of(liang).get(f"/customers/{row.pk}/?happened=ownership"))
    assert "按规则回到" in page
    assert "42 个工作日没有有效联系" in page
