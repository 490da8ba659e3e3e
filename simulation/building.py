"""The floor the evening before: who works there, and what each of them holds. Written raw; all that follows is not."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from genjin.core.calendar.rules import Week, WorkingCalendar
from genjin.core.calendar.services import fill_known_years
from genjin.customers.demo import Inventor
from genjin.customers.models import ContactPerson, Customer, Pool
from genjin.customers.rules import name_key
from genjin.customers.search import reindex_customers
from genjin.followups.models import Touch
from genjin.leads.queues.models import Queue
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks import rules
from genjin.playbooks.models import Adoption
from genjin.playbooks.practice import Practice, practice_of
from simulation.behaviour import Mind, born, grown
from simulation.parameters import Parameters
from simulation.variants import Variant, put_playbook_into_effect

SHANGHAI = ZoneInfo("Asia/Shanghai")
# What each holds: the stock of C1, number set "standard", a little below its limits, so that there is room to take on.
STOCK = {"2": 5, "3k": 13, "3": 30, "4k": 35, "4": 95, "5": 42, "6": 4, "7": 15, "0k": 12, "0": 68}
# Between which interests one of a class lies (ours): what a seller would have moved it there for.
PLACES = {"2": (0.7, 0.9), "3k": (0.55, 0.8), "3": (0.35, 0.6), "4k": (0.2, 0.42), "4": (0.03, 0.25), "5": (0.02, 0.3),
          "6": (0.15, 0.4), "7": (0.25, 0.5)}  # fmt: skip
NAMES = ("林浩然 周雨桐 陈思远 吴佳怡 郑凯文 王诗涵 李俊杰 赵欣然 孙博文 朱晓彤 徐子昂 何沐晴 罗一鸣 高若曦").split()  # noqa: SIM905  reads as a list of names


@dataclass(slots=True)
class Company:
    """Who works there, and what is in the customers' minds, by their keys."""

    owner: Person
    region: Person
    lead: Person
    sellers: list[Person]
    team: Unit
    practice: Practice
    minds: dict[int, Mind] = field(default_factory=dict)
    inventor: Inventor = field(default_factory=lambda: Inventor(Random(0)))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


@transaction.atomic
def build(
    variant: Variant, given: Parameters, *, seed: int, sellers: int, first: date, week: Week, slots: int | None = None
) -> Company:
    """A company whose floor begins to work on the day `first`."""
    long_ago = moment(first - timedelta(days=60), 9)
    fill_known_years(at=long_ago)
    headquarters = _unit("梁溪云", None, Week.FIVE)
    region = _unit("华东大区", headquarters, week)
    team = _unit("华东电销一部", region, week)
    Adoption.objects.create(unit=headquarters, playbook="telesales", size="standard", rhythm="table")
    owner = _person("qian", "钱立群", Role.OWNER, headquarters, first)
    put_playbook_into_effect(variant, by=owner, at=long_ago)
    company = Company(
        owner=owner,
        region=_person("fang", "方志远", Role.MANAGER, region, first),
        lead=_person("liang", "梁静", Role.MANAGER, team, first),
        sellers=[
            _person(f"seller{nth + 1}", NAMES[nth % len(NAMES)], Role.SELLER, team, first, slots)
            for nth in range(sellers)
        ],
        team=team,
        practice=practice_of(team),
        inventor=Inventor(Random(seed)),
    )
    _stock(company, given, seed=seed, first=first)
    return company


def _unit(name: str, parent: Unit | None, week: Week) -> Unit:
    unit = Unit.objects.create(name=name, parent=parent, week=week)
    Pool.objects.create(unit=unit, home_of=unit, name=f"{name}公海")
    Queue.objects.create(unit=unit, home_of=unit, name=name)
    return unit


def _person(sign_in: str, name: str, role: Role, unit: Unit, first: date, slots: int | None = None) -> Person:
    person = Person(
        sign_in=sign_in, name=name, role=role, unit=unit, joined_on=first - timedelta(days=200), daily_slots=slots
    )
    person.set_unusable_password()
    person.save()
    return person


