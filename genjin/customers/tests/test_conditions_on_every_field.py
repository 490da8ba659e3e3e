"""Every field with every operator is a question the database can answer, and the derived ones answer it right."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from genjin.customers import columns, conditions, filters
from genjin.customers.models import ContactPerson, Customer, Phone, Profile, Tag
from genjin.customers.shown import lines

pytestmark = pytest.mark.django_db

SAMPLES = {"text": "13", "number": "3", "days": "3", "day": "2026-11-24", "row": "1"}
CHOSEN = {
    "class": "5",
    "state": "planned",
    "kind": "org",
    "closed_as": "dead",
    "missing": "kp_known",
    "rests": "yes",
    "window": "passed",
}


def every_condition():
    for field in filters.FIELDS.values():
        for operator in field.kind.operators:
            value = CHOSEN.get(field.name) or SAMPLES.get(field.kind.control, "")
            if field.name == "phone" and operator == "is":
                value = "13812345521"
            if operator in ("last", "next"):
                value = "7"
            if operator == "between":
                value = f"{value},{value}"
            yield f"{field.name}:{operator}" + ("" if operator in ("empty", "filled", "yes", "no") else f":{value}")


@pytest.fixture
def names(today):
    def listed(where, rows=None) -> list[str]:
        asked = filters.read(QueryDict(f"where={where}"))
        assert asked.left_out == ()
        rows = Customer.objects.all() if rows is None else rows
        return sorted(row.name for row in filters.narrowed(rows, asked, person=0, today=today))

    return listed


@pytest.mark.parametrize("where", list(every_condition()))
def test_every_field_can_be_asked_and_told(owned, lin, names, where):
    owned(lin)
    names(where)
    [condition] = filters.read(QueryDict(f"where={where}")).conditions()
    assert "%" not in conditions.in_words(condition, lin)


@pytest.fixture
def two(owned, lin):
    return owned(lin, "甲"), owned(lin, "乙")


@pytest.mark.parametrize(
    ("set_", "where"),
    [
        ({"city": "无锡"}, "city:is:无锡,苏州"),
        ({"city": "无锡"}, "city:filled"),
        ({"last_note": "要一份方案，周五回"}, "note:has:方案"),
        ({"last_note": "a,b;c\\d"}, "note:has:a\\,b\\;c\\\\d"),
        ({"last_note": "100%_满意"}, "note:has:%25_"),
        ({"missed_in_row": 3}, "missed:min:3"),
        ({"postponements": 2}, "postponed:between:1,2"),
        ({"class_since": datetime(2026, 10, 1)}, "class_days:min:30"),
        ({"won_on": datetime(2026, 10, 1)}, "won:filled"),
        ({"external_id": "007"}, "external_id:begins:00"),
        ({"kind": "household"}, "kind:not:org"),
        ({"owned_since": datetime(2026, 10, 1), "last_effective_on": datetime(2026, 11, 1)}, "silent:between:23,23"),
    ],
)
def test_a_condition_finds_the_one_that_meets_it(two, names, set_, where):
    Customer.objects.filter(name="甲").update(**set_)
    assert names(where) == ["甲"]


def test_days_are_days_of_the_organisation(two, names, today):
    """An instant at half past midnight in Shanghai is still the day before in UTC."""
    shanghai = ZoneInfo("Asia/Shanghai")
    Customer.objects.filter(name="甲").update(last_touch_at=datetime(2026, 11, 24, 0, 30, tzinfo=shanghai))
    Customer.objects.filter(name="乙").update(last_touch_at=datetime(2026, 11, 23, 23, 30, tzinfo=shanghai))
    assert names("touched:is:2026-11-24") == names("touched:after:2026-11-23") == ["甲"]
    assert names("touched:before:2026-11-24") == names("touched:between:,2026-11-23") == ["乙"]
    assert names("touched:last:1") == ["乙", "甲"]
    assert names("touched:next:0") == ["甲"]


def test_days_to_come(two, names, today):
    Customer.objects.filter(name="甲").update(planned_on=today + timedelta(days=3))
    Customer.objects.filter(name="乙").update(planned_on=today + timedelta(days=4))
    assert names("planned:next:3") == ["甲"]


def test_people_and_phones(two, names):
    first = two[0]
    ContactPerson.objects.create(customer=first, name="张会计", title="会计", is_key_person=True, wechat="zhangkj")
    Phone.objects.create(customer=first, number="13912345521")
    assert names("contact:has:张") == names("key_person:yes") == names("title:is:会计") == ["甲"]
    assert names("phone:begins:139") == names("phone:begins:139123") == names("phone:filled") == ["甲"]
    assert names("phone:is:139 1234 5521") == ["甲"]
    assert names("phone:empty") == names("key_person:no") == names("contact:empty") == ["乙"]


def test_what_a_pool_hides_cannot_be_asked_for_either(pooled, east_one, names):
    row = pooled(east_one)
    ContactPerson.objects.create(customer=row, name="张会计", wechat="zhangkj")
    Phone.objects.create(customer=row, number="13912345521")
    assert names("phone:begins:139") == [row.name]
    assert names("phone:begins:1391") == names("wechat:has:zhang") == []


def test_tags_any_every_none(owned, lin, names):
    for name, tags in (("甲", ["旺季", "老客户"]), ("乙", ["旺季"]), ("丙", [])):
        owned(lin, name, tags=tags)
    both = ",".join(str(tag.pk) for tag in Tag.objects.all())
    assert names(f"tag:is:{both}") == ["乙", "甲"]
    assert names(f"tag:every:{both}") == ["甲"]
    assert names(f"tag:not:{both}") == names("tag:empty") == ["丙"]


def test_missing_conditions_are_those_that_the_column_shows(owned, lin, names, today):
    for number, met in enumerate(([], ["product_introduced"], ["product_introduced", "interest_known"])):
        row = owned(lin, f"客户 {number}")
        Customer.objects.filter(pk=row.pk).update(class_code="3", conditions=met)
    ContactPerson.objects.create(customer=Customer.objects.get(name="客户 2"), name="王总", is_key_person=True)
    missing = {
        line.customer.name: columns.COLUMNS["missing"].value(line) for line in lines(Customer.objects.all(), today)
    }
    assert names("missing:filled") == sorted(name for name, words in missing.items() if words)
    for code, condition in filters.entry_conditions().items():
        lacking = [name for name, words in missing.items() if condition.words.zh in words.split("、")]
        assert names(f"missing:is:{code}") == sorted(lacking)


def test_what_peers_do_is_found_in_the_profile(two, names):
    Profile.objects.create(customer=two[0], peers="同行都在做直播")
    assert names("peers:has:直播") == ["甲"]
    assert names("peers:empty") == ["乙"]


def test_groups(owned, lin, names):
    for name, city, missed in (("甲", "无锡", 0), ("乙", "苏州", 3), ("丙", "常州", 3), ("丁", "无锡", 3)):
        row = owned(lin, name)
        Customer.objects.filter(pk=row.pk).update(city=city, missed_in_row=missed)
    assert names("any(city:is:无锡;city:is:苏州)&where=missed:min:3") == ["丁", "乙"]
    assert names("city:is:无锡;missed:min:3&where=city:is:常州&join=any") == ["丁", "丙"]
    assert names("any(city:is:无锡;missed:min:3)") == ["丁", "丙", "乙", "甲"]
