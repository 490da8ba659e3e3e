"""Nothing is lost by merging leads and taking them apart: whatever is merged, pushed, changed, ended, comes again and
is taken back in whatever order, there is no orphan and no double, and an untouched lead is as it was to the last byte.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from genjin.core.reasons import Refused
from genjin.customers.models import Pool
from genjin.leads.merging.models import LeadMerge
from genjin.leads.merging.services import merge_leads
from genjin.leads.merging.undoing import undo_lead_merge
from genjin.leads.models import Arrival, Channel, Lead, Push
from genjin.leads.queues.models import Queue
from genjin.leads.services.arriving import Coming, receive
from genjin.leads.services.changing import change_lead
from genjin.leads.services.pushes import Judged, end_lead, push_lead, reopen_lead
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks.models import Adoption

START = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
nth = st.integers(min_value=0, max_value=11)


def rows() -> dict[int, dict]:
    """Every lead, but for the number by which two who change one see each other."""
    return {row["id"]: {**row, "version": 0} for row in Lead.objects.values()}


class Floor(RuleBasedStateMachine):
    """A seller and a manager, five leads that may be one: two of the seller's, two in the queue, one ended."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = transaction.atomic()
        self.begun.__enter__()
        self.moments = count(1)
        self.unit = Unit.objects.create(name="一组", week="six")
        Pool.objects.create(unit=self.unit, home_of=self.unit, name="一组")
        Queue.objects.create(unit=self.unit, home_of=self.unit, name="一组")
        Adoption.objects.create(unit=self.unit, playbook="telesales", size="standard", rhythm="table")
        boss = Person.objects.create(sign_in="liang", name="梁静", role=Role.MANAGER, unit=self.unit)
        self.boss = Person.objects.select_related("unit").get(pk=boss.pk)
        for number in range(5):
            given = {"company": f"惠山机械{number}", "phone": f"1381234550{number}", "city": f"城{number}"[:number]}
            coming = Coming(Channel.FORM, self.unit.pk, given)
            receive(coming, by=self.boss, at=self.at, owner=self.boss if number < 2 else None)
        end_lead(lead=self._lead(4), outcome="no_lead", reason="广告", by=self.boss, at=self.at)
        self.first, self.touched, self.cities = rows(), set(), {}
        self.whose = self._hanging()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.begun.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=next(self.moments))

    def _lead(self, number: int) -> Lead:
        leads = list(Lead.objects.order_by("pk"))
        return leads[number % len(leads)]

    def _hanging(self) -> dict[tuple[str, int], int]:
        return {
            (table.__name__, pk): lead
            for table in (Push, Arrival)
            for pk, lead in table.objects.values_list("pk", "lead")
        }

    def _touch(self, lead: Lead) -> None:
        self.touched.add(lead.pk)
        for key, whose in self._hanging().items():
            self.whose.setdefault(key, whose)

    @rule(kept=nth, absorbed=st.lists(nth, min_size=1, max_size=2, unique=True), takes=st.booleans())
    def merge(self, kept, absorbed, takes) -> None:
        target, parts = self._lead(kept), [self._lead(number) for number in absorbed]
        chosen = {"city": parts[0].pk, "company": parts[-1].pk} if takes else {}
        with suppress(Refused):
            merge_leads(kept=target, absorbed=parts, chosen=chosen, by=self.boss, at=self.at)

    @rule(number=nth)
    def undo(self, number) -> None:
        merges = list(LeadMerge.objects.order_by("pk"))
        if merges:
            undo_lead_merge(merge=merges[number % len(merges)], by=self.boss, at=self.at)

    @rule(number=nth, judgement=st.sampled_from(["again", "unreachable", "need_now", "no_need"]))
    def push(self, number, judgement) -> None:
        lead = self._lead(number)
        with suppress(Refused):
            push_lead(lead=lead, judged=Judged(uuid4(), judgement, "电话"), by=self.boss, at=self.at)
            self._touch(lead)

    @rule(number=nth)
    def change(self, number) -> None:
        lead = self._lead(number)
        if lead.is_open and lead.owner_id:
            self.cities[lead.pk] = f"新城{next(self.moments)}"
            change_lead(lead=lead, fields={"city": self.cities[lead.pk]}, by=self.boss, at=self.at)
            self._touch(lead)

    @rule(number=nth, says=st.sampled_from(["", "再问一次"]))
    def come_again(self, number, says) -> None:
        """The same person writes again: the open lead that has them by now takes it in."""
        phone = f"1381234550{number % 5}"
        given = {"company": f"惠山机械{number % 5}", "phone": phone, "wants": says}
        lead = receive(Coming(Channel.FORM, self.unit.pk, given), by=None, at=self.at)
        self._touch(lead)
        # An identical one counts on where the first of it hangs, and goes back with it.
        self.touched |= set(Lead.objects.filter(phone=phone).values_list("pk", flat=True))
        self.first |= {pk: row for pk, row in rows().items() if pk not in self.first}

    @rule(number=nth)
    def end(self, number) -> None:
        lead = self._lead(number)
        if lead.is_open:
            end_lead(lead=lead, outcome="no_lead", reason="广告", by=self.boss, at=self.at)
            self._touch(lead)

    @rule(number=nth)
    def reopen(self, number) -> None:
        lead = self._lead(number)
        with suppress(Refused):
            was_open = lead.is_open
            reopen_lead(lead=lead, by=self.boss, at=self.at)
            if not was_open:
                self._touch(lead)

    @rule()
    def take_all_apart(self) -> None:
        for merge in LeadMerge.objects.order_by("pk"):
            undo_lead_merge(merge=merge, by=self.boss, at=self.at)
        now = rows()
        assert not [row for row in now.values() if row["outcome"] == "duplicate"]
        for pk, row in self.first.items():
            if pk not in self.touched:
                assert now[pk] == row
        assert {pk: now[pk]["city"] for pk in self.cities} == self.cities
        assert self._hanging() == self.whose

    @invariant()
    def nothing_is_an_orphan_or_counted_twice(self) -> None:
        absorbed = set(LeadMerge.objects.standing().values_list("absorbed", flat=True))
        for lead in Lead.objects.all():
            pushes, arrivals = Push.objects.filter(lead=lead), Arrival.objects.filter(lead=lead)
            assert (lead.outcome == "duplicate") == (lead.pk in absorbed)
            if lead.pk in absorbed:
                assert not pushes.exists()
                assert not arrivals.exists()
            else:
                assert lead.times == arrivals.aggregate(times=Sum("times"))["times"]
                assert (lead.pushes, lead.reached) == (
                    pushes.count(),
                    pushes.exclude(judgement="unreachable").count(),
                )


@pytest.mark.django_db
def test_whatever_is_merged_comes_apart_again():
    effort = settings(
        max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )  # fmt: skip
    run_state_machine_as_test(Floor, settings=effort)
