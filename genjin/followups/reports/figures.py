"""What was done, by person and day: the figures that the end of the day, the reports and the team page share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.customers.models import Customer
from genjin.customers.moves.models import ClassMove
from genjin.followups.models import Payment, Promise, Touch
from genjin.followups.plans.models import DayPlan
from genjin.followups.plans.progress import BlockProgress, progress_of
from genjin.followups.reports import rules
from genjin.followups.reports.rules import Contact, Kind, Standard
from genjin.followups.waiting import start_of
from genjin.followups.week.bookings import bookings_of
from genjin.followups.week.rules import standards as week_standards
from genjin.organization.models import Person
from genjin.playbooks.agenda import Agenda, agenda_of
from genjin.playbooks.practice import Practice, practice_of

KEY_SHOWN = 12  # key customers of the next day that are named (ours)
Contacts = dict[tuple[int, date], list[Contact]]


def counted_by(people: Iterable[int], first: date, last: date) -> dict[int, tuple[int, int]]:
    """Person → attempts and effective ones among them, from `first` to `last`, both included."""
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    rows = _touches(people, first, last).order_by().values_list("author", "is_effective").annotate(n=Count("pk"))
    for author, is_effective, count in rows:
        attempts, effective = found[author]
        found[author] = (attempts + count, effective + count * is_effective)
    return found


def contacts_of(people: Iterable[int], first: date, last: date) -> Contacts:
    """The attempts that were made here and not taken back, by person and day."""
    found: Contacts = defaultdict(list)
    rows = _touches(people, first, last).order_by("at", "pk")
    for author, at, *contact in rows.values_list(
        "author", "at", "customer_id", "is_effective", "class_before", "class_after"
    ):
        found[author, timezone.localdate(at)].append(Contact(*contact))
    return found


def _touches(people: Iterable[int], first: date, last: date) -> QuerySet:
    between = {"at__gte": start_of(first), "at__lt": start_of(last + timedelta(days=1))}
    return Touch.objects.made_here().filter(author__in=list(people), **between)


def paid_by(people: Iterable[int], first: date, last: date) -> dict[int, list[Payment]]:
    """Person → the payments of these days, of notes that stand; one without a note by the day it was paid on."""
    begins, ends = start_of(first), start_of(last + timedelta(days=1))
    noted = Q(touch__at__gte=begins, touch__at__lt=ends, touch__undone_at=None)
    rows = Payment.objects.filter(noted | Q(touch=None, paid_on__range=(first, last)), by__in=list(people))
    found: dict[int, list[Payment]] = defaultdict(list)
    for row in rows.select_related("customer").order_by("pk"):
        found[row.by_id].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """A report's figures in plain values, as they are kept. Codes of classes are those of `playbook`."""

    playbook: str
    attempts: int = 0
    effective: int = 0
    standards: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)
    moves: list[dict[str, Any]] = field(default_factory=list)
    paid: list[dict[str, Any]] = field(default_factory=list)
    paid_total: str = "0"
    promises: dict[str, int] = field(default_factory=dict)
    plan: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    ahead: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def figures_of(person: Person, kind: Kind, on: date, *, at: datetime) -> Figures:
    """What the person did in the report's days until `at`, and what stands ahead. Days of leave ask for nothing."""
    agenda = agenda_of(person, practice_of(person.unit), first=on)
    practice = agenda.practice
    days = rules.days_of(kind, on)
    first, last = days[0], days[-1]
    contacts = contacts_of([person.pk], first, last)
    by_day = {day: contacts[person.pk, day] for day in days}
    made = [each for some in by_day.values() for each in some]
    paid = paid_by([person.pk], first, last)[person.pk]
    return Figures(
        playbook=practice.playbook.code,
        attempts=len(made),
        effective=sum(each.is_effective for each in made),
        standards=[_standard(each) for each in asked_and_done(practice, by_day, calendar=agenda.calendar)],
        days=_days(by_day, agenda) if kind == "week" else [],
        moves=_moves(person, first, last),
        paid=[{"customer": row.customer_id, "name": row.customer.name, "amount": str(row.amount)} for row in paid],
        paid_total=str(sum((row.amount for row in paid), Decimal())),
        promises=_promises(person, first, last, at=at),
        plan=_plan(person, days),
        sources=_sources(person, first, last) if kind == "week" else [],
        ahead=_ahead(person, kind, last, agenda, today=timezone.localdate(at)),
    )


def asked_and_done(
    practice: Practice, by_day: Mapping[date, Sequence[Contact]], *, calendar: WorkingCalendar
) -> tuple[Standard, ...]:
    """The standards over these days. A day that the person does not work asks for nothing; what was done on it
    counts."""
    lines = [(day, rules.standards(practice.playbook, contacts)) for day, contacts in by_day.items()]
    return rules.added(each if calendar.is_working(day) else rules.without_target(each) for day, each in lines)


