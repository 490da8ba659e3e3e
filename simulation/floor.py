"""Day after day: the night's jobs, the morning's, the sellers at their lists, the evening's decisions.

The jobs are those that the product's worker calls, at its hours; the clock is handed to them. Nights pass on days off,
too. A seller reads the day's list anew at the beginning of each block, as one does who works from the page.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.statements import Statement
from genjin.customers.models import ContactPerson, Customer
from genjin.customers.services.identity import CONTACT, ContactFile, save_contact_person
from genjin.customers.services.standing import close_customer
from genjin.followups.day import DayBlock, day_of
from genjin.followups.escalation.digests import make_digests
from genjin.followups.models import Appointment, Promise
from genjin.followups.plans.services import make_plans, settle_plans
from genjin.followups.proposals.morning import propose_what_days_bring
from genjin.followups.proposals.reassigning import propose_others
from genjin.followups.recycling.services import recycle_until_yesterday
from genjin.followups.register.services import propose_weekends
from genjin.followups.services.agreements import end_promise
from genjin.followups.services.replanning import replan_until_yesterday
from genjin.followups.services.touches import save_touch
from genjin.organization.models import Person
from genjin.playbooks.variant import Block
from simulation.behaviour import Answer, attempt, stream
from simulation.building import Company, moment
from simulation.decisions import Manager, Policies
from simulation.notes import Heard, note_of
from simulation.parameters import Parameters
from simulation.variants import Variant

MINUTES = 12  # for one contact: forty in eight hours (ours)
ENDS = time(18)


@dataclass(slots=True)
class Tally:
    """What was done on a day, by everybody."""

    attempts: int = 0
    reached: int = 0
    effective: int = 0
    seconds_tries: int = 0
    seconds_effective: int = 0
    by_seller: Counter[int] = field(default_factory=Counter)
    slots: Counter[int] = field(default_factory=Counter)
    sold: list[tuple[int, int, int]] = field(default_factory=list)  # seller, yuan, talks it took
    forbidden: int = 0


@Statement
def _standing(customer: int) -> QuerySet:
    return Customer.objects.filter(pk=customer).values_list("owner", "class_code", "closed_on")


class Floor:
    """One run. `day` numbers the working days, from 0."""

    def __init__(self, company: Company, variant: Variant, given: Parameters, *, seed: int) -> None:
        self.company, self.variant, self.given, self.seed = company, variant, given, seed
        self.day = 0
        self.tries: Counter[int] = Counter()
        self.seems: dict[int, float] = {}
        self.promised: set[int] = set()
        self.policies = Policies(variant, given, seed, self.seems)
        self.manager = Manager(company, variant, given, self.policies, seed=seed)

    def live_through(self, on: date) -> Tally | None:
        """One day of the calendar; None where nobody works."""
        self._night(on)
        if not self.company.practice.calendar.is_working(on):
            return None
        self._morning(on)
        tally = Tally()
        for seller in self.company.sellers:
            self._work(seller, on, tally)
        self.policies.evening(self.company.sellers, at=moment(on, 18, 10))
        self.manager.evening(at=moment(on, 18, 40))
        self.day += 1
        return tally

    def end(self, on: date) -> None:
        """The last night: what became of the last plans."""
        settle_plans(at=moment(on, 0, 5))

    def _night(self, on: date) -> None:
        recycle_until_yesterday(at=moment(on, 0, 1))
        settle_plans(at=moment(on, 0, 5))
        replan_until_yesterday(at=moment(on, 0, 5))

    def _morning(self, on: date) -> None:
        self.manager.morning(on, self.day)
        if self.variant.list == "plan":
            make_plans(at=moment(on, 5, 5))
        at = moment(on, 8, 15)
        propose_what_days_bring(at=at)
        propose_others(at=at)
        make_digests(at=moment(on, 8, 30))
        self.policies.claim(self.company.sellers, at=moment(on, 8, 20))
        propose_weekends(at=moment(on, 11, 35))

    # ------------------------------------------------------------------------------------------ a seller's day

    def _work(self, seller: Person, on: date, tally: Tally) -> None:
        luck = stream(self.seed, seller.pk, f"day {self.day}")
        agreed = self.company.practice.slots_of(seller)
        slots = max(round(luck.gauss(agreed, self.given.slots_spread)), agreed // 2)
        tally.slots[seller.pk] = slots
        worked: Counter[int] = Counter()
        skipped: set[int] = set()
        for block, begins in self._blocks(on):
            rows, own = self._list(seller, block, begins, worked, skipped, on)
            most = len(rows) if block is None else max(own, self._room(block))
            between = self._length(block) * 60 // max(min(len(rows), most), 1)
            for nth, (customer, is_second) in enumerate(rows):
                if slots <= 0:
                    return
                if nth >= most:
                    break
                if luck.random() < self.given.skips:
                    skipped.add(customer)
                    continue
                at = begins + timedelta(seconds=between * nth)
                if self._contact(seller, customer, at, tally, is_second=is_second):
                    worked[customer] += 1
                    slots -= 1

    def _blocks(self, on: date) -> Iterator[tuple[Block | None, datetime]]:
        """The day's blocks of time, and the last half hour for what is left."""
        for block in self.company.practice.playbook.blocks:
            assert block.starts is not None
            yield block, timezone.make_aware(datetime.combine(on, block.starts))
        yield None, moment(on, 17, 30)

    def _length(self, block: Block | None) -> int:
        if block is None or block.starts is None or block.ends is None:
            return 30
        ends, starts = block.ends, block.starts
        minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
        return minutes - 30 if ends == ENDS else minutes

    def _room(self, block: Block | None) -> int:
        return round(self._length(block) / MINUTES)

    def _list(
        self, seller: Person, block: Block | None, at: datetime, worked: Counter[int], skipped: set[int], on: date
    ) -> tuple[list[tuple[int, bool]], int]:
        """Whom the seller takes now, in order, and whether each is a second contact; how many of them are the block's
        own, which are done in it, tight as it may be. What fills it up gives way."""
        if self.variant.list != "plan":
            found = self._without_plan(seller, at, on, worked)
            return [(customer, False) for customer in found if customer not in skipped], 0
        day = day_of(seller, at=at)
        timed = {each.code for each in self.company.practice.playbook.blocks}

        def takes(each: DayBlock, *, is_here: bool) -> list[tuple[int, bool]]:
            fits = each.block.code == block.code if is_here and block else each.block.code not in timed
            return [
                (row.customer, row.is_second)
                for row in each.rows
                if (block is None or fits)
                and row.customer not in skipped
                and (self.variant.tries_twice or not row.is_second)
            ]

        if block is None:
            return [row for each in day.blocks for row in takes(each, is_here=True)], 0
        here = [row for each in day.blocks for row in takes(each, is_here=True)]
        rest = [row for each in day.blocks for row in takes(each, is_here=False)]
        return here + rest, len(here)

    def _without_plan(self, seller: Person, at: datetime, on: date, worked: Counter[int]) -> list[int]:
        """From one's own list alone: who asked for this hour first, then the longest overdue, or anybody.

        Whoever was missed today or on the last working day comes behind those who were not: nobody dials the same
        number again and again.
        """
        appointed = Appointment.objects.open().filter(by=seller, at__lt=at + timedelta(hours=2), at__gte=moment(on, 0))
        first = [pk for pk in appointed.order_by("at", "pk").values_list("customer", flat=True) if not worked[pk]]
        rows = list(
            Customer.objects.owned_by(seller)
            .order_by("pk")
            .values_list("pk", "due_on", "last_touch_at", "missed_in_row")
        )
        rows = [row for row in rows if not worked[row[0]] and row[0] not in first]
        if self.variant.list == "random":
            stream(self.seed, seller.pk, f"order {self.day} {at:%H}").shuffle(rows)
        else:
            lately = moment(self.company.practice.calendar.back(on - timedelta(days=1), 1), 0)
            rows.sort(key=lambda row: (bool(row[3] and row[2] and row[2] >= lately), row[1], row[0]))
        return first + [row[0] for row in rows]

    # ------------------------------------------------------------------------------------------ one contact

    def _contact(self, seller: Person, customer: int, at: datetime, tally: Tally, *, is_second: bool) -> bool:
        """Call, and write the note; False where the customer is no longer the seller's to call."""
        owner, class_code, closed_on = _standing(customer=customer)[0]
        if owner != seller.pk or closed_on is not None:
            return False
        row = Customer(pk=customer, class_code=class_code)  # the service reads it anew, and holds it
        self.tries[customer] += 1
        nth, mind = self.tries[customer], self.company.minds[customer]
        hour = timezone.localtime(at).hour
        answer = attempt(mind, self.given, seed=self.seed, customer=customer, nth=nth, day=self.day, hour=hour)
        luck = stream(self.seed, customer, f"note {nth}")
        note = note_of(Heard(row, answer, self.company.practice, at, luck))
        saved = save_touch(customer=row, note=note, by=seller, at=at)
        if note.promise_what:
            self.promised.add(customer)
        if answer.with_key_person:
            self.seems[customer] = answer.seems
        self._after(seller, saved.customer, answer, at, tally)
        tally.attempts += 1
        tally.reached += answer.reached
        tally.effective += saved.touch.is_effective
        tally.by_seller[seller.pk] += 1
        tally.seconds_tries += is_second
        tally.seconds_effective += is_second and saved.touch.is_effective
        if answer.said == "paid":
            payment = saved.touch.payments.get()
            tally.sold.append((seller.pk, int(payment.amount), mind.talks))
        return True

    def _after(self, seller: Person, row: Customer, answer: Answer, at: datetime, tally: Tally) -> None:
        """What belongs to it besides the note: who decides is written down, a promise ticked off, a wish respected."""
        if answer.names_key_person:
            known = ContactPerson.objects.filter(customer=row).order_by("position", "pk").first()
            fields = {name: getattr(known, name) for name in CONTACT} if known else {"name": "老板"}
            save_contact_person(
                customer=row, contact=ContactFile(fields | {"is_key_person": True}), existing=known, by=seller, at=at
            )
        if answer.said == "never again":
            close_customer(customer=row, kind="blocked", reason="让以后别打了", by=seller, at=at)
            tally.forbidden += 1
        elif answer.with_key_person and row.pk in self.promised:
            tonight = moment(timezone.localdate(at) + timedelta(days=1), 0)
            for promise in Promise.objects.open().filter(customer=row, by_when__lt=tonight, made_at__lt=at):
                end_promise(promise=promise, kept=True, by=seller, at=at)
