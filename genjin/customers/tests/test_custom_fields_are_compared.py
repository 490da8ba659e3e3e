"""A custom field that the company has chosen counts where two customers are compared."""

import pytest

from genjin.core.fields.services import make_field
from genjin.customers.duplicates import searching
from genjin.customers.duplicates.hints import duplicates_of
from genjin.customers.duplicates.models import SuspectedPair
from genjin.customers.duplicates.services import search_stock
from genjin.customers.duplicates.settings import rules_now
from genjin.customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(owned, lin, qian, at):
    """Two names, one tax number."""
    code = make_field(subject="customer", label="税号", kind="text", by=qian, at=at).code
    rows = owned(lin, "朗悦搬家"), owned(lin, "苏州启禾装饰")
    Customer.objects.update(custom={code: "91320211MA1XYZ"})
    return code, *rows


def night(qian, at):
    searching.carry_out(search_stock(by=qian, at=at), lambda: at)


def test_nothing_is_compared_until_it_is_chosen(two, qian, at):
    night(qian, at)
    assert not SuspectedPair.objects.exists()


def test_chosen_on_the_page_it_brings_two_together(client, two, qian, lin, at):
    code, one, other = two
    client.force_login(qian)
    done = client.post("/settings/duplicates/", {"alert": 50, f"field-{code}": "16"})
    assert done.status_code == 303
    assert rules_now().compared == {code: 16}
    assert client.get("/settings/duplicates/").shown["form"].initial[f"field-{code}"] == 16
    night(qian, at)
    pair = SuspectedPair.objects.get()
    assert (pair.one, pair.other, pair.reasons[0]) == (one, other, {"field": f"custom_{code}", "alike": 100})
    assert "自定义字段相同" in client.get("/customers/pairs/").content.decode()
    assert duplicates_of(lin, one) == []  # a hint is asked for by phone and name; the night asks by every key


@pytest.mark.parametrize("bits", ["5", "x"])
def test_any_other_weight_is_refused(client, two, qian, bits):
    client.force_login(qian)
    assert client.post("/settings/duplicates/", {"alert": 50, f"field-{two[0]}": bits}).status_code == 422
    assert rules_now().compared == {}
