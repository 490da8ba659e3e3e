"""When two records are of one beyond doubt."""

import pytest

from genjin.core.linkage.schemes import read_scheme
from genjin.core.linkage.scoring import certain_by

SCHEME = read_scheme("""
prior: -8
alert: 50
certain:
  - {name: company, same: [phone, company], agreeing: [city]}
  - {name: person, same: [phone, people], lacking: [company]}
comparisons:
  - {fields: [company], by: text, same: 5, unlike: -3}
  - {fields: [people], by: name, same: 5, unlike: -3}
  - {fields: [city], by: text, same: 2, unlike: -3}
  - {fields: [phone], by: equal, same: 12, unlike: 0}
keys: [[phone]]
""")
ONE = {"company": ("朗悦",), "phone": ("1", "2"), "city": ("无锡",), "people": ("沈总",)}


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"company": ("朗悦",), "phone": ("2",)}, "company"),
        ({"company": ("朗悦",), "phone": ("2",), "city": ("无锡",)}, "company"),
        ({"company": ("朗悦",), "phone": ("2",), "city": ("苏州",)}, ""),
        ({"company": ("朗悦搬家",), "phone": ("2",)}, ""),
        ({"company": ("朗悦",), "phone": ("3",)}, ""),
        ({"company": ("朗悦",)}, ""),
        ({"people": ("沈总",), "phone": ("1",)}, ""),  # one of them is a company
    ],
)
def test_equal_to_the_letter_or_not(other, rule):
    assert certain_by(SCHEME, ONE, other) == rule
    assert certain_by(SCHEME, other, ONE) == rule


def test_two_people_without_a_company():
    one, other = {"people": ("沈建国",), "phone": ("1",)}, {"people": ("沈建国", "沈总"), "phone": ("1", "2")}
    assert certain_by(SCHEME, one, other) == "person"
