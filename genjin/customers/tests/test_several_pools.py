"""Pools beside a unit's own: who sees one of chosen people, who deals out of it, moving between pools, closing."""

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.models import Customer, Pool
from genjin.customers.pools.services import change_pool, close_pool, make_pool
from genjin.customers.services.identity import create_customer
from genjin.customers.services.ownership import assign_customer, claim_customer, release_customer
from genjin.customers.tests.conftest import codes
from genjin.organization.models import Person, Role

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    return [line.customer.name for line in response.shown["lines"]]


def fresh(person):
    """Somebody as the next request reads them."""
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def big(east_one, liang, at):
    """A second pool of the team."""
    return make_pool(unit=east_one, name="大客户公海", by=liang, at=at)


@pytest.fixture
def chosen(big, liang, at):
    """The same for these people alone."""

    def choose(members=(), administrators=()) -> Pool:
        return change_pool(
            pool=big, name=big.name, is_for_chosen=True, members=members, administrators=administrators, by=liang, at=at
        )

    return choose


@pytest.fixture
def lying(qian, at):
    def lay(pool, name="常州大客户") -> Customer:
        return create_customer(fields={"name": name}, phones=["13812345521"], pool=pool, by=qian, at=at)

    return lay


def test_a_second_pool_is_open_to_the_unit(big, lying, east_one, lin, fang, at):
    row = lying(big)
    assert set(Pool.objects.visible_to(lin).values_list("name", flat=True)) >= {"大客户公海", east_one.pool.name}
    assert not Pool.objects.visible_to(fang).filter(pk=big.pk).exists()
    claim_customer(customer=row, by=lin, at=at)
    assert Customer.objects.get().owner == lin


def test_its_own_pool_stays_the_units(big, east_one):
    assert east_one.pool != big
    assert east_one.pools.count() == 2


def test_of_one_for_chosen_people_others_see_nothing(chosen, lying, lin, zhou, client_of):
    pool = chosen(members=[lin])
    row = lying(pool)
    theirs, others = client_of(lin), client_of(zhou)
    assert names(theirs.get(f"/pool/?pool={pool.pk}")) == ["常州大客户"]
    assert theirs.get(f"/customers/{row.pk}/").status_code == 200
    assert others.get(f"/pool/?pool={pool.pk}").status_code == 404
    assert others.get(f"/customers/{row.pk}/").status_code == 404
    assert names(others.get("/pool/")) == []
    assert others.post(f"/customers/{row.pk}/claim/").status_code == 404
    others.post("/customers/claim/", {"chosen": [row.pk]})
    assert Customer.objects.get().owner is None
    assert f"/customers/{row.pk}/" in theirs.get("/search/?q=大客户").content.decode()
    assert f"/customers/{row.pk}/" not in others.get("/search/?q=大客户").content.decode()


def test_a_service_refuses_the_stranger_too(chosen, lying, lin, zhou, at):
    row = lying(chosen(members=[lin]))
    with pytest.raises(NotPermitted):
        claim_customer(customer=row, by=zhou, at=at)


def test_who_leads_the_unit_always_sees_it(chosen, lying, lin, liang, qian, client_of):
    pool = chosen(members=[lin])
    lying(pool)
    for person in (liang, qian):
        assert names(client_of(person).get(f"/pool/?pool={pool.pk}")) == ["常州大客户"]


def test_lists_of_several_units_keep_it_apart(chosen, lying, pooled, headquarters, lin, zhou, client_of):
    pool = chosen(members=[lin])
    lying(pool)
    pooled(headquarters, "总部的")
    assert sorted(names(client_of(lin).get("/pool/?sort=touch"))) == sorted(["常州大客户", "总部的"])
    assert names(client_of(zhou).get("/pool/?sort=touch")) == ["总部的"]


def test_an_administrator_deals_out_without_leading(chosen, lying, lin, zhou, at):
    row = lying(chosen(members=[zhou], administrators=[lin]))
    assign_customer(customer=row, to=zhou, by=fresh(lin), at=at)
    assert Customer.objects.get().owner == zhou


def test_but_only_out_of_that_pool(chosen, lying, pooled, owned, east_one, lin, zhou, at, refused):
    chosen(members=[zhou], administrators=[lin])
    elsewhere, of_another = pooled(east_one), owned(zhou, "别人的")
    with refused("not_administrator"):
        assign_customer(customer=elsewhere, to=zhou, by=fresh(lin), at=at)
    with refused("role_lacks_permission"):
        assign_customer(customer=of_another, to=lin, by=fresh(lin), at=at)


def test_and_only_to_who_sees_it(chosen, lying, lin, zhou, fang, at, refused):
    row = lying(chosen(members=[zhou], administrators=[lin]))
    with refused("person_out_of_scope"):
        assign_customer(customer=row, to=fang, by=fresh(lin), at=at)


def test_a_member_deals_out_nothing(chosen, lying, lin, zhou, at, refused):
    row = lying(chosen(members=[zhou, lin]))
    with refused("role_lacks_permission"):
        assign_customer(customer=row, to=lin, by=fresh(zhou), at=at)


def test_an_administrator_deals_out_on_the_page(chosen, lying, lin, zhou, client_of):
    row = lying(chosen(members=[zhou], administrators=[lin]))
    client = client_of(lin)
    assert "/customers/deal-out/" in client.get("/pool/").content.decode()
    given = {"chosen": [row.pk], "sure": "1", "among": [zhou.pk], "back": "/pool/"}
    assert client.post("/customers/deal-out/", given)["Location"] == "/pool/"
    assert Customer.objects.get().owner == zhou


