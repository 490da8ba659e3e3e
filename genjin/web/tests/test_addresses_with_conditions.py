"""A link that changes one condition keeps the others and begins the list anew."""

import pytest
from django.test import RequestFactory

from genjin.web.markup import key_name, with_query


@pytest.mark.parametrize(
    ("address", "changes", "expected"),
    [
        ("/c/?a=1&cursor=x", {"b": 2}, "/c/?a=1&b=2"),
        ("/c/?a=1&cursor=x", {"cursor": "y"}, "/c/?a=1&cursor=y"),
        ("/c/?a=1", {"a": None}, "/c/"),
        ("/c/?a=1&a=2", {"a": ["3", "4"]}, "/c/?a=3&a=4"),
        ("/c/?q=恒通&b=%26", {"c": "x y"}, "/c/?q=%E6%81%92%E9%80%9A&b=%26&c=x+y"),
    ],
)
def test_one_condition_changes(address, changes, expected):
    assert with_query(RequestFactory().get(address), **changes) == expected


@pytest.mark.parametrize(
    ("key", "cap"),
    [("e", "E"), ("mod+enter", "Ctrl ↵"), ("mod+z", "Ctrl Z"), ("escape", "Esc"), ("1", "1"), ("?", "?")],
)
def test_a_key_is_written_as_on_its_cap(key, cap):
    assert key_name(key) == cap
