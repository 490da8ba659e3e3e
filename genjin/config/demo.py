"""The demo company: three regions, twelve sellers, some six thousand customers and sixty thousand contacts.

Written in bulk, dated relative to today, the same for the same seed. No person or company in it exists.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry, record_many
from genjin.customers.demo import Invented, Inventor
from genjin.customers.demo_fields import Filler, make_fields
from genjin.customers.demo_names import TAGS
from genjin.customers.models import ClassMove, ContactPerson, Customer, Phone, Pool, Profile, Remark, SourceChannel, Tag
from genjin.customers.moves.rules import direction_of
from genjin.customers.rules import name_key
from genjin.customers.search import reindex_customers
from genjin.followups.demo import Historian, Past, Planner, amounts
from genjin.followups.demo_notes import KEPT_ON, PROMISES, PURPOSES, RELEASES, REMARKS
from genjin.followups.demo_reports import Reporter
from genjin.followups.demo_work import Floor, agree_visits, fill_register, give_out_tasks
from genjin.followups.models import Appointment, Payment, Promise, Proposal, Touch
from genjin.followups.plans.services import MADE_FROM, make_plans
from genjin.followups.proposals.deciding import Wish, decide
from genjin.followups.proposals.morning import propose_what_days_bring
from genjin.insights import demo as supervision_demo
from genjin.leads.assigning.demo import make_rules
from genjin.leads.capture.demo import make_forms
from genjin.leads.demo import LeadMaker
from genjin.organization import demo as company_demo
from genjin.organization.events import HandOver
from genjin.organization.models import Person
from genjin.organization.services.leaving import deactivate_person
from genjin.playbooks.practice import Practice, practice_of
from genjin.playbooks.services import adopt_playbook, variant

SEED = 20240501
LEAVER = "hanxu"
MANAGER = "liangjing"

# What a seller holds of each class (least, most); the second team of the east stands above its limits.
STOCK = {
    "1": (0, 2), "2": (2, 5), "3k": (9, 15), "3": (22, 32), "4k": (34, 44), "4": (88, 105), "5": (30, 47), "6": (1, 4),
    "7": (12, 20), "0k": (8, 15), "0": (50, 74), "9": (20, 34),
}  # fmt: skip
OVER_LIMIT = {"3k": (5, 8), "3": (12, 16), "4k": (44, 50), "4": (112, 122), "5": (49, 56), "0": (78, 86)}
NEWCOMER = {
    "1": (0, 0), "2": (0, 0), "3k": (1, 2), "3": (4, 6), "4k": (6, 9), "4": (24, 30), "5": (8, 12), "6": (0, 0),
    "7": (0, 2), "9": (0, 1), "0": (60, 70),
}  # fmt: skip
GENERAL = {"A": (10, 14), "B": (28, 36), "C": (80, 100), "D": (120, 150)}
POOLS = {
    "华东电销一部": 560,
    "华东电销二部": 380,
    "华东": 160,
    "华南电销部": 520,
    "华南": 100,
    "华北渠道部": 300,
    "华北": 60,
}
POOL_CLASSES = ("0", "4", "5", "6", "7")


@transaction.atomic
def load_demo(*, now: datetime | None = None, seed: int = SEED, share: float = 1.0) -> None:
    """Fill an empty database, with a `share` of the customers. Raises RuntimeError when anybody is in it already."""
    if Person.objects.exists():
        raise RuntimeError("the demo company is only loaded into an empty database")
    Loader(Random(seed), now or timezone.now(), share).load()


class Loader:
    """One loading: the company, its customers, what happened with them."""

    def __init__(self, random: Random, now: datetime, share: float) -> None:
        self.random, self.now, self.today, self.share = random, now, timezone.localdate(now), share
        self.inventor = Inventor(random)
        self.customers: list[Customer] = []
        self.files: list[Invented] = []
        self.pasts: list[Past] = []
        self.filler = Filler(Random(len(POOLS)), self.today)

    def load(self) -> None:
        founded = self.now - timedelta(days=400)
        self.company = company_demo.make_company(at=founded, today=self.today)
        owner, units = self.company.owner, self.company.units
        adopt_playbook(unit=units["江岸互联"], playbook="telesales", by=owner, at=founded)
        adopt_playbook(unit=units["华北"], playbook="general", by=owner, at=founded)
        self.sources = list(SourceChannel.objects.all())
        make_fields(by=owner, at=founded)
        leaver = self.company.people[LEAVER]
        for seller in [*self.company.sellers, leaver]:
            self._holdings(seller)
        self._pools()
        self._write()
        self._agreements()
        self._money()
        leave_at = self.now - timedelta(days=23)
        heirs = tuple(self.company.people[name] for name in ("zhouyutong", "linhaoran", "hemuqing"))
        deactivate_person(
            leaver,
            hand_over=HandOver("share_out", people=heirs),
            by=owner,
            at=leave_at,
            today=timezone.localdate(leave_at),
        )
        self._carry_on(leaver, since=leave_at)
        self._decide()
        floor = Floor(self.company.people, self.company.people[MANAGER], self.now)
        company_demo.say_who_is_away(self.company, at=self.now - timedelta(days=4), today=self.today)
        agree_visits(self.company.sellers, floor=floor)
        fill_register(self.company.sellers, floor=floor)
        give_out_tasks(floor)
        LeadMaker(self.company.sellers, now=self.now, share=self.share).write()
        people = self.company.people
        make_rules(
            unit=units["华东"], often=people["zhouyutong"], seldom=people["linhaoran"], by=people[MANAGER],
            at=self.now - timedelta(days=40),
        )  # fmt: skip
        make_forms(unit=units["华东"], by=people[MANAGER], at=self.now - timedelta(days=40))
        make_plans(at=datetime.combine(self.today, MADE_FROM, self.now.tzinfo))
        supervision_demo.settle_promises(at=self.now)
        supervision_demo.find_faults(at=self.now)
        supervision_demo.say_something(manager=self.company.people[MANAGER], people=self.company.sellers, at=self.now)
        Reporter(floor).write()

    def _carry_on(self, leaver: Person, *, since: datetime) -> None:
        """What the leaver's customers saw after the hand-over was their new owners' work."""
        heir = Customer.objects.filter(pk=OuterRef("customer"), owner__isnull=False).values("owner")
        after = Touch.objects.filter(author=leaver, at__gt=since, customer__owner__isnull=False)
        after.update(author=Subquery(heir))
        moves = ClassMove.objects.filter(by=leaver, at__gt=since, customer__owner__isnull=False)
        moves.update(by=Subquery(heir), owner=Subquery(heir))

    def _decide(self) -> None:
        """What the rules proposed this morning, most of it answered by whose customers they are."""
        random = Random(len(KEPT_ON))  # of its own: what is invented elsewhere stays the same
        morning = datetime.combine(self.today, time(8, 15), self.now.tzinfo)
        propose_what_days_bring(at=min(morning, self.now))
        for each in Proposal.objects.to_decide().select_related("owner").order_by("pk"):
            if random.random() < 0.75:
                wish = Wish(way="keep", reason=random.choice(KEPT_ON))
                decide(proposal=each, wish=wish, by=each.owner, at=min(morning + timedelta(minutes=9), self.now))

    def _region(self, unit_name: str) -> str:
        return unit_name[:2]

    def _stock(self, seller: Person) -> dict[str, tuple[int, int]]:
        if seller.unit.name == "华北渠道部":
            return GENERAL
        if seller.unit.name == "华东电销二部":
            return STOCK | OVER_LIMIT
        if seller.sign_in in company_demo.NEWCOMER_SLOTS:
            return STOCK | NEWCOMER
        if not seller.is_active or seller.sign_in == LEAVER:
            return {code: (most // 8, most // 6) for code, (_least, most) in STOCK.items()}
        return STOCK

    def _holdings(self, seller: Person) -> None:
        practice = practice_of(seller.unit)
        historian = Historian(self.random, practice, now=self.now)
        held: list[Customer] = []
        customers_today = Counter(self._done_today() if seller.sign_in != LEAVER else {})
        for code, (least, most) in self._stock(seller).items():
            for _ in range(round(self.random.randint(least, most) * self.share)):
                customer = self._invent(self._region(seller.unit.name), practice, code)
                customer.owner, customer.unit = seller, seller.unit
                today = customers_today.get(code, 0) > 0
                customers_today[code] -= today
                self.pasts.append(historian.past_of(customer, seller, touched_today=today))
                held.append(customer)
        Planner(practice, slots=practice.slots_of(seller), today=self.today).place(
            held, unplaced=self.random.choice([0, 0, 1, 2])
        )

    def _done_today(self) -> dict[str, int]:
        """How many of each class were called this morning: the blocks before noon, as far as one got."""
        choose = self.random.choice
        new = {"0": choose([3, 4, 5]), "0k": choose([1, 2])}
        return new | {
            "2": choose([0, 1]),
            "3k": choose([0, 1]),
            "3": choose([1, 2]),
            "4k": choose([1, 2, 3]),
            "4": 1,
            "B": 4,
            "C": 5,
        }

    def _pools(self) -> None:
        pools = {pool.unit.name: pool for pool in Pool.objects.filter(home_of__isnull=False).select_related("unit")}
        authors = [*self.company.sellers, self.company.people[LEAVER]]
        for name, count in POOLS.items():
            pool = pools[name]
            practice = practice_of(pool.unit)
            historian = Historian(self.random, practice, now=self.now - timedelta(days=30))
            codes = POOL_CLASSES if practice.playbook.code == "telesales" else ("C", "D")
            known = [who for who in authors if who.unit == pool.unit] or authors
            for _ in range(round(count * self.share)):
                customer = self._invent(self._region(name), practice, self.random.choice(codes))
                customer.unit = pool.unit
                self.pasts.append(historian.past_of(customer, self.random.choice(known)))
                customer.pool = pool
                customer.owned_since = customer.due_on = None
                customer.due_why = {}

    def _invent(self, region: str, practice: Practice, code: str) -> Customer:
        file = self.inventor.customer(region)
        cls = practice.playbook.class_of(code)
        customer = Customer(
            **file.fields, playbook=practice.playbook.code, class_code=code, class_rank=cls.rank,
            class_since=self.today, source=self.random.choice(self.sources) if self.sources else None,
            created_by=self.company.owner, created_at=self.now, custom=self.filler.custom(),
        )  # fmt: skip
        customer.name_key = name_key(customer.name)
        if cls.is_queue or code == "5":
            for person in file.people:
                person["is_key_person"] = person["is_key_person"] and self.random.random() < 0.2
        self.customers.append(customer)
        self.files.append(file)
        return customer

    def _write(self) -> None:
        for customer, past in zip(self.customers, self.pasts, strict=True):
            first = past.touches[0].at if past.touches else self.now - timedelta(days=self.random.randint(8, 40))
            customer.created_at = first - timedelta(
                days=self.random.randint(0, 3), minutes=self.random.randint(30, 400)
            )
            if customer.class_rank <= 3:
                customer.conditions = ["interest_known", "objection_known", "product_introduced"]
        Customer.objects.bulk_create(self.customers, batch_size=500)
        people, phones = [], []
        for customer, file in zip(self.customers, self.files, strict=True):
            for position, fields in enumerate(file.people):
                people.append(ContactPerson(customer=customer, position=position, **fields))
                phones.append(Phone(customer=customer, contact_person=people[-1], number=file.phones[position]))
        ContactPerson.objects.bulk_create(people, batch_size=1000)
        Phone.objects.bulk_create(phones, batch_size=1000)
        self._write_tags()
        touches = [touch for past in self.pasts for touch in past.touches]
        Touch.objects.bulk_create(sorted(touches, key=lambda touch: touch.at), batch_size=1000)
        record_many(self._entries())
        ClassMove.objects.bulk_create(self._moves(), batch_size=1000)
        reindex_customers([customer.pk for customer in self.customers])

    def _moves(self) -> Iterator[ClassMove]:
        """What the notes moved."""
        for customer, past in zip(self.customers, self.pasts, strict=True):
            playbook = variant(customer.playbook)
            for touch in past.touches:
                before, after = playbook.class_of(touch.class_before), playbook.class_of(touch.class_after)
                if before != after:
                    won = {"won_on": [None, touch.at.isoformat()]} if after.is_won else {}
                    yield ClassMove(
                        customer=customer, at=touch.at, by=touch.author, owner=touch.author, playbook=playbook.code,
                        from_code=before.code, to_code=after.code, cause=ClassMove.Cause.NOTE, version=1,
                        direction=direction_of({"class_rank": [before.rank, after.rank], **won}),
                    )  # fmt: skip

    def _write_tags(self) -> None:
        tags = {name: Tag.objects.get_or_create(name=name)[0] for name in TAGS}
        through = Customer.tags.through
        through.objects.bulk_create(
            [
                through(customer_id=customer.pk, tag_id=tags[name].pk)
                for customer, file in zip(self.customers, self.files, strict=True)
                for name in file.tags
            ],
            batch_size=2000,
        )
        rich = [row for row in self.customers if row.class_code in ("1", "2", "3k") and self.random.random() < 0.7]
        choose = self.random.choice
        Profile.objects.bulk_create(
            Profile(
                customer=row,
                peers="同城两家同行投了首页，一家做了半年。",
                competitor_use=choose(["在别家做过三个月，到期没续。", "一直用免费的。", "做竞价，一个月两千左右。"]),
                own_pages=choose(["自己发过二十几条，图片旧了。", "有公众号，半年没更新。", ""]),
                search_presence=choose(["搜店名在第二页。", "搜不到。"]),
                market="旺季在年底，咨询比上月多。",
            )
            for row in rich
        )
        Remark.objects.bulk_create(
            Remark(customer=row, on=timezone.localdate(row.created_at), text=self.random.choice(REMARKS))
            for row in self.customers[::40]
        )

    def _entries(self) -> Iterator[Entry]:
        """How each customer came, and how those in a pool got there."""
        for customer, past in zip(self.customers, self.pasts, strict=True):
            came = {"name": [None, customer.name], "class_code": [None, customer.class_code]}
            yield self._entry(customer, "customer.created", customer.created_at, self.company.owner, came)
            if customer.pool_id and past.touches:
                last = past.touches[-1]
                left = {"owner_id": [last.author_id, None], "pool_id": [None, customer.pool_id]}
                at = min(last.at + timedelta(days=self.random.randint(1, 6)), self.now - timedelta(days=1))
                why = self.random.choice(RELEASES)
                yield self._entry(customer, "customer.released", at, last.author, left, note=why)

    def _entry(
        self, customer: Customer, verb: str, at: datetime, by: Person, changes: dict[str, list[Any]], note: str = ""
    ) -> Entry:
        return entry(by=by, at=at, verb=verb, kind="customer", subject=customer.pk, changes=changes, note=note)

    def _agreements(self) -> None:
        """A few promises and appointments for everybody: kept, late, due today, to come."""
        opened = timezone.make_aware(datetime.combine(self.today, time(0)))
        promises, appointments, touched = [], [], []
        for seller in self.company.sellers:
            mine = [row for row in self.customers if row.owner_id == seller.pk and row.class_rank <= 5]
            for number, row in enumerate(self.random.sample(mine, min(9, len(mine)))):
                made = row.last_touch_at or row.created_at
                by_when = opened + timedelta(days=(-1, 0, 0, 1, 2, 3, 5, -6, -9)[number], hours=12)
                kept = by_when - timedelta(hours=3) if number >= 7 else None
                promises.append(
                    Promise(
                        customer=row, by=seller, what=self.random.choice(PROMISES), by_when=by_when,
                        made_at=min(made, by_when), ended_at=kept,
                    )
                )  # fmt: skip
            due = [row for row in mine if row.planned_on == self.today][:3]
            for number, row in enumerate(due):
                row.appointment_at = opened + timedelta(hours=(11, 15, 16)[number], minutes=30)
                touched.append(row)
                appointments.append(
                    Appointment(
                        customer=row, by=seller, at=row.appointment_at, purpose=self.random.choice(PURPOSES),
                        kind="visit" if number == 2 else "call",
                        confirmed_at=self.now - timedelta(hours=18) if number == 2 and seller.pk % 3 else None,
                    )
                )  # fmt: skip
        Promise.objects.bulk_create(promises)
        Appointment.objects.bulk_create(appointments)
        Customer.objects.bulk_update(touched, ["appointment_at"], batch_size=200)

    def _money(self) -> None:
        paid = amounts(self.random)
        Payment.objects.bulk_create(
            Payment(customer=row, by=row.owner or self.company.owner, amount=next(paid), paid_on=row.won_on)
            for row in self._won()
        )

    def _won(self) -> Sequence[Customer]:
        return [row for row in self.customers if row.won_on]
