"""A scheme is data, checked when it is read: a mistake is named, nothing is guessed."""

import msgspec
import pytest

from genjin.core.linkage.schemes import read_scheme

GOOD = """
prior: -8
alert: 50
strong: [phone]
comparisons:
  - {fields: [name], by: name, same: 5, unlike: -3}
  - {fields: [phone], by: equal, same: 12, unlike: 0}
keys: [[phone], ["name:start2", phone]]
"""


def test_it_names_the_fields_it_reads():
    assert read_scheme(GOOD).fields == ("name", "phone")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("by: name", "by: ear", "Invalid enum value"),
        ("same: 5", "same: -4", "not below same"),
        ("keys: [[phone]", "keys: [[fax]", "nothing compares fax"),
        ("strong: [phone]", "strong: [fax]", "nothing compares fax"),
        ("alert: 50", "alert: 500", "<= 100"),
        ("alert: 50", "alert: 50\ncertain: [{name: x, same: [phone, fax]}]", "certain, x: nothing compares fax"),
        ("alert: 50", "alert: 50\ncertain: [{name: x, same: [phone]}]", "length >= 2"),
        ("alert: 50", "alert: 50\nalarm: 3", "unknown field"),
        ("fields: [name]", "fields: [name, b, c, d]", "one to 3 fields"),
        ("keys: [[phone]", 'keys: [["phone:middle"]', "part of a key"),
    ],
)
def test_a_mistake_is_named(right, wrong, said):
    with pytest.raises(msgspec.ValidationError, match=said):
        read_scheme(GOOD.replace(right, wrong))
