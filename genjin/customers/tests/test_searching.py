"""Finding customers: in scope, one's own first, with no more of a phone than one may see."""

from datetime import date

import pytest
from django.utils import timezone

from genjin.core.search import index, services
from genjin.core.search.queries import parse
from genjin.customers import search
from genjin.customers.models import Collaboration, ContactPerson, Customer, Phone
from genjin.organization.models import Person

pytestmark = pytest.mark.django_db


def customer(name, owner=None, pool=None, *, people=(), phones=(), **more) -> Customer:
    fields = {"due_on": date(2026, 11, 25)} if owner else {}
    made = Customer.objects.create(
        name=name,
        name_key=name,
        owner=owner,
        pool=pool,
        unit=owner.unit if owner else pool.unit,
        playbook="telesales",
        class_code="3k",
        class_since=date(2026, 11, 1),
        created_at=timezone.now(),
        created_by=owner or Person.objects.first(),
        **{**fields, **more},
    )
    for person in people:
        ContactPerson.objects.create(customer=made, name=person)
    for number in phones:
        Phone.objects.create(customer=made, number=number)
    search.reindex_customer(made)
    return made


def rows(actor, text, today, limit=10):
    return search.answer(actor, parse(text), limit, today).rows


def found(actor, text, today):
    return [row.customer.name for row in rows(actor, text, today)]


def test_a_customer_is_found_by_every_name_and_number(lin, today):
    customer("无锡朗悦搬家服务有限公司", lin, short_name="朗悦", people=["高建平"], phones=["12812345521"])
    for text in ("朗悦搬家", "wxly", "ly", "高建平", "gjp", "5521", "12812345521", "朗悦 5521"):
        assert found(lin, text, today) == ["无锡朗悦搬家服务有限公司"], text


def test_a_colleague_and_a_stranger_do_not_find_it_and_those_above_do(lin, zhou, liang, fang, qian, today):
    customer("无锡朗悦", lin)
    assert [found(one, "朗悦", today) for one in (zhou, fang)] == [[], []]
    assert [found(one, "朗悦", today) for one in (lin, liang, qian)] == [["无锡朗悦"]] * 3


def test_a_lent_customer_is_found_until_the_day_it_is_given_back(lin, zhou, today):
    lent = customer("无锡朗悦", lin)
    Collaboration.objects.create(customer=lent, person=zhou, ends_on=today)
    assert found(zhou, "朗悦", today) == ["无锡朗悦"]
    assert found(zhou, "朗悦", date(2026, 11, 25)) == []


def test_ones_own_come_first(lin, zhou, east_one, liang, today):
    customer("朗悦", pool=east_one.pool)
    customer("无锡朗悦五金", lin)
    assert found(lin, "朗悦", today) == ["无锡朗悦五金", "朗悦"]
    assert found(zhou, "朗悦", today) == ["朗悦"]


def test_of_a_pool_customers_phone_only_the_last_four_digits_can_be_tried(lin, east_one, today):
    customer("朗悦", pool=east_one.pool, phones=["12812345521"])
    assert [found(lin, text, today) for text in ("5521", "12812345521")] == [["朗悦"]] * 2
    assert [found(lin, text, today) for text in ("45521", "1234", "1281", "朗悦 1234")] == [[]] * 4
    assert rows(lin, "朗悦", today)[0].tail == "5521"


def test_of_a_pool_customers_addresses_nothing_can_be_tried(lin, east_one, today):
    pooled = customer("朗悦", pool=east_one.pool, people=["高建平"], phones=["12812345521"])
    pooled.contact_people.update(wechat="gaojp_88", email="gao@langyue.com")
    search.reindex_customer(pooled)
    assert [found(lin, text, today) for text in ("gaojp_88", "gao@langyue.com")] == [["朗悦"]] * 2
    assert [found(lin, text, today) for text in ("jp_88", "langyue.com", "朗悦 jp88", "gao 45521")] == [[]] * 4


def test_ones_own_is_found_by_wechat_and_e_mail_from_three_signs(lin, today):
    mine = customer("朗悦", lin, people=["高建平"])
    mine.contact_people.update(wechat="gaojp_88", email="gao@langyue.com")
    search.reindex_customer(mine)
    assert [found(lin, text, today) for text in ("p_88", "@langyue", "朗悦 jp88")] == [["朗悦"]] * 3