def _standard(line: Standard) -> dict[str, Any]:
    return {"classes": [cls.code for cls in line.classes], "wanted": line.wanted, "done": line.done}


def _days(by_day: Mapping[date, Sequence[Contact]], agenda: Agenda) -> list[dict[str, Any]]:
    return [
        {
            "on": day.isoformat(),
            "attempts": len(contacts),
            "effective": sum(each.is_effective for each in contacts),
            "standards": [each.done for each in rules.standards(agenda.practice.playbook, contacts)],
        }
        for day, contacts in by_day.items()
        if contacts or agenda.calendar.is_working(day)
    ]


def _moves(person: Person, first: date, last: date) -> list[dict[str, Any]]:
    """Moves of the person's customers that somebody meant, upward first."""
    between = ClassMove.objects.by_people().between(start_of(first), start_of(last + timedelta(days=1)))
    rows = between.filter(owner=person).order_by().values_list("playbook", "from_code", "to_code", "direction")
    order = {"up": 0, "down": 1, "": 2}
    found = [
        {"playbook": playbook, "from": before, "to": after, "direction": direction, "n": n}
        for playbook, before, after, direction, n in rows.annotate(n=Count("pk"))
    ]
    return sorted(found, key=lambda row: (order[row["direction"]], row["to"], row["from"]))


def _promises(person: Person, first: date, last: date, *, at: datetime) -> dict[str, int]:
    """kept, kept_late and broken of those that ended in these days; late: past their time then and still open."""
    ends = min(start_of(last + timedelta(days=1)), at)
    mine = Promise.objects.filter(by=person)
    ended = mine.filter(ended_at__gte=start_of(first), ended_at__lt=start_of(last + timedelta(days=1)))
    found = Counter(promise.outcome(at) for promise in ended)
    found["late"] = mine.open().filter(by_when__lt=ends).count()
    return {name: found[name] for name in ("kept", "kept_late", "broken", "late")}


def _plan(person: Person, days: Sequence[date]) -> list[dict[str, Any]]:
    """What became of the plans of these days, block by block; who found no place comes last."""
    blocks: dict[str, BlockProgress] = {}
    for plan in DayPlan.objects.filter(person=person, on__in=list(days)).order_by("on"):
        for each in progress_of(plan):
            blocks[each.code] = blocks[each.code] + each if each.code in blocks else each
    return [asdict(each) for each in sorted(blocks.values(), key=lambda each: not each.code)]


def _sources(person: Person, first: date, last: date) -> list[dict[str, Any]]:
    """Where the customers came from whom the person has held since a day of these, most first."""
    rows = Customer.objects.owned_by(person).filter(owned_since__range=(first, last)).order_by()
    counts = rows.values_list("source__name").annotate(n=Count("pk"))
    return [{"name": name or "", "n": n} for name, n in sorted(counts, key=lambda row: -row[1])]


def _ahead(person: Person, kind: Kind, last: date, agenda: Agenda, *, today: date) -> list[dict[str, Any]]:
    """The next day worked, or the seven days after the week: what is booked, against slots and standard."""
    practice = agenda.practice
    if kind == "day":
        days = [agenda.calendar.add(last, 1)]
    else:
        days = [last + timedelta(days=number) for number in range(1, 8)]
        days = [day for day in days if agenda.calendar.is_working(day)]
    if not days or days[-1] < today:
        return []
    booked = bookings_of([person], days, today=today)
    wanted = week_standards(practice.playbook.week, days) if kind == "week" else {}
    return [
        {
            "on": day.isoformat(),
            "booked": booked[person.pk, day].total,
            "visits": booked[person.pk, day].visits,
            "calls": booked[person.pk, day].calls,
            "slots": agenda.slots_on(day),
            "wanted": wanted[day].inspected if day in wanted else None,
            "named": _named(person, day, practice) if kind == "day" else [],
        }
        for day in days
    ]


def key_classes(practice: Practice) -> list[str]:
    """The classes of key customers (重点客户): 1, 2, key 3, key 4 and key 0 of the ladder."""
    return [each.code for each in practice.playbook.classes if each.is_key and not each.is_won]


def _named(person: Person, on: date, practice: Practice) -> list[dict[str, Any]]:
    """The key customers who stand on a day, nearest to payment first."""
    rows = Customer.objects.owned_by(person).filter(planned_on=on, class_code__in=key_classes(practice))
    named = rows.order_by("class_rank", "due_on", "pk").values_list("pk", "name", "playbook", "class_code")[:KEY_SHOWN]
    return [{"customer": pk, "name": name, "playbook": playbook, "class": code} for pk, name, playbook, code in named]


def corrected_since(kept: Mapping[str, Any], now: Mapping[str, Any]) -> list[Reason]:
    """What has been corrected since a report's figures were kept, one reason for each figure."""
    return [
        Reason(f"report_corrected_{'standard' if name.startswith('standard') else name}", {"was": was, "now": value})
        for name, was, value in rules.differences(kept, now)
    ]
