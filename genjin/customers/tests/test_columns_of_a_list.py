"""The columns of a list: any of them, in any order, on the customers' list as in the pool."""

from datetime import date, datetime

import pytest

from genjin.customers.columns import COLUMNS
from genjin.customers.models import Customer
from genjin.customers.shown import lines

pytestmark = pytest.mark.django_db
ALL = ",".join(COLUMNS)


def heads(response) -> list[str]:
    return [column.name for column in response.shown["columns"]]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_has_a_plain_value_and_is_drawn(client_of, owned, pooled, lin, qian, east_one, today, name):
    rows = [owned(lin, phones=["13812345521"], tags=["旺季"]), pooled(east_one)]
    for line in lines(rows, today, pooled=True):
        assert isinstance(COLUMNS[name].value(line), str | int | date | datetime | None)
    for address in ("/customers/", "/pool/"):
        response = client_of(lin).get(f"{address}?columns=name,{name}")
        assert (response.status_code, heads(response)) == (200, list(dict.fromkeys(["name", name])))


def test_they_stand_as_the_address_says(client_of, owned, lin):
    owned(lin)
    assert heads(client_of(lin).get("/customers/?columns=city,name,nonsense,city")) == ["city", "name"]
    assert heads(client_of(lin).get("/customers/?columns=nonsense"))[:3] == ["class", "name", "region"]


def test_many_columns_ask_the_database_no_more_for_many_rows(client_of, owned, lin, django_assert_max_num_queries):
    client = client_of(lin)
    client.get("/customers/")
    for number in range(12):
        owned(lin, f"客户 {number:02}", phones=[f"138123455{number:02}"], tags=["旺季", "老客户"])
    with django_assert_max_num_queries(22):
        client.get(f"/customers/?columns={ALL}")


def test_a_phone_in_a_pool_is_masked_wherever_its_value_goes(pooled, owned, lin, east_one, today):
    hidden, own = pooled(east_one, phones=["13812345521"]), owned(lin, "甲", phones=["13812345522"])
    values = [COLUMNS["phone"].value(line) for line in lines([hidden, own], today)]
    assert values == ["138****5521", "13812345522"]


def test_missing_conditions_are_those_of_the_class_it_stands_in(owned, lin, today):
    row = owned(lin)
    Customer.objects.filter(pk=row.pk).update(class_code="3", conditions=[])
    [line] = lines([Customer.objects.get()], today)
    missing = COLUMNS["missing"].value(line)
    assert missing
    Customer.objects.update(conditions=["product_introduced", "interest_known", "objection_known", "kp_known"])
    [line] = lines([Customer.objects.get()], today)
    assert COLUMNS["missing"].value(line) != missing
