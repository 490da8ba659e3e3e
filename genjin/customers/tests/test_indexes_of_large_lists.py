"""What stands in the database beside the tables: the indexes that lists are read by, each of them once."""

from collections import Counter

import pytest
from django.db import connection

from genjin.customers.models import Customer, Phone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Customer, Phone])
def test_the_tables_have_the_indexes_of_the_models_and_no_others(model):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    there = {name for name, each in found.items() if each["index"] and not each["unique"]}
    by_field = {name for name in there if name.startswith("customers_")}
    assert there - by_field == {index.name for index in model._meta.indexes}
    assert len(by_field) == sum(field.db_index and not field.unique for field in model._meta.local_fields)


def test_no_two_indexes_hold_the_same(db):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "customers_customer")
    plain = Counter(tuple(each["columns"]) for each in found.values() if each["index"] and each["columns"])
    conditions = {(tuple(index.fields), str(index.condition)) for index in Customer._meta.indexes if index.fields}
    assert len(conditions) == sum(bool(index.fields) for index in Customer._meta.indexes)
    assert plain[("name_key",)] == 1
