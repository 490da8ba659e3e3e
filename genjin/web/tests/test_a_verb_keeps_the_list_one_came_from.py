"""Back on the page one is on, the query string stays; anywhere else it does not come along."""

import pytest
from django.test import RequestFactory

from genjin.web.htmx import redirect_to


@pytest.mark.parametrize(
    ("came_from", "to", "goes"),
    [
        ("http://testserver/customers/7/?view=mine&class=4", "/customers/7/", "/customers/7/?view=mine&class=4"),
        ("http://testserver/customers/7/?view=mine", "/customers/8/", "/customers/8/"),
        ("http://testserver/customers/7/", "/customers/7/", "/customers/7/"),
        ("http://evil.example/customers/7/?view=mine", "/customers/7/", "/customers/7/"),
        ("", "/customers/7/", "/customers/7/"),
    ],
)
def test_where_it_goes(came_from, to, goes):
    request = RequestFactory().post("/customers/7/plan/", headers={"Referer": came_from})
    request.htmx = False
    assert redirect_to(request, to)["Location"] == goes
