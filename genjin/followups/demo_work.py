"""What the demo's people agreed with customers and among each other: visits, tasks, lines of the register."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.followups.demo_notes import REGISTER, VISITS
from genjin.followups.models import Appointment, KeyNote, Task
from genjin.followups.reports.figures import key_classes
from genjin.followups.tasks.services import Order, end_task, give_tasks
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of

VISITED_AT = (time(10), time(15, 30))
REGISTERED = 8  # how many key customers of a person have a line of words in the register


class Floor(NamedTuple):
    """Whom it is about: people by sign-in, the manager, and the moment that is now."""

    people: Mapping[str, Person]
    manager: Person
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def clock(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day, never one that is still to come."""
        return min(timezone.make_aware(datetime.combine(day, time(hour, minute))), self.now)

    def worked_before(self, person: Person, count: int) -> list[date]:
        """The last so many working days before this one, in the order they came."""
        calendar = practice_of(person.unit).calendar
        back = (self.today - timedelta(days=number) for number in range(1, 60))
        return list(reversed(list(islice(filter(calendar.is_working, back), count))))


def agree_visits(sellers: Sequence[Person], *, floor: Floor) -> None:
    """Each has a visit on the next day worked, the second of them two, of which one is confirmed."""
    for number, seller in enumerate(sellers):
        day = practice_of(seller.unit).calendar.next_working(floor.today + timedelta(days=1))
        free = Customer.objects.owned_by(seller).filter(planned_on=day, appointment_at=None)
        quiet = free.exclude(last_effective_on__gte=floor.today).order_by("class_rank", "pk")
        for nth, row in enumerate(quiet[: len(VISITED_AT) if number == 1 else 1]):
            what_for = VISITS[(number + nth) % len(VISITS)]
            at = timezone.make_aware(datetime.combine(day, VISITED_AT[nth]))
            row.appointment_at = at
            row.planned_why = Reason("planned_for_appointment", {"at": at.isoformat()}).as_json()
            row.save(update_fields=["appointment_at", "planned_why"])
            Appointment.objects.create(
                customer=row, by=seller, at=at, kind=Appointment.Kind.VISIT, purpose=what_for,
                confirmed_at=floor.clock(floor.today, 9, 12) if nth else None,
            )  # fmt: skip


def give_out_tasks(floor: Floor) -> None:
    """The manager asked for something yesterday and the day before: open, answered, declined, late."""
    people = floor.people
    before, yesterday = floor.worked_before(people["zhouyutong"], 2)
    today = practice_of(people["zhouyutong"].unit).calendar.next_working(floor.today)
    given = floor.clock(yesterday, 17, 42)
    pressed = _nearest_to_payment(people["zhouyutong"])
    give_tasks(
        order=Order(on=today, purpose="合同今天催回来", wanted="问清哪天盖章、谁来盖"),
        people=[people["zhouyutong"]], customer=pressed, by=floor.manager, at=given,
    )  # fmt: skip
    asked = give_tasks(
        order=Order(on=today, purpose="这周能付款的客户列个名单", wanted="名字、金额、哪天付"),
        people=[people[name] for name in ("linhaoran", "hemuqing", "guoziang")], by=floor.manager, at=given,
    )  # fmt: skip
    earlier = floor.clock(before, 9, 15)
    give_tasks(
        order=Order(on=yesterday, purpose="带价格表去店里见老板", wanted="见到老板本人", kind=Task.Kind.VISIT),
        people=[people["caoyiming"]], customer=_nearest_to_payment(people["caoyiming"]), by=floor.manager, at=earlier,
    )  # fmt: skip
    declined = give_tasks(
        order=Order(on=yesterday, purpose="把上月说“再看看”的重 4 过一遍", wanted="能升 3 类的报给我"),
        people=[people["guoziang"]], by=floor.manager, at=earlier,
    )  # fmt: skip
    answered = next(task for task in asked.tasks if task.person_id == people["linhaoran"].pk)
    end_task(
        task=answered, outcome=Task.Outcome.DONE, result="两家能落在周四，一家要到月底，名单发你微信了。",
        by=people["linhaoran"], at=floor.clock(floor.today, 10, 6),
    )  # fmt: skip
    end_task(
        task=declined.tasks[0], outcome=Task.Outcome.DECLINED, result="手上逾期的还没打完，周五前补上。",
        by=people["guoziang"], at=floor.clock(yesterday, 18, 20),
    )  # fmt: skip


def fill_register(sellers: Sequence[Person], *, floor: Floor) -> None:
    """The lines that each wrote about some of their key customers."""
    rows = []
    for seller in sellers:
        keys = Customer.objects.owned_by(seller).filter(class_code__in=key_classes(practice_of(seller.unit)))
        for nth, pk in enumerate(keys.order_by("class_rank", "pk").values_list("pk", flat=True)[:REGISTERED]):
            if nth % 3 == 2:
                continue
            next_step, left_open, memo = REGISTER[(seller.pk + nth) % len(REGISTER)]
            rows.append(
                KeyNote(
                    customer_id=pk, next_step=next_step, left_open=left_open, memo=memo, changed_by=seller,
                    changed_at=floor.now - timedelta(days=nth + 1),
                )
            )  # fmt: skip
    KeyNote.objects.bulk_create(rows)


def _nearest_to_payment(person: Person) -> Customer:
    mine = Customer.objects.owned_by(person).filter(won_on=None, class_rank__gt=0)
    return mine.filter(class_code__in=("2", "3k")).order_by("class_rank", "due_on", "pk").first() or mine[0]
