"""Nothing is lost by merging and taking apart: whatever is merged, changed, removed and taken back in whatever order,
there is no orphan and no double, what somebody changed since stays changed, and all else is as it was to the last byte.
"""

from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genjin.core.reasons import Refused
from genjin.customers.merging.people import merge_people, undo_people_merge
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import (
    Collaboration,
    ContactPerson,
    Customer,
    Merge,
    PeopleMerge,
    Phone,
    Pool,
    Profile,
    Remark,
    SuspectedPair,
)
from genjin.customers.rules import name_key
from genjin.customers.services.identity import (
    ContactFile,
    change_customer,
    change_profile,
    create_customer,
    remove_contact_person,
    save_contact_person,
)
from genjin.customers.services.ownership import assign_customer, lend_customer
from genjin.customers.services.standing import close_customer, plan_customer, reopen_customer
from genjin.followups.models import Appointment, KeyNote, Promise, Task, Touch
from genjin.followups.register.services import note_key_customer
from genjin.followups.services.agreements import make_appointment, make_promise
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.followups.tasks.services import Order, give_tasks_to_owners
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks.models import Adoption

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)
TABLES = (
    Customer, ContactPerson, Phone, Customer.tags.through, Profile, KeyNote, Remark, Touch, Promise, Appointment, Task,
    Collaboration, SuspectedPair,
)  # fmt: skip
NUMBERS = ["13812345521", "13812345522", "13812345523", "051088888888"]
NAMES = ["沈总", "沈建国", "高建平"]
nth = st.integers(min_value=0, max_value=11)

Rows = dict[tuple[str, int], dict]


def everything() -> Rows:
    """Every row of every table, but for the number by which two who change one customer see each other."""
    return {
        (table.__name__, row.pk): {
            column.attname: getattr(row, column.attname)
            for column in table._meta.concrete_fields
            if column.attname != "version"
        }
        for table in TABLES
        for row in table._default_manager.all()
    }


