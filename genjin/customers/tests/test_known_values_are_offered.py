"""Who types a city, a province or an industry into a condition is offered what is known."""

import pytest

from genjin.customers.known_values import offered
from genjin.customers.services.identity import create_customer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def customers(lin, fang, at):
    for n, (city, industry) in enumerate([("常熟", "装修"), ("常熟", "装修"), ("Perth", "物流")]):
        create_customer(fields={"name": f"客户 {n}", "city": city, "industry": industry}, owner=lin, by=lin, at=at)
    create_customer(fields={"name": "别人的", "industry": "秘密行业"}, owner=fang, by=fang, at=at)


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        ("city", "常", ["常熟", "常州", "常德"]),
        ("city", "苏州、无", ["苏州、无锡"]),
        ("city", "PER", ["Perth"]),
        ("province", "江", ["江苏", "江西", "黑龙江"]),
        ("province", "没有这个省", []),
        ("industry", "", ["装修", "物流"]),
    ],
)
def test_what_continues_the_typed_is_offered_the_frequent_first(lin, field, typed, found):
    some = offered(field, typed, lin)
    assert [value for value in some if value in found] == found
    assert bool(some) == bool(found)


def test_what_strangers_have_is_not_told(lin, fang, client_of):
    assert "秘密行业" in client_of(fang).get("/customers/values/?field=industry&value=秘").content.decode()
    assert "秘密行业" not in client_of(lin).get("/customers/values/?field=industry&value=秘").content.decode()


def test_only_of_fields_with_known_values(client_of, lin):
    assert client_of(lin).get("/customers/values/?field=remarks&value=a").status_code == 404


def test_the_form_of_a_city_asks_while_one_types(client_of, lin):
    page = client_of(lin).get("/customers/conditions/add/?field=city&list=view=mine").content.decode()
    assert 'hx-get="/customers/values/?field=city"' in page
    assert 'list="f-value-offered"' in page
    assert '<datalist id="f-value-offered">' in page
    assert (
        "datalist" not in client_of(lin).get("/customers/conditions/add/?field=remarks&list=view=mine").content.decode()
    )
