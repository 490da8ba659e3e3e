"""The demo company's units and people. All invented; everybody's password is printed at the start."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from genjin.core.audit.services import record
from genjin.core.calendar.rules import Week
from genjin.core.events import emit
from genjin.organization.absences.models import Absence
from genjin.organization.calendars import calendar_for
from genjin.organization.events import UnitMade
from genjin.organization.models import Person, Role, Unit

PASSWORD = "genjin-demo"  # noqa: S105  meant to be known: the demo's people do not exist

UNITS = [
    # name, parent, week
    ("江岸互联", None, Week.FIVE),
    ("华东", "江岸互联", Week.SIX),
    ("华东电销一部", "华东", Week.SIX),
    ("华东电销二部", "华东", Week.SIX),
    ("华南", "江岸互联", Week.SIX),
    ("华南电销部", "华南", Week.SIX),
    ("华北", "江岸互联", Week.FIVE),
    ("华北渠道部", "华北", Week.FIVE),
]

PEOPLE = [
    # sign-in, name, role, unit, months here
    ("qianli", "钱立", Role.OWNER, "江岸互联", 60),
    ("suwen", "苏雯", Role.READER, "江岸互联", 30),
    ("liangjing", "梁静", Role.MANAGER, "华东", 40),
    ("zhouyutong", "周雨桐", Role.SELLER, "华东电销一部", 26),
    ("linhaoran", "林浩然", Role.SELLER, "华东电销一部", 20),
    ("hemuqing", "何沐晴", Role.SELLER, "华东电销一部", 14),
    ("dingwenbo", "丁文博", Role.SELLER, "华东电销一部", 1),
    ("caoyiming", "曹一鸣", Role.SELLER, "华东电销二部", 31),
    ("tangyinuo", "唐依诺", Role.SELLER, "华东电销二部", 17),
    ("guoziang", "郭子昂", Role.SELLER, "华东电销二部", 9),
    ("xunian", "许念", Role.SERVICE, "华东电销一部", 22),
    ("fangzhiyuan", "方志远", Role.MANAGER, "华南", 35),
    ("chenjiahe", "陈嘉禾", Role.SELLER, "华南电销部", 28),
    ("dengkexin", "邓可欣", Role.SELLER, "华南电销部", 16),
    ("songzhiyuan", "宋知远", Role.SELLER, "华南电销部", 12),
    ("zhenghaibo", "郑海波", Role.MANAGER, "华北", 44),
    ("hanyue", "韩越", Role.SELLER, "华北渠道部", 33),
    ("mengfan", "孟凡", Role.SELLER, "华北渠道部", 8),
]
LEAVER = ("hanxu", "韩旭", Role.SELLER, "华东电销一部", 25)
NEWCOMER_SLOTS = {"dingwenbo": 20}


@dataclass(frozen=True, slots=True)
class Company:
    """The demo's units by name and people by sign-in."""

    units: dict[str, Unit]
    people: dict[str, Person]

    @property
    def owner(self) -> Person:
        return self.people["qianli"]

    @property
    def sellers(self) -> list[Person]:
        return [person for person in self.people.values() if person.role == Role.SELLER and person.is_active]


def make_company(*, at: datetime, today: date) -> Company:
    """Write units and people into an empty database."""
    units: dict[str, Unit] = {}
    for name, parent, week in UNITS:
        units[name] = Unit.objects.create(
            name=name, parent=units.get(parent or ""), week=week, shift_from=time(8, 30), shift_to=time(18)
        )
    password = make_password(PASSWORD)
    people: dict[str, Person] = {}
    for sign_in, name, role, unit, months in [*PEOPLE, LEAVER]:
        people[sign_in] = Person.objects.create(
            sign_in=sign_in, name=name, role=role, unit=units[unit], password=password,
            daily_slots=NEWCOMER_SLOTS.get(sign_in), joined_on=today - timedelta(days=30 * months),
        )  # fmt: skip
    for unit in units.values():
        emit(UnitMade(unit, people["qianli"], at))
    return Company(units, people)


def say_who_is_away(company: Company, *, at: datetime, today: date) -> None:
    """One is away half of the next working day, another the first two days of the week after: said some days ago."""
    half, two_days = company.people["hemuqing"], company.people["tangyinuo"]
    tomorrow = calendar_for(half.unit).next_working(today + timedelta(days=1))
    monday = today + timedelta(days=7 - today.weekday())
    first = calendar_for(two_days.unit).next_working(monday)
    for person, begins, ends, part, kind, note in (
        (half, tomorrow, tomorrow, Absence.Part.AFTERNOON, Absence.Kind.TRAINING, "新人带教培训"),
        (two_days, first, calendar_for(two_days.unit).add(first, 1), Absence.Part.DAY, Absence.Kind.LEAVE, "年假"),
    ):
        absence = Absence.objects.create(
            person=person, first=begins, last=ends, part=part, kind=kind, note=note, made_by=person, made_at=at
        )
        changes = {"first": [None, str(absence.first)], "last": [None, str(absence.last)], "part": [None, part]}
        record(by=person, at=at, verb="absence.added", kind="person", subject=person.pk, changes=changes)