def test_many_move_to_another_pool_and_back(big, pooled, east_one, liang, zhou, in_bulk, at):
    rows = [pooled(east_one, f"客户 {number}") for number in range(2)]
    run = in_bulk("shift", rows, by=liang, pool=big.pk, reason="大客户")
    assert codes(run) == {}
    assert set(Customer.objects.values_list("pool", "unit")) == {(big.pk, east_one.pk)}
    assert Entry.objects.about("customer", rows[0].pk).first().verb == "customer.pool_changed"


def test_moving_is_for_who_decides_about_the_pool(big, pooled, headquarters, east_one, liang, in_bulk):
    """A manager looks into the pool above and does not decide about it."""
    row = pooled(headquarters, "总部的")
    run = in_bulk("shift", [row], by=liang, pool=big.pk)
    assert codes(run) == {row.pk: "pool_moves_by_its_leader"}


def test_moved_to_a_unit_of_another_playbook_the_class_is_mapped(pooled, east, east_one, liang, in_bulk):
    row = pooled(east_one, class_code="3")
    in_bulk("shift", [row], by=liang, pool=east.pool.pk)
    row.refresh_from_db()
    assert (row.unit, row.playbook, row.class_code) == (east, "general", "B")


def test_released_into_a_chosen_one(big, owned, lin, at):
    row = owned(lin)
    release_customer(customer=row, to=big, reason="大客户", by=lin, at=at)
    assert Customer.objects.get().pool == big


def test_of_many_released_without_a_choice_each_goes_into_its_units_own(big, owned, lin, east_one, in_bulk):
    in_bulk("release", [owned(lin)], by=lin, reason="清理")
    assert Customer.objects.get().pool == east_one.pool


@pytest.mark.parametrize(("name", "code"), [("  ", "pool_needs_a_name"), ("大客户公海", "pool_name_taken")])
def test_a_pool_needs_a_name_of_its_own(big, east_one, liang, at, name, code):
    with pytest.raises(Refused) as refusal:
        make_pool(unit=east_one, name=name, by=liang, at=at)
    assert refusal.value.reason.code == code


def test_sellers_and_managers_of_elsewhere_make_none(east_one, lin, fang, at):
    for person in (lin, fang):
        with pytest.raises(NotPermitted):
            make_pool(unit=east_one, name="我的公海", by=person, at=at)


def test_a_units_own_pool_stays_open(east_one, lin, liang, at):
    with pytest.raises(Refused) as refusal:
        change_pool(pool=east_one.pool, name="x", is_for_chosen=True, members=[lin], administrators=[], by=liang, at=at)
    assert refusal.value.reason.code == "own_pool_stays_open"
    with pytest.raises(Refused):
        close_pool(pool=east_one.pool, by=liang, at=at)


def test_nobody_of_another_region_is_chosen(big, fang, liang, at):
    with pytest.raises(Refused) as refusal:
        change_pool(pool=big, name=big.name, is_for_chosen=True, members=[fang], administrators=[], by=liang, at=at)
    assert refusal.value.reason.code == "person_too_far_from_pool"
    assert not big.people.exists()


def test_a_pool_is_closed_when_nothing_lies_in_it(big, lying, lin, liang, at):
    row = lying(big)
    with pytest.raises(Refused) as refusal:
        close_pool(pool=big, by=liang, at=at)
    assert refusal.value.reason.figures == {"name": "大客户公海", "count": 1}
    claim_customer(customer=row, by=lin, at=at)
    close_pool(pool=big, by=liang, at=at)
    assert not Pool.objects.visible_to(liang).filter(pk=big.pk).exists()


def test_the_settings_page_makes_changes_and_closes(client_of, liang, lin, zhou, east_one):
    client = client_of(liang)
    made = client.post("/settings/pools/", {"name": "回访公海", "unit": east_one.pk})
    pool = Pool.objects.get(name="回访公海")
    assert made["Location"] == f"/settings/pools/{pool.pk}/"
    given = {"name": "老客户公海", "is_for_chosen": "on", "members": [zhou.pk], "administrators": [lin.pk]}
    assert client.post(f"/settings/pools/{pool.pk}/", given)["Location"] == "/settings/pools/"
    page = client.get("/settings/pools/").content.decode()
    assert "老客户公海" in page
    assert "指定的 2 人" in page
    assert client.post(f"/settings/pools/{pool.pk}/", {**given, "name": east_one.pool.name}).status_code == 422
    assert client.post(f"/settings/pools/{pool.pk}/close/")["Location"] == "/settings/pools/"
    pool.refresh_from_db()
    assert pool.closed_on is not None


def test_strangers_find_no_settings_of_it(client_of, big, lin, fang):
    assert client_of(lin).get("/settings/pools/").status_code == 403
    assert client_of(fang).get(f"/settings/pools/{big.pk}/").status_code == 404
    assert client_of(fang).post(f"/settings/pools/{big.pk}/close/").status_code == 404


def test_where_many_work_people_are_named_by_line(client_of, liang, lin, east_one, big, monkeypatch):
    monkeypatch.setattr("genjin.customers.forms.people.FEW", 1)
    Person.objects.create(sign_in="lin2", name="林小满", role=Role.SELLER, unit=liang.unit)
    client = client_of(liang)
    given = {"name": big.name, "is_for_chosen": "on", "administrators": ""}
    twice = client.post(f"/settings/pools/{big.pk}/", {**given, "members": "林小满"})
    assert "带上部门" in twice.content.decode()
    wrong = client.post(f"/settings/pools/{big.pk}/", {**given, "members": "没有这人"})
    assert "没有叫没有这人的同事" in wrong.content.decode()
    client.post(f"/settings/pools/{big.pk}/", {**given, "members": "林小满 · 华东一组"})
    assert [each.person for each in big.people.all()] == [lin]
