"""What the pages of reports show: one report, one's own last ones, a team's of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from genjin.core.calendar.rules import WorkingCalendar
from genjin.core.reasons import Reason
from genjin.customers.classes import Rung, rung_of
from genjin.followups.plans.progress import BlockProgress
from genjin.followups.reports import rules
from genjin.followups.reports.figures import asked_and_done, contacts_of, corrected_since, figures_of, paid_by
from genjin.followups.reports.models import Report, ReportComment, Workday
from genjin.followups.reports.rules import Kind, Standard, State
from genjin.organization.models import Person, Role
from genjin.playbooks.agenda import Agenda, agenda_of, agendas_of
from genjin.playbooks.practice import practice_of, practices_of
from genjin.playbooks.services import variant

OWED_BY = (Role.SELLER, Role.SERVICE)
DAYS_BACK = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of what was asked: "" for effective contacts, else the family of the classes ("3")."""

    family: str
    wanted: int
    done: int

    @property
    def short(self) -> int:
        return max(self.wanted - self.done, 0)


@dataclass(frozen=True, slots=True)
class Move:
    """So many customers from one class to another."""

    before: Rung
    after: Rung
    direction: str
    n: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as it is shown: kept figures of one handed in, those of this moment of a draft.

    `corrected` says what changed since the figures were kept. `plan` are pairs of a block's name and its outcome.
    """

    figures: Mapping[str, Any]
    asked: list[Asked]
    moves: list[Move]
    plan: list[tuple[Any, BlockProgress]]
    ahead: list[dict[str, Any]]
    days: list[dict[str, Any]]
    paid: Decimal
    corrected: list[Reason]

    @property
    def is_sold(self) -> bool:
        return bool(self.figures["paid"])

    @property
    def is_short(self) -> bool:
        return any(each.short for each in self.asked)


def sheet_of(report: Report, *, at: datetime) -> Sheet:
    """The figures of a report with their words."""
    kind: Kind = report.kind  # type: ignore[assignment]
    now = figures_of(report.person, kind, report.on, at=at).as_json()
    kept = report.figures or now
    return _sheet(kept, corrected_since(kept, now) if report.submitted_at else [])


def _sheet(figures: Mapping[str, Any], corrected: list[Reason]) -> Sheet:
    playbook = variant(figures["playbook"])
    blocks = {each.code: each.name for each in (*playbook.blocks, *([playbook.rest] if playbook.rest else ()))}
    return Sheet(
        figures=figures,
        asked=[_asked(each, figures["playbook"]) for each in figures["standards"]],
        moves=[
            Move(
                rung_of(each["playbook"], each["from"]),
                rung_of(each["playbook"], each["to"]),
                each["direction"],
                each["n"],
            )
            for each in figures["moves"]
        ],
        plan=[(blocks.get(each["code"]), BlockProgress(**each)) for each in figures["plan"]],
        ahead=[
            each
            | {
                "on": date.fromisoformat(each["on"]),
                "named": [row | {"rung": rung_of(row["playbook"], row["class"])} for row in each["named"]],
            }
            for each in figures["ahead"]
        ],
        days=[each | {"on": date.fromisoformat(each["on"])} for each in figures["days"]],
        paid=Decimal(figures["paid_total"]),
        corrected=corrected,
    )  # fmt: skip


def _asked(line: Mapping[str, Any], playbook: str) -> Asked:
    codes = line["classes"]
    known = variant(playbook)
    family = known.class_of(codes[0]).family if codes and known.has_class(codes[0]) else "".join(codes[:1])
    return Asked(family, line["wanted"], line["done"])


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One of one's own reports in the list, written or not."""

    kind: str
    on: date
    state: State
    report: Report | None
    unseen: int


def own_lines(person: Person, *, today: date) -> list[OwnLine]:
    """The last working days and weeks of a person, newest first, with what was handed in."""
    first = rules.first_day("week", today - timedelta(days=DAYS_BACK))
    calendar = agenda_of(person, practice_of(person.unit), first=first).calendar
    unseen = Count("comments", filter=Q(comments__seen_at=None) & ~Q(comments__by=person))
    rows = Report.objects.filter(person=person, on__gte=first).annotate(unseen=unseen)
    known = {(row.kind, row.on): row for row in rows.select_related("read_by")}
    wanted: list[tuple[Kind, date]] = []
    for back in range(DAYS_BACK):
        day = today - timedelta(days=back)
        if rules.drafted_on("week", rules.first_day("week", day), calendar) == day:
            wanted.append(("week", rules.first_day("week", day)))
        if calendar.is_working(day) or ("day", day) in known:
            wanted.append(("day", day))
    begins = {kind: _begins(kind, person, _first_report(kind)) for kind in ("day", "week")}
    return [_own_line(kind, on, known.get((kind, on)), calendar, today, begins[kind]) for kind, on in wanted]


def _own_line(
    kind: Kind, on: date, row: Report | None, calendar: WorkingCalendar, today: date, begins: date | None
) -> OwnLine:
    return OwnLine(kind, on, _state(kind, on, row, calendar, today, begins), row, getattr(row, "unseen", 0))


def _first_report(kind: Kind) -> date | None:
    """The day or week of the first report that anybody handed in."""
    return Report.objects.submitted().filter(kind=kind).order_by("on").values_list("on", flat=True).first()


