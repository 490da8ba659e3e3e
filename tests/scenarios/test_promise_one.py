"""Nobody is dropped: whatever people do in whatever order, promise 1 holds after every step."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F, Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.core.transfer import runs as imports
from genjin.core.transfer import undoing
from genjin.core.transfer.models import ImportRun
from genjin.customers.bulk import runs
from genjin.customers.merging.services import merge_customers
from genjin.customers.merging.undoing import undo_merge
from genjin.customers.models import BulkRun, Customer, Merge, Pool
from genjin.customers.services.identity import create_customer
from genjin.customers.services.ownership import assign_customer, claim_customer, release_customer
from genjin.customers.services.restoring import UNDOABLE, undo
from genjin.customers.services.standing import close_customer, move_class, plan_customer, reopen_customer
from genjin.followups.models import Touch
from genjin.followups.services.corrections import undo_touch
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.leads.queues.models import Queue
from genjin.organization.events import HandOver
from genjin.organization.models import Person, Role, Unit
from genjin.organization.services.leaving import deactivate_person
from genjin.organization.services.people import change_person
from genjin.playbooks.models import Adoption
from genjin.playbooks.practice import practice_of
from genjin.playbooks.services import adopt_playbook, playbooks_for

SHANGHAI = ZoneInfo("Asia/Shanghai")
CODES = ["0", "5", "4", "3", "3k", "2", "1", "A", "B", "C", "D", "E"]
nth = st.integers(min_value=0, max_value=30)


class Company(RuleBasedStateMachine):
    """A telesales team and a region with another playbook; four people, one of whom may leave at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = transaction.atomic()
        self.begun.__enter__()
        self.numbers = count()
        self.day = date(2026, 11, 23)
        self.head = self._unit("总部", None)
        self.team = self._unit("一组", self.head)
        self.region = self._unit("大区", self.head)
        Adoption.objects.create(unit=self.head, playbook="general")
        Adoption.objects.create(unit=self.team, playbook="telesales", size="standard", rhythm="table")
        self.boss = self._person("钱立群", Role.OWNER, self.head)
        self.people = [
            self._person("林小满", Role.SELLER, self.team),
            self._person("周雨桐", Role.SELLER, self.team),
            self._person("方志远", Role.MANAGER, self.region),
            self.boss,
        ]

    def teardown(self) -> None:
        """Every run begins with an empty company."""
        transaction.set_rollback(True)
        self.begun.__exit__(None, None, None)

    def _unit(self, name, parent) -> Unit:
        unit = Unit.objects.create(name=name, parent=parent, week="six")
        Pool.objects.create(unit=unit, home_of=unit, name=name)
        Queue.objects.create(unit=unit, home_of=unit, name=name)
        return unit

    def _person(self, name, role, unit) -> Person:
        return Person.objects.create(sign_in=name, name=name, role=role, unit=unit)

    def person(self, at: int) -> Person:
        return Person.objects.select_related("unit").get(pk=self.people[at % len(self.people)].pk)

    def customer(self, at: int) -> Customer | None:
        rows = list(Customer.objects.select_related("unit", "owner").order_by("pk"))
        return rows[at % len(rows)] if rows else None

    @property
    def at(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, next(self.numbers) % 60, tzinfo=SHANGHAI)

    def tried(self, verb, **given) -> None:
        """A refusal is an answer, too."""
        if given.get("customer", True) is None:
            return
        with suppress(Refused):
            verb(**given)

    @rule(who=nth, to_pool=st.booleans(), code=st.sampled_from(["", *CODES]))
    def create(self, who, to_pool, code):
        by = self.person(who)
        place = {"pool": by.unit.pool} if to_pool else {"owner": by}
        name = f"客户 {next(self.numbers)}"
        self.tried(create_customer, fields={"name": name}, class_code=code, by=by, at=self.at, **place)

    @rule(who=nth, which=nth, effective=st.booleans(), code=st.sampled_from(["", *CODES]), ahead=st.integers(-1, 80))
    def write_a_note(self, who, which, effective, code, ahead):
        row = self.customer(which)
        known = row is not None and practice_of(row.unit).playbook.has_class(code)
        note = Note(
            key=uuid4(), effective=effective, miss_reason="" if effective else "no_answer",
            class_wanted=code if known else "",
            next_on=self.day + timedelta(days=ahead) if ahead else None, next_reason="说好了",
        )  # fmt: skip
        self.tried(save_touch, customer=row, note=note, by=self.person(who), at=self.at)

    @rule(who=nth, which=nth, decision=st.sampled_from(["move", "pool", "close", "keep"]))
    def miss_three_times(self, who, which, decision):
        for last in (False, False, True):
            note = Note(
                key=uuid4(), effective=False, miss_reason="no_answer",
                third_miss=decision if last else "", decision_reason="三次没接",
            )  # fmt: skip
            self.tried(save_touch, customer=self.customer(which), note=note, by=self.person(who), at=self.at)

    @rule(who=nth, which=st.lists(nth, min_size=2, max_size=4))
    def merge(self, who, which):
        kept, *absorbed = map(self.customer, which)
        if kept is not None:
            with suppress(Refused):
                merge_customers(kept=kept, absorbed=absorbed, by=self.person(who), at=self.at)

    @rule(which=nth)
    def take_a_merge_apart(self, which):
        for each in Merge.objects.order_by("-pk")[which % 3 : which % 3 + 1]:
            with suppress(Refused):
                undo_merge(merge=each, by=self.boss, at=self.at)

    @rule(which=nth, code=st.sampled_from(CODES))
    def move_the_class(self, which, code):
        self.tried(move_class, customer=self.customer(which), to=code, reason="看过了", by=self.boss, at=self.at)

    @rule(who=nth, which=nth, ahead=st.integers(-2, 90), reason=st.sampled_from(["", "出国"]))
    def plan(self, who, which, ahead, reason):
        on = self.day + timedelta(days=ahead)
        self.tried(plan_customer, customer=self.customer(which), on=on, reason=reason, by=self.person(who), at=self.at)

    @rule(who=nth, which=nth)
    def claim(self, who, which):
        self.tried(claim_customer, customer=self.customer(which), by=self.person(who), at=self.at)

    @rule(who=nth, to=nth, which=nth)
    def assign(self, who, to, which):
        given = {"to": self.person(to), "by": self.person(who), "at": self.at}
        self.tried(assign_customer, customer=self.customer(which), **given)

    def many(self, rows, *, verb, by, **options) -> None:
        with suppress(Refused):
            runs.carry_out(runs.start(verb=verb, options=options, rows=rows, by=by, at=self.at), clock=lambda: self.at)

    @rule(first=nth, second=nth)
    def deal_out_the_pools(self, first, second):
        among = [self.person(first).pk, self.person(second).pk]
        self.many(Customer.objects.in_pool(), verb="deal", by=self.boss, among=list(dict.fromkeys(among)))

    @rule(who=nth, to=nth, verb=st.sampled_from(["assign", "release", "claim", "tag"]))
    def do_it_to_all(self, who, to, verb):
        options = {"to": self.person(to).pk, "reason": "换人", "add": [f"第{to}批"]}
        self.many(Customer.objects.all(), verb=verb, by=self.person(who), **options)

    @rule(who=nth, code=st.sampled_from(CODES), ahead=st.integers(-1, 60))
    def place_them_all(self, who, code, ahead):
        by = self.person(who)
        options = {"to": code, "playbook": practice_of(by.unit).playbook.code, "reason": "一起调"}
        self.many(Customer.objects.open(), verb="class", by=by, **options)
        on = (self.day + timedelta(days=ahead)).isoformat()
        self.many(Customer.objects.open(), verb="plan", by=by, on=on, reason="一起排")

    @rule(who=nth, kind=st.sampled_from(Customer.Closed.values))
    def close_all_one_has(self, who, kind):
        by = self.person(who)
        self.many(Customer.objects.filter(owner=by), verb="close", by=by, kind=kind, reason="不做了")

    @rule(back=st.integers(0, 3))
    def take_back_what_was_done_to_many(self, back):
        for run in BulkRun.objects.exclude(verb="undo").select_related("by")[back : back + 1]:
            with suppress(Refused):
                by = Person.objects.get(pk=run.by_id)
                runs.carry_out(runs.start_undo(run=run, by=by, at=self.at), clock=lambda: self.at)

    @rule(who=nth, which=nth)
    def release(self, who, which):
        self.tried(release_customer, customer=self.customer(which), reason="不做了", by=self.person(who), at=self.at)

    @rule(who=nth, which=nth, kind=st.sampled_from(Customer.Closed.values))
    def close(self, who, which, kind):
        given = {"kind": kind, "reason": "没戏", "by": self.person(who), "at": self.at}
        self.tried(close_customer, customer=self.customer(which), **given)

    @rule(who=nth, which=nth)
    def reopen(self, who, which):
        self.tried(reopen_customer, customer=self.customer(which), by=self.person(who), at=self.at)

    @rule(
        who=st.sampled_from([2, 3]),
        update=st.booleans(),
        to=nth,
        code=st.sampled_from(["", *CODES]),
        again=st.integers(0, 3),
    )
    def import_a_file(self, who, update, to, code, again):
        """Two rows of one customer and one of another; by an update they may move owner, class and days."""
        by, number = self.person(who), next(self.numbers)
        first, owner = f"K{number % 7 if update else number}", self.person(to).sign_in if to % 3 else ""
        text = (
            "客户,编号,负责人,客户类别,下次联系\n"
            f"导入{number},{first},{owner},{code},{self.day + timedelta(days=again * 20 - 10)}\n"
            f"导入{number}甲,{first},,,\n导入{number}乙,L{number},{owner},,\n"
        )
        mapping = {
            "客户": "name",
            "编号": "external_id",
            "负责人": "owner",
            "客户类别": "class",
            "下次联系": "planned_on",
        }
        options = {
            "pool": by.unit.pool.pk, "mode": "update" if update else "create", "key": "external_id",
            "rules": dict.fromkeys(["name", "owner", "class", "planned_on"], "overwrite"), "again": True,
        }  # fmt: skip
        with suppress(Refused):
            run = imports.receive(kind="customer", pieces=[text.encode()], file_name="名单.csv", by=by, at=self.at)
            imports.choose(run=run, mapping=mapping, options=options, by=by, at=self.at)
            run.refresh_from_db()
            imports.check(run, at=self.at)
            imports.start(run=run, by=by, at=self.at)
            imports.carry_out(run, at=self.at)
            run.refresh_from_db()
            assert run.created + run.updated + run.unchanged + run.skipped + run.failed == run.rows == 3

    @rule(which=nth)
    def undo_an_import(self, which):
        for run in (
            ImportRun.objects.filter(state="done").select_related("by").order_by("-pk")[which % 3 : which % 3 + 1]
        ):
            self.tried(undoing.start_undo, run=run, by=self.boss, at=self.at)
            undoing.carry_out_undo(run, at=self.at)
            run.refresh_from_db()
            assert run.state in ("undone", "done")
            assert set(run.kept_records.values_list("subject", flat=True)) <= set(
                Customer.objects.values_list("pk", flat=True)
            )

    @rule(which=nth)
    def take_back(self, which):
        entry = Entry.objects.filter(kind="customer", verb__in=UNDOABLE).order_by("-pk")[which % 5 : which % 5 + 1]
        for each in entry:
            self.tried(undo, entry=each, by=each.by, at=self.at)

    @rule(which=nth)
    def take_a_note_back(self, which):
        for touch in Touch.objects.standing().select_related("author").order_by("-pk")[:1]:
            self.tried(undo_touch, touch=touch, by=touch.author, at=self.at)

    @rule(who=st.integers(0, 2), kind=st.sampled_from(["successor", "share_out", "pool"]))
    def leave(self, who, kind):
        person = self.person(who)
        if not person.is_active:
            return
        others = tuple(each for each in Person.objects.active().exclude(pk=person.pk).select_related("unit"))
        hand_over = HandOver(kind, successor=others[0], people=others, unit=person.unit)
        deactivate_person(person, hand_over=hand_over, by=self.boss, at=self.at, today=self.day)

    @rule(who=st.integers(0, 2), there=st.booleans())
    def move_to_another_unit(self, who, there):
        unit = self.region if there else self.team
        given = {"by": self.boss, "at": self.at, "today": self.day, "unit": unit}
        with suppress(Refused):
            change_person(self.person(who), **given)

    @rule(general=st.booleans())
    def adopt_another_playbook(self, general):
        self.tried(
            adopt_playbook, unit=self.team, playbook="general" if general else "telesales", by=self.boss, at=self.at
        )

    @rule(days=st.integers(1, 40))
    def let_days_pass(self, days):
        self.day += timedelta(days=days)

    @invariant()
    def nobody_is_dropped(self):
        rows = Customer.objects.all()
        is_open = Q(closed_on=None)
        assert not rows.filter(is_open, owner=None, pool=None).exists()
        assert not rows.filter(is_open, owner__isnull=False, pool__isnull=False).exists()
        assert not rows.filter(is_open, owner__isnull=False, due_on=None).exists()
        assert not rows.filter(is_open, owner__is_active=False).exists()
        assert not rows.filter(is_open, owner__isnull=False).exclude(unit=F("owner__unit")).exists()
        assert not rows.filter(is_open, pool__isnull=False).exclude(unit=F("pool__unit")).exists()

    @invariant()
    def everybody_has_a_class_of_the_units_playbook(self):
        playbooks = playbooks_for([self.head.pk, self.team.pk, self.region.pk])
        for row in Customer.objects.open():
            playbook = playbooks[row.unit_id]
            assert (row.playbook, playbook.has_class(row.class_code)) == (playbook.code, True)
            assert playbook.class_of(row.class_code).closes_as is None


@pytest.mark.django_db
def test_no_sequence_of_verbs_drops_anybody():
    effort = settings(
        max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )  # fmt: skip
    run_state_machine_as_test(Company, settings=effort)
