"""A class that a company adds: customers enter it at once, and leave it when it is left out again."""

import pytest

from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.services.identity import create_customer
from genjin.customers.services.standing import move_class
from genjin.playbooks.editing.adding import with_class
from genjin.playbooks.editing.leaving_out import without_class
from genjin.playbooks.editions.services import change_draft, put_into_effect
from genjin.playbooks.schema import shipped
from genjin.playbooks.services import variant
from genjin.playbooks.tests.changing import made_current

TELESALES = shipped()["telesales"]


def added():
    return with_class(TELESALES, like="3", name={"zh": "试用客户", "en": "On trial"}, badge="试")


@pytest.mark.django_db
def test_customers_enter_it_and_leave_it_when_it_is_left_out(lin, liang, qian, at):
    old = create_customer(fields={"name": "无锡朗悦搬家"}, class_code="4", owner=lin, by=lin, at=at)
    made_current(added(), by=qian, at=at)
    row = create_customer(fields={"name": "苏州启禾装饰"}, class_code="c1", owner=lin, by=lin, at=at)
    move_class(customer=old, to="c1", reason="给了试用", by=liang, at=at)
    held = Customer.objects.filter(class_code="c1")
    assert held.count() == 2
    assert {each.class_rank for each in held} == {variant("telesales").class_of("c1").rank}
    draft = change_draft(playbook="telesales", content=TELESALES, by=qian, at=at)
    with pytest.raises(Refused, match="class_in_use") as refused:
        put_into_effect(draft=draft, note="不要了", by=qian, at=at)
    assert refused.value.reason.figures["count"] == 2
    made_current(without_class(added(), "c1", "3"), by=qian, at=at)
    assert set(Customer.objects.filter(pk__in=[row.pk, old.pk]).values_list("class_code", flat=True)) == {"3"}
