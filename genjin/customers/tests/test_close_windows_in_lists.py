"""Close windows in lists: which are over, which warn, how many days are left."""

from datetime import timedelta

import pytest

from genjin.customers.models import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(owned, lin, today):
    """One whose window is over, one that warns, one that runs; and one that has none."""
    for name, code, days in (("过了", "3k", 12), ("快到", "2", 4), ("还早", "3", 2), ("没有", "4", 90)):
        row = owned(lin, name, class_code=code)
        on = (today - timedelta(days=days)).isoformat()
        Customer.objects.filter(pk=row.pk).update(entered_classes={code: on, "5": "2020-01-01"})


@pytest.mark.parametrize(
    ("asked", "names"),
    [("passed", {"过了"}), ("warns", {"快到"}), ("runs", {"还早"}), ("passed,warns", {"过了", "快到"})],
)
def test_the_list_is_narrowed_to_them(client_of, lin, three, asked, names):
    page = client_of(lin).get(f"/customers/?window={asked}").content.decode()
    assert {name for name in ("过了", "快到", "还早", "没有") if f">{name}</a>" in page} == names


def test_the_column_says_how_many_days(client_of, lin, three):
    page = client_of(lin).get("/customers/?columns=name,window").content.decode()
    assert [text for text in ("办款期已过 2 天", "办款期剩 1 天", "办款期剩 18 天") if text in page] == [
        "办款期已过 2 天", "办款期剩 1 天", "办款期剩 18 天",
    ]  # fmt: skip