def test_ones_own_is_found_by_any_part_of_its_phone(lin, today):
    customer("朗悦", lin, phones=["12812345521"])
    assert [found(lin, text, today) for text in ("45521", "1234", "1281")] == [["朗悦"]] * 3


def test_a_row_shows_whom_to_ask_for_and_what_was_typed(lin, today):
    customer("无锡朗悦", lin, people=["高建平", "单小红"], phones=["12812345521", "12899990000"])
    [row] = rows(lin, "单小红 9999", today)
    assert (row.contact, row.tail, row.state) == ("单小红", "0000", "planned")
    [row] = rows(lin, "朗悦", today)
    assert row.name == ("无锡", "朗悦", "")
    assert row.customer_class.badge.zh == "重3"


def test_after_a_change_the_old_name_finds_nothing(lin, today):
    changed = customer("无锡朗悦", lin, phones=["12812345521"])
    changed.phones.all().delete()
    Customer.objects.filter(pk=changed.pk).update(name="无锡隆源")
    assert [row.what for row in services.check()] == ["stale"]
    search.reindex_customer(changed)
    assert services.check() == []
    assert [found(lin, text, today) for text in ("朗悦", "5521", "隆源")] == [[], [], ["无锡隆源"]]


def test_a_customer_that_is_gone_is_forgotten(lin, today):
    gone = customer("无锡朗悦", lin)
    pk = gone.pk
    gone.delete()
    search.reindex_customers([pk])
    assert services.check() == []


def test_making_the_table_anew_finds_what_was_written_past_it(lin, today):
    customer("无锡朗悦", lin)
    Customer.objects.update(name="无锡隆源")
    services.reindex()
    assert services.check() == []
    assert found(lin, "隆源", today) == ["无锡隆源"]


def test_the_search_box_links_to_the_customer_and_marks_what_was_typed(client_of, lin):
    made = customer("无锡<朗悦>", lin, people=["高建平"], phones=["12812345521"])
    page = client_of(lin).get("/search/", {"q": "朗悦"}, headers={"HX-Request": "true"}).content.decode()
    assert f'href="/customers/{made.pk}/"' in page
    assert "无锡&lt;<mark>朗悦</mark>&gt;" in page
    assert "高建平" in page
    assert "12812345521" not in page


def test_a_list_is_narrowed_to_what_a_search_finds_and_tells_no_more_digits(lin, zhou, liang, east_one, today):
    mine = customer("无锡朗悦", lin, phones=["12812345521"])
    pooled = customer("朗悦二店", pool=east_one.pool, phones=["12812345522"])
    customer("隆源", zhou)
    rows = Customer.objects.visible_to(liang, today)
    assert set(search.narrowed(rows, "朗悦").rows) == {mine, pooled}
    assert set(search.narrowed(rows, "1234").rows) == {mine}
    assert set(search.narrowed(rows.filter(owner=zhou), "朗悦").rows) == set()


def test_the_search_box_offers_an_import_to_who_may(client_of, lin, liang):
    pages = [client_of(one).get("/search/", headers={"HX-Request": "true"}).content.decode() for one in (lin, liang)]
    assert ["/customers/new/" in page for page in pages] == [True, True]
    assert ["/customers/import/" in page for page in pages] == [False, True]


def test_of_too_many_near_names_ones_own_are_looked_through_and_not_those_of_others(lin, zhou, today, monkeypatch):
    for nth in range(4):
        customer(f"恒通贸{nth}", zhou)
    own = customer("恒通贸五", lin)
    monkeypatch.setattr(index, "NEAR_CANDIDATES", 1)
    walked = []
    walk = index._Search._walked
    monkeypatch.setattr(
        index._Search, "_walked", lambda self, rows, most, plan: walked.append(most) or walk(self, rows, most, plan)
    )
    assert [row.pk for row in rows(lin, "恒通贸易", today)] == [own.pk]
    assert walked == [index.OWN_WALKED]


def test_of_a_word_that_too_many_have_one_finds_what_lies_in_ones_pools(lin, zhou, east_one, south, today, monkeypatch):
    monkeypatch.setattr(index, "CANDIDATES", 2)
    for nth in range(4):
        customer(f"恒通贸易{nth}", zhou)
        customer(f"恒通运输{nth}", pool=south.pool)
    pooled = customer("恒通物流", pool=east_one.pool)
    assert [row.pk for row in rows(lin, "恒通", today)] == [pooled.pk]