class Floor(RuleBasedStateMachine):
    """Two sellers and their manager, four customers that may be one, each with people, promises, notes of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = transaction.atomic()
        self.begun.__enter__()
        self.moments = count(1)
        self.unit = Unit.objects.create(name="一组", week="six")
        Pool.objects.create(unit=self.unit, home_of=self.unit, name="一组")
        Adoption.objects.create(unit=self.unit, playbook="telesales", size="standard", rhythm="table")
        self.boss = self._person("梁静", Role.MANAGER)
        self.sellers = [self._person("林小满", Role.SELLER), self._person("周雨桐", Role.SELLER)]
        for number in range(4):
            self._customer(number)
        one, other, *_more = Customer.objects.order_by("pk")
        SuspectedPair.objects.create(one=one, other=other, percent=90, found_at=self.at)
        self.expected = everything()
        self.touched: set[tuple[str, int, str]] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.begun.__exit__(None, None, None)

    def _person(self, name, role) -> Person:
        person = Person.objects.create(sign_in=name, name=name, role=role, unit=self.unit)
        return Person.objects.select_related("unit").get(pk=person.pk)

    def _customer(self, number) -> None:
        by = self.sellers[number % 2]
        row = create_customer(
            fields={"name": f"朗悦搬家{'服务部'[:number]}", "city": ["", "无锡", "苏州", "常州"][number]},
            phones=NUMBERS[number % 2 : 3],
            contact=ContactFile({"name": NAMES[number % 3]}, NUMBERS[number : number + 2]),
            tags=[f"标签{number % 2}"], owner=by, by=by, at=self.at,
        )  # fmt: skip
        if number:
            change_profile(customer=row, fields={"peers": f"同行{number}"}, by=by, at=self.at)
            make_promise(customer=row, what="发案例", by_when=self.at + timedelta(days=1), by=by, at=self.at)
            note = Note(key=uuid4(), effective=number > 1, miss_reason="" if number > 1 else "no_answer")
            save_touch(customer=row, note=note, by=by, at=self.at)
            Customer.objects.filter(pk=row.pk).update(custom={"size": number, "made": "yes"})
        if number == 2:
            note_key_customer(customer=row, next_step="寄样品", left_open="", memo="属虎", by=by, at=self.at)
            make_appointment(customer=row, when=self.at + timedelta(days=2), by=by, at=self.at)
            give_tasks_to_owners(
                order=Order(on=START.date(), purpose="问清预算"), customers=[row], by=self.boss, at=self.at
            )
            lend_customer(customer=row, to=self.sellers[1], may_work=True, ends_on=None, by=self.boss, at=self.at)
        Remark.objects.create(customer=row, on=START.date(), text=f"老表里的话{number}")

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=next(self.moments))

    def customer(self, at) -> Customer:
        rows = list(Customer.objects.select_related("unit", "owner").order_by("pk"))
        return rows[at % len(rows)]

    def person(self, at) -> ContactPerson | None:
        rows = list(ContactPerson.objects.select_related("customer").order_by("pk"))
        return rows[at % len(rows)] if rows else None

    def changed_by(self, verb, **given) -> None:
        """Somebody changes something: what is expected at the end changes with it."""
        before = everything()
        with suppress(Refused):
            verb(**given, by=self.boss, at=self.at)
        after = everything()
        for key in before.keys() | after.keys():
            was, now = before.get(key, {}), after.get(key, {})
            if not now:
                self.expected.pop(key, None)
                continue
            for column in now:
                if was.get(column, ...) != now[column]:
                    self.expected.setdefault(key, {})[column] = deepcopy(now[column])
                    self.touched.add((*key, column))
        standing = {row["id"] for merge in PeopleMerge.objects.standing().exclude(kept=None) for row in merge.gone}
        doubles = {
            row["id"] for merge in PeopleMerge.objects.standing().exclude(kept=None) for row in merge.phones["gone"]
        }
        waiting = {("ContactPerson", pk) for pk in self._with_those_in(standing)} | {("Phone", pk) for pk in doubles}
        for key in [key for key in self.expected if key[0] in ("ContactPerson", "Phone")]:
            if key not in after and key not in waiting:
                del self.expected[key]  # removed together with whom they had become part of

    def _with_those_in(self, people: set[int]) -> set[int]:
        """These, and who had become part of them before."""
        for merge in PeopleMerge.objects.standing().order_by("-pk"):
            if merge.people[0] in people:
                people |= set(merge.people)
        return people

    @rule(
        which=st.lists(nth, min_size=2, max_size=4), field=st.sampled_from(["name", "city", "custom.size"]), whose=nth
    )
    def merge(self, which, field, whose):
        rows = [self.customer(each) for each in which]
        with suppress(Refused):
            chosen = {field: rows[whose % len(rows)].pk, "profile.peers": "both"}
            merge_customers(kept=rows[0], absorbed=rows[1:], chosen=chosen, by=self.boss, at=self.at)

    @rule(which=nth)
    def take_apart(self, which):
        for merge in Merge.objects.standing().order_by("-pk")[which % 4 : which % 4 + 1]:
            undo_merge(merge=merge, by=self.boss, at=self.at)

    @rule(which=nth, whose=nth)
    def merge_people(self, which, whose):
        row = self.customer(which)
        people = list(row.contact_people.order_by("pk"))
        if len(people) > 1:
            kept = people.pop(whose % len(people))
            with suppress(Refused):
                merge_people(
                    customer=row, kept=kept, absorbed=people[: 1 + whose % 2], chosen={"remarks": "both"}, by=self.boss,
                    at=self.at,
                )  # fmt: skip

    @rule(which=nth)
    def take_people_apart(self, which):
        for merge in PeopleMerge.objects.standing().order_by("-pk")[which % 3 : which % 3 + 1]:
            with suppress(Refused):
                undo_people_merge(merge=merge, by=self.boss, at=self.at)

    @rule(which=nth, field=st.sampled_from(["city", "name", "remarks"]), number=nth)
    def change_the_file(self, which, field, number):
        self.changed_by(change_customer, customer=self.customer(which), fields={field: f"改{number}"})

    @rule(which=nth, number=nth)
    def change_phones_and_tags(self, which, number):
        phones, tags = [NUMBERS[number % 4], "13912345000"], [f"标签{number % 3}"]
        self.changed_by(change_customer, customer=self.customer(which), fields={}, phones=phones, tags=tags)

    @rule(which=nth, number=nth)
    def change_the_profile(self, which, number):
        self.changed_by(change_profile, customer=self.customer(which), fields={"market": f"淡季{number}"})

    @rule(which=nth, number=nth)
    def write_into_the_register(self, which, number):
        row = self.customer(which)
        self.changed_by(note_key_customer, customer=row, next_step=f"第{number}步", left_open="", memo="")

    @rule(which=nth, number=nth)
    def add_somebody(self, which, number):
        contact = ContactFile({"name": NAMES[number % 3], "remarks": f"加的{number}"}, [NUMBERS[number % 4]])
        self.changed_by(save_contact_person, customer=self.customer(which), contact=contact)

    @rule(which=nth, number=nth)
    def change_somebody(self, which, number):
        if person := self.person(which):
            contact = ContactFile({"name": person.name, "title": f"经理{number}"}, [NUMBERS[number % 4]])
            self.changed_by(save_contact_person, customer=person.customer, contact=contact, existing=person)

    @rule(which=nth)
    def remove_somebody(self, which):
        if person := self.person(which):
            self.changed_by(remove_contact_person, contact=person)

    @rule(which=nth, who=nth, effective=st.booleans())
    def write_a_note(self, which, who, effective):
        row, person = self.customer(which), self.person(who)
        note = Note(
            key=uuid4(), effective=effective, miss_reason="" if effective else "no_answer",
            contact_person=person.pk if person and person.customer_id == row.pk else None,
        )  # fmt: skip
        self.changed_by(save_touch, customer=row, note=note)

    @rule(which=nth)
    def promise(self, which):
        by_when = START + timedelta(days=3)
        self.changed_by(make_promise, customer=self.customer(which), what="打样", by_when=by_when)

    @rule(which=nth, to=nth)
    def assign(self, which, to):
        self.changed_by(assign_customer, customer=self.customer(which), to=self.sellers[to % 2])

    @rule(which=nth)
    def plan(self, which):
        self.changed_by(plan_customer, customer=self.customer(which), on=START.date(), reason="说好了")

    @rule(which=nth)
    def close(self, which):
        self.changed_by(close_customer, customer=self.customer(which), kind="dead", reason="没戏")

    @rule(which=nth)
    def reopen(self, which):
        self.changed_by(reopen_customer, customer=self.customer(which))

    @invariant()
    def nothing_is_an_orphan(self):
        assert (
            not Phone.objects.filter(contact_person__isnull=False)
            .exclude(customer=F("contact_person__customer"))
            .exists()
        )
        duplicates = Customer.objects.filter(closed_kind="duplicate").order_by("pk").values_list("pk", flat=True)
        merged = Merge.objects.standing().order_by("absorbed").values_list("absorbed", flat=True)
        assert list(duplicates) == list(merged)
        held = Promise.objects.open().filter(customer__owner__isnull=False)
        assert not held.exclude(by=F("customer__owner")).exists()
        assert all(row.name_key == name_key(row.name) for row in Customer.objects.all())

    @rule(order=st.randoms(use_true_random=False))
    def take_all_apart(self, order):
        while merges := list(Merge.objects.standing().order_by("pk")):
            undo_merge(merge=order.choice(merges), by=self.boss, at=self.at)
        while merges := list(PeopleMerge.objects.standing().exclude(kept=None).order_by("pk")):
            with suppress(Refused):
                undo_people_merge(merge=order.choice(merges), by=self.boss, at=self.at)
        now = everything()
        assert now.keys() == self.expected.keys()
        for key, row in now.items():
            wrong = {
                column: (value, self.expected[key][column])
                for column, value in row.items()
                if value != self.expected[key][column] and not self._follows(key, column)
            }
            assert not wrong, (key, wrong)
        for row in Customer.objects.all():
            touches = Touch.objects.standing().filter(customer=row)
            assert (row.attempts, row.effective_contacts) == (
                touches.count(),
                touches.filter(is_effective=True).count(),
            )

    def _follows(self, key, column) -> bool:
        """What was changed since and is not compared: counts, which are compared with the notes, whose an agreement is,
        which follows its customer, and a phone, which follows its person."""
        return (*key, column) in self.touched and (
            column in ("attempts", "effective_contacts", "by_id", "person_id", "appointment_at")
            or (key[0] == "Phone" and column == "customer_id")
        )


@pytest.mark.django_db
def test_whatever_is_merged_comes_apart_again():
    effort = settings(
        max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )  # fmt: skip
    run_state_machine_as_test(Floor, settings=effort)