def _stock(company: Company, given: Parameters, *, seed: int, first: date) -> None:
    practice, luck = company.practice, Random(f"{seed}:stock")
    rows: list[Customer] = []
    keys: dict[int, tuple[str, Mind]] = {}
    key = 0
    for seller in company.sellers:
        for code, number in STOCK.items():
            for _ in range(round(number * given.stock)):
                key += 1
                mind = _mind_of(code, given, seed=seed, customer=key)
                row = _row(company, seller, code, mind, practice, luck, first)
                row.pk = key
                rows.append(row)
                keys[key] = code, mind
    Customer.objects.bulk_create(rows, batch_size=500)
    ContactPerson.objects.bulk_create(
        [
            ContactPerson(customer_id=pk, name=company.inventor.person_name(), is_key_person=mind.has_key_person)
            for pk, (_code, mind) in keys.items()
        ],
        batch_size=1000,
    )
    _last_contacts(rows)
    reindex_customers(list(keys))
    company.minds.update({pk: mind for pk, (_code, mind) in keys.items()})


def _mind_of(code: str, given: Parameters, *, seed: int, customer: int) -> Mind:
    if code in ("0", "0k"):
        return born(given, seed=seed, customer=customer, day=0, is_key=code == "0k")
    mind = grown(given, seed=seed, customer=customer, day=0, places=PLACES[code])
    mind.has_key_person = code != "5"
    mind.stage = "contract" if code == "2" else ""
    return mind


def _row(
    company: Company, seller: Person, code: str, mind: Mind, practice: Practice, luck: Random, first: date
) -> Customer:
    """Last contacted, or taken on, on some day of its cycle: evenly spread, nobody overdue yet."""
    cls = practice.playbook.class_of(code)
    length = cls.first_contact_within or cls.max_days
    back = luck.randrange(1, length) if length > 1 else 1
    anchor = practice.calendar.back(first - timedelta(days=1), back)
    kind = "assigned" if cls.is_queue else "effective"
    due = rules.due(cls, anchor=anchor, anchor_kind=kind, calendar=practice.calendar)
    mind.silent_since = -back
    entered = practice.calendar.back(anchor, 5)
    row = Customer(
        **company.inventor.customer("华东").fields, owner=seller, unit=seller.unit, playbook="telesales",
        class_code=code, class_rank=cls.rank, class_since=entered, owned_since=anchor if cls.is_queue else entered,
        due_on=due.due_on, due_why=due.reason.as_json(), created_by=company.owner, created_at=moment(entered, 9),
    )  # fmt: skip
    row.name_key = name_key(row.name)
    # A close window began some days before; where it would be over at once, with the last contact.
    row.entered_classes = {code: (anchor if cls.close_within else entered).isoformat()}
    if not cls.is_queue:
        row.planned_on = max(due.first_on, practice.calendar.next_working(first))
        row.planned_on = min(row.planned_on, due.due_on)
        row.planned_why = due.reason.as_json() | {"code": "planned_first_day", "day": row.planned_on.isoformat()}
        row.last_effective_on, row.last_touch_at = anchor, moment(anchor, 11)
        row.attempts = row.effective_contacts = 1
        row.conditions = ["interest_known", "objection_known", "product_introduced"] if cls.rank <= 5 else []
    return row


def _last_contacts(rows: list[Customer]) -> None:
    """The one contact of the past that dates and counts rest on."""
    Touch.objects.bulk_create(
        [
            Touch(
                customer=row, author=row.owner, at=row.last_touch_at, is_effective=True, proposed_effective=True,
                interests=["peers"], class_before=row.class_code, class_after=row.class_code, key=UUID(int=row.pk),
                version_after=1, planned_on=row.planned_on,
            )
            for row in rows
            if row.attempts
        ],
        batch_size=1000,
    )  # fmt: skip


def working_days(calendar: WorkingCalendar, first: date, number: int) -> list[date]:
    found = calendar.working_days(first)
    return [next(found) for _ in range(number)]
