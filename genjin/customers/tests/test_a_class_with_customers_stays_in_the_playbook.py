"""A class that customers stand in is not left out of a playbook without saying what they become."""

import pytest

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.playbooks.editions.models import Edition
from genjin.playbooks.editions.services import change_draft, put_into_effect
from genjin.playbooks.services import variant
from genjin.playbooks.tests.changing import without_class


def standing(customer, code="7"):
    Customer.objects.filter(pk=customer.pk).update(class_code=code)


def test_it_is_refused_with_how_many(owned, lin, qian, at):
    for _each in range(2):
        standing(owned(lin))
    draft = change_draft(playbook="telesales", content=without_class("7"), by=qian, at=at)
    with pytest.raises(Refused, match="class_in_use") as refused:
        put_into_effect(draft=draft, note="不要了", by=qian, at=at)
    assert refused.value.reason.figures == {"playbook": "telesales", "class_code": "7", "count": 2}
    assert not Edition.objects.exists()


def test_with_what_they_become_it_goes(owned, lin, qian, at):
    standing(owned(lin))
    draft = change_draft(playbook="telesales", content=without_class("7", became="6"), by=qian, at=at)
    put_into_effect(draft=draft, note="并到 6 类", by=qian, at=at)
    assert not variant("telesales").has_class("7")