def _begins(kind: Kind, person: Person, first_report: date | None) -> date | None:
    return rules.begins_on(kind, first_report=first_report, joined_on=person.joined_on)


def _away(agenda: Agenda, days: Iterable[date]) -> frozenset[date]:
    return frozenset(day for day in days if agenda.is_away(day))


def _state(
    kind: Kind,
    on: date,
    row: Report | None,
    calendar: WorkingCalendar,
    today: date,
    begins: date | None,
    away: frozenset[date] = frozenset(),
) -> State:
    submitted = row.submitted_at if row else None
    return rules.state_of(
        kind,
        on,
        today=today,
        submitted_on=timezone.localdate(submitted) if submitted else None,
        is_read=bool(row and row.read_at),
        calendar=calendar,
        away=away,
        begins=begins,
    )


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One person's report in the manager's list, with the figures as they stand now and the hours of the day."""

    person: Person
    state: State
    report: Report | None
    asked: tuple[Standard, ...]
    attempts: int
    paid: Decimal
    workday: Workday | None
    comments: int

    @property
    def is_in(self) -> bool:
        return self.report is not None


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Everybody's reports of a day or week; `owed` how many should be there, `handed_in` how many are."""

    kind: str
    on: date
    lines: list[TeamLine]

    @property
    def owed(self) -> int:
        return sum(line.state not in ("free", "away", "before") for line in self.lines)

    @property
    def handed_in(self) -> int:
        return sum(line.is_in for line in self.lines)

    @property
    def unread(self) -> int:
        return sum(line.is_in and line.state != "read" for line in self.lines)


SHOWN_FIRST: tuple[State, ...] = ("missing", "late", "submitted", "open", "read", "away", "free", "before")
ORDER = {state: place for place, state in enumerate(SHOWN_FIRST)}


def team_page(people: Iterable[Person], kind: Kind, on: date, *, today: date) -> TeamPage:
    """The reports of these people: who owes one and has none first, then what is to be read."""
    days = rules.days_of(kind, on)
    everybody = {person.pk: person for person in people}
    rows = Report.objects.submitted().filter(person__in=list(everybody), kind=kind, on=on)
    reports = {row.person_id: row for row in rows.annotate(said=Count("comments")).select_related("read_by")}
    shown = [p for p in everybody.values() if p.pk in reports or (p.is_active and p.role in OWED_BY)]
    units = {person.unit_id: person.unit for person in shown}
    practices = practices_of(units.values())
    agendas = agendas_of(shown, practices, first=on)
    keys = [person.pk for person in shown]
    contacts = contacts_of(keys, days[0], days[-1])
    paid = paid_by(keys, days[0], days[-1])
    hours = Workday.objects.filter(person__in=keys, on=on).select_related("corrected_by") if kind == "day" else ()
    workdays = {row.person_id: row for row in hours}
    first_report = _first_report(kind)
    lines = []
    for person in shown:
        practice, agenda = practices[person.unit_id], agendas[person.pk]
        by_day = {day: contacts[person.pk, day] for day in days}
        report = reports.get(person.pk)
        begins = _begins(kind, person, first_report)
        lines.append(
            TeamLine(
                person=person,
                state=_state(kind, on, report, practice.calendar, today, begins, _away(agenda, days)),
                report=report,
                asked=asked_and_done(practice, by_day, calendar=agenda.calendar),
                attempts=sum(len(each) for each in by_day.values()),
                paid=sum((row.amount for row in paid[person.pk]), Decimal()),
                workday=workdays.get(person.pk),
                comments=report.said if report else 0,
            )
        )
    lines.sort(key=lambda line: (ORDER[line.state], line.person.unit_id, line.person.pk))
    return TeamPage(kind, on, lines)


@dataclass(frozen=True, slots=True)
class Strip:
    """The day's hours, its report and what was said, as Today shows it in one line.

    `before`: the last working day before this, where its report is missing. `week`: the week's Monday on its last
    working day, until its report is handed in. `said`: reports of one's own with something new said about them.
    """

    workday: Workday | None
    is_working_day: bool
    report: Report | None
    before: date | None
    week: date | None
    said: list[ReportComment]


def strip_of(person: Person, *, at: datetime) -> Strip:
    """What the one who is signed in sees of it on Today."""
    today = timezone.localdate(at)
    calendar = agenda_of(person, practice_of(person.unit), first=today - timedelta(days=60)).calendar
    monday = rules.first_day("week", today)
    before = next(day for n in range(1, 400) if calendar.is_working(day := today - timedelta(days=n)))
    rows = {
        (row.kind, row.on): row
        for row in Report.objects.filter(person=person, on__in=[today, before, monday]).select_related("read_by")
    }
    said = ReportComment.objects.filter(report__person=person, seen_at=None).exclude(by=person)
    handed_in = {key for key, row in rows.items() if row.submitted_at}
    week_ends = rules.drafted_on("week", monday, calendar)
    # Nobody who has just begun with reports is told of one that is missing.
    has_begun = Report.objects.submitted().filter(person=person, kind="day", on__lt=today).exists()
    return Strip(
        workday=Workday.objects.filter(person=person, on=today).first(),
        is_working_day=calendar.is_working(today),
        report=rows.get(("day", today)),
        before=before if has_begun and ("day", before) not in handed_in else None,
        week=monday if week_ends == today and ("week", monday) not in handed_in else None,
        said=list(said.select_related("report", "by").order_by("at", "pk")),
    )
