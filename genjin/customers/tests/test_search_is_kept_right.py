"""Whatever is done to customers' files in whatever order, search knows them as they are."""

from contextlib import suppress
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.core.search import services
from genjin.customers.models import ContactPerson, Customer, Pool
from genjin.customers.services.identity import (
    ContactFile,
    change_customer,
    create_customer,
    remove_contact_person,
    save_contact_person,
)
from genjin.customers.services.restoring import undo
from genjin.customers.tests.importing import imported
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks.models import Adoption

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NAMES = ["重庆恒通贸易", "恆通", "朗悦搬家", "单小红", "Acme Corp", "长乐", "🙂", "A"]
PHONES = ["13812345521", "13800001111", "05198888888"]
ADDRESSES = ["gao_88", "zhou@example.com", ""]
nth = st.integers(0, 6)
name, phone, address = st.sampled_from(NAMES), st.sampled_from(PHONES), st.sampled_from(ADDRESSES)


class Files(RuleBasedStateMachine):
    """One manager and all that can be written into a customer's file."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = transaction.atomic()
        self.begun.__enter__()
        self.numbers = count()
        unit = Unit.objects.create(name="一组", week="six")
        Pool.objects.create(unit=unit, home_of=unit, name="公海")
        Adoption.objects.create(unit=unit, playbook="telesales", size="standard", rhythm="table")
        self.by = Person.objects.create(sign_in="boss", name="钱立群", role=Role.OWNER, unit=unit)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.begun.__exit__(None, None, None)

    def customer(self, nth: int) -> Customer | None:
        rows = list(Customer.objects.order_by("pk"))
        return rows[nth % len(rows)] if rows else None

    def tried(self, service, **given) -> None:
        with suppress(Refused), transaction.atomic():
            service(**given, by=self.by, at=AT)

    @rule(name=name, phone=phone, contact=name, wechat=address)
    def create(self, name, phone, contact, wechat):
        file = ContactFile({"name": contact, "wechat": wechat}, ["13900002222"])
        self.tried(create_customer, fields={"name": name}, phones=[phone], contact=file, owner=self.by)

    @rule(nth=nth, name=name, short=name, phones=st.none() | st.lists(phone, max_size=2))
    def change(self, nth, name, short, phones):
        if row := self.customer(nth):
            self.tried(change_customer, customer=row, fields={"name": name, "short_name": short}, phones=phones)

    @rule(nth=nth, name=name, email=address, again=st.booleans())
    def write_a_contact(self, nth, name, email, again):
        if row := self.customer(nth):
            existing = row.contact_people.first() if again else None
            file = ContactFile({"name": name, "email": email}, PHONES[:1])
            self.tried(save_contact_person, customer=row, contact=file, existing=existing)

    @rule(nth=nth)
    def remove_a_contact(self, nth):
        people = list(ContactPerson.objects.order_by("pk"))
        if people:
            self.tried(remove_contact_person, contact=people[nth % len(people)])

    @rule(nth=nth)
    def take_back(self, nth):
        for entry in Entry.objects.filter(verb="customer.changed").order_by("-pk")[nth % 3 : nth % 3 + 1]:
            self.tried(undo, entry=entry)

    @rule(name=name, contact=name, wechat=address)
    def bring_in_a_list(self, name, contact, wechat):
        number = next(self.numbers)
        rows = f"客户名称,联系人,联系人手机,微信\n{name}{number},{contact},139{number:08},{wechat}\n"
        imported(self.by, AT, rows)

    @invariant()
    def search_tells_the_truth(self):
        assert services.check() == []


def test_search_knows_every_file_as_it_is():
    effort = settings(
        max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )  # fmt: skip
    run_state_machine_as_test(Files, settings=effort)


def test_an_imported_wechat_is_found(liang, at):
    imported(liang, at, "客户名称,联系人,微信,邮箱\n怡美,周先生,zhou_cz,z@example.com\n")
    assert services.check() == []
