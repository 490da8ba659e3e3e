"""A class that the unit's playbook does not have is refused in words, and nothing changes."""

import pytest

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.web.wording import word

pytestmark = pytest.mark.django_db


def test_a_new_customer_cannot_begin_in_it(lin, at):
    with pytest.raises(Refused) as refused:
        create_customer(fields={"name": "云栖茶业"}, class_code="X", owner=lin, by=lin, at=at)
    assert "X" in word(refused.value)
    assert not Customer.objects.exists()
