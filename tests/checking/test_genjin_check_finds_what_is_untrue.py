"""Every question of `genjin check`: silent when all is well, and it names the row that is not."""

from datetime import date

import pytest
from django.db import connection

from genjin.config.checking import untruths
from genjin.core.transfer.models import ImportRun
from genjin.customers.bulk.models import BulkRun
from genjin.customers.models import Customer, Pool
from genjin.customers.search import reindex_customers
from genjin.followups.models import Appointment, Touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(lin, at) -> Customer:
    made = Customer.objects.create(
        name="杭州云栖茶业有限公司",
        name_key="杭州云栖茶业",
        owner=lin,
        unit=lin.unit,
        owned_since=date(2026, 11, 2),
        playbook="telesales",
        class_code="4",
        class_since=date(2026, 11, 2),
        due_on=date(2026, 11, 30),
        created_at=at,
        created_by=lin,
    )
    reindex_customers([made.pk])
    return made


def questions_failed() -> set[str]:
    return {untruth.question for untruth in untruths()}


def change(customer: Customer, **fields) -> None:
    """Write past every service and every constraint, as a bug or a hand in the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for constraint in Customer._meta.constraints:
                cursor.execute(f'ALTER TABLE customers_customer DROP CONSTRAINT IF EXISTS "{constraint.name}"')
        try:
            Customer.objects.filter(pk=customer.pk).update(**fields)
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_a_company_in_order_is_true(customer, south):
    assert questions_failed() == set()


def test_an_owner_and_a_pool_at_once(customer, east_one):
    change(customer, pool=Pool.objects.get(unit=east_one))
    assert questions_failed() == {"an open customer has one owner or one pool"}


def test_no_due_date(customer):
    change(customer, due_on=None)
    assert questions_failed() == {"an open owned customer has a due date"}


def test_an_owner_who_left(customer, han):
    change(customer, owner=han)
    assert questions_failed() == {"what is open is with somebody who works here"}


def test_an_appointment_of_somebody_who_left(customer, han, at):
    Appointment.objects.create(customer=customer, by=han, at=at)
    assert questions_failed() == {"what is open is with somebody who works here"}


def test_the_unit_of_somebody_else(customer, south):
    change(customer, unit=south, playbook="general", class_code="C")
    assert questions_failed() == {"an open customer stands in the unit of its owner or pool"}


def test_a_class_of_another_playbook(customer, lin, at):
    change(customer, playbook="general", class_code="C")
    assert questions_failed() == {"an open customer works by its unit's playbook"}
    under_way = {"verb": "playbook", "options": {"units": [customer.unit_id]}, "state": "running"}
    BulkRun.objects.create(**under_way, by=lin, made_at=at)
    assert questions_failed() == set()


def test_a_unit_without_a_pool(customer, south):
    Pool.objects.get(unit=south).delete()
    assert questions_failed() == {"every unit has a pool"}


def test_a_contact_that_was_not_counted(customer, lin, at):
    Touch.objects.create(
        customer=customer,
        author=lin,
        at=at,
        is_effective=True,
        proposed_effective=True,
        class_before="4",
        class_after="4",
        key="7f0c9f0e-8a34-4f0b-9d62-0f6a4f4c1b11",
    )
    assert questions_failed() == {"the contacts counted are the contacts recorded"}


def test_an_import_whose_rows_do_not_add_up(customer, lin, at):
    ImportRun.objects.create(kind="customers", by=lin, made_at=at, state=ImportRun.State.DONE, rows=3, created=2)
    assert questions_failed() == {"what became of the rows adds up to the file's"}


def test_a_name_that_search_does_not_know(customer):
    change(customer, name="苏州三味书屋")
    assert questions_failed() == {"the search table is true"}


def test_the_command_prints_the_row_and_fails(customer, east_one, capsys):
    from genjin.config.cli import run

    change(customer, due_on=None)
    assert run(["check"]) == 1
    assert f"customer {customer.pk} " in capsys.readouterr().out


def test_the_command_succeeds_when_all_is_true(customer):
    from genjin.config.cli import run

    assert run(["check"]) == 0
