"""The demo's reports and working hours of the last days: what each handed in, what the manager said, who is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from genjin.core.audit.models import Entry
from genjin.core.audit.services import entry, record_many
from genjin.customers.models import Customer
from genjin.followups import demo_words as told
from genjin.followups.demo_work import Floor
from genjin.followups.models import Report, ReportComment, Workday
from genjin.followups.reports.figures import KEY_SHOWN, Contacts, Figures, contacts_of, figures_of, key_classes
from genjin.followups.reports.reading import OWED_BY
from genjin.followups.reports.rules import Kind, drafted_on, first_day
from genjin.organization.models import Person, Role
from genjin.playbooks.practice import Practice, practice_of

DAYS = 7
MISSING = "dingwenbo"  # handed nothing in yesterday
LATE = "guoziang"  # only this morning
CORRECTED = "guoziang"
CHATTY = "zhouyutong"  # whose report of yesterday the manager said something about


class Reporter:
    """Writes the reports of everybody who owes one."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.today = floor, floor.today
        self.random = Random(20240503)  # of its own: what is invented elsewhere stays the same
        everybody = list(Person.objects.active().select_related("unit").order_by("pk"))
        self.people = [person for person in everybody if person.role in OWED_BY]
        self.managers = {person.unit_id: person for person in everybody if person.role == Role.MANAGER}
        self.contacts: Contacts = {}
        self.names: Mapping[int, str] = {}

    def write(self) -> None:
        """All of it, in a few statements."""
        begins = self.floor.worked_before(self.floor.people[CHATTY], DAYS)[0]
        self.contacts = contacts_of([person.pk for person in self.people], begins, self.today)
        self.names = dict(Customer.objects.values_list("pk", "name"))
        reports, hours = [], []
        for person in self.people:
            practice = practice_of(person.unit)
            days = [day for day in self.floor.worked_before(person, DAYS) if day >= begins]
            reports += [report for day in days if (report := self._daily(person, practice, day, days[-1]))]
            reports.append(self._weekly(person, practice))
            hours += [self._hours(person, day) for day in days]
            hours += self._this_morning(person, practice)
        Report.objects.bulk_create(reports)
        Workday.objects.bulk_create(hours)
        record_many(self._entries(reports))
        self._comment()

    # -------------------------------------------------------------------------------------------- reports

    def _daily(self, person: Person, practice: Practice, day: date, yesterday: date) -> Report | None:
        if day == yesterday and person.sign_in == MISSING:
            return None
        at = self.floor.clock(day, 18, self.random.randint(2, 38))
        if day == yesterday and person.sign_in == LATE:
            at = self.floor.clock(self.today, 8, 37)
        figures = self._figures(person, practice, "day", day, at)
        is_read = day != yesterday or person.sign_in in (CHATTY, "linhaoran")
        return self._report(person, practice, "day", day, at, figures, is_read=is_read)

    def _weekly(self, person: Person, practice: Practice) -> Report:
        monday = first_day("week", self.today - timedelta(days=7))
        ends = drafted_on("week", monday, practice.calendar) or monday + timedelta(days=4)
        at = self.floor.clock(ends, 18, self.random.randint(10, 50))
        figures = self._figures(person, practice, "week", monday, at)
        return self._report(person, practice, "week", monday, at, figures, is_read=person.sign_in != LATE)

    def _report(
        self, person: Person, practice: Practice, kind: Kind, on: date, at: datetime, figures: Figures, *, is_read: bool
    ) -> Report:
        report = Report(person=person, kind=kind, on=on, submitted_at=at, figures=figures.as_json())
        for name, text in self._words(person, practice, kind, figures).items():
            setattr(report, name, text)
        reader = self._reader(person)
        if is_read and reader:
            report.read_by, report.read_at = reader, self.floor.clock(at.date() + timedelta(days=1), 8, 20)
        return report

    def _words(self, person: Person, practice: Practice, kind: Kind, figures: Figures) -> dict[str, str]:
        """What was written besides: why nothing was sold only where nothing was, why a target was missed where one
        was."""
        choose = self.random.choice
        if person.role == Role.SERVICE:
            return told.SERVICE[kind]
        asks = practice.playbook.end_of_day is not None
        short = any(line["done"] < line["wanted"] for line in figures.standards)
        said = told.WENT[kind]
        return {
            "words": choose(said),
            "answer": choose(told.NOT_SOLD) if asks and kind == "day" and not figures.paid else "",
            "missed": choose(told.MISSED[kind]) if short else "",
            "ahead": choose(told.AHEAD[kind]),
        }

    def _reader(self, person: Person) -> Person | None:
        above = person.unit.parent_id
        return self.managers.get(person.unit_id) or (self.managers.get(above) if above else None)

    # -------------------------------------------------------------------------------------------- figures

    def _figures(self, person: Person, practice: Practice, kind: Kind, on: date, at: datetime) -> Figures:
        """Those of the days; what stood ahead then is what was contacted later, for the plans of then are gone."""
        figures = figures_of(person, kind, on, at=at)
        ahead = figures.ahead
        if kind == "day" and not ahead:
            ahead = [
                {"on": practice.calendar.add(on, 1).isoformat(), "slots": practice.slots_of(person), "wanted": None}
            ]
        return replace(figures, ahead=[self._was_ahead(person, practice, kind, each) for each in ahead])

    def _was_ahead(self, person: Person, practice: Practice, kind: Kind, ahead: dict[str, Any]) -> dict[str, Any]:
        on = date.fromisoformat(ahead["on"])
        if on >= self.today:
            return ahead
        queue = practice.playbook.queue_classes
        seen = {
            each.customer: each.class_before for each in self.contacts[person.pk, on] if each.class_before not in queue
        }
        keys = key_classes(practice)
        named = [
            {"customer": pk, "name": self.names[pk], "playbook": practice.playbook.code, "class": code}
            for pk, code in sorted(seen.items(), key=lambda each: practice.playbook.class_of(each[1]).rank)
            if code in keys
        ]
        named = named[:KEY_SHOWN] if kind == "day" else []
        return ahead | {"booked": len(seen), "visits": 0, "calls": 0, "named": named}

    # -------------------------------------------------------------------------------------------- hours

    def _hours(self, person: Person, day: date) -> Workday:
        began = self.floor.clock(day, 8, self.random.randint(12, 29))
        ended = self.floor.clock(day, 18, self.random.randint(2, 38))
        row = Workday(person=person, on=day, began_at=began, ended_at=ended)
        if person.sign_in == CORRECTED and self.random.random() < 0.3:
            row.corrected_at, row.corrected_by = ended + timedelta(minutes=20), self._reader(person)
            row.correction = "早上直接去的客户那边，忘了点。"
        return row

    def _this_morning(self, person: Person, practice: Practice) -> Iterator[Workday]:
        opened = self.floor.clock(self.today, 8, self.random.randint(12, 29))
        if practice.calendar.is_working(self.today) and opened < self.floor.now and person.sign_in != MISSING:
            yield Workday(person=person, on=self.today, began_at=opened)

    # -------------------------------------------------------------------------------------------- around it

    def _entries(self, reports: Sequence[Report]) -> Iterator[Entry]:
        for row in reports:
            assert row.submitted_at is not None
            changes = {"kind": [None, row.kind], "on": [None, row.on.isoformat()]}
            changes["effective"] = [None, row.figures["effective"]]
            yield entry(
                by=row.person, at=row.submitted_at, verb="report.submitted", kind="report", subject=row.pk,
                changes=changes,
            )  # fmt: skip

    def _comment(self) -> None:
        """On yesterday's of one, not seen yet; on last week's of another, who answered."""
        daily, weekly = (self._last("day", CHATTY), self._last("week", "linhaoran"))
        said = self.floor.clock(self.today, 8, 21)
        comments = [
            ReportComment(report=daily, by=self.floor.manager, at=said, text=told.COMMENT),
            ReportComment(
                report=weekly, by=self.floor.manager, at=said - timedelta(days=1), text=told.ON_WEEK, seen_at=said
            ),
            ReportComment(
                report=weekly, by=weekly.person, at=said - timedelta(hours=23), text=told.REPLY, seen_at=said
            ),
        ]
        ReportComment.objects.bulk_create(comments)
        record_many(self._said(comments))

    def _last(self, kind: Kind, name: str) -> Report:
        return Report.objects.filter(kind=kind, person=self.floor.people[name]).select_related("person")[0]

    def _said(self, comments: Iterable[ReportComment]) -> Iterator[Entry]:
        for each in comments:
            changes: dict[str, list[Any]] = {"comment": [None, each.pk], "text": [None, each.text]}
            yield entry(
                by=each.by, at=each.at, verb="report.commented", kind="report", subject=each.report_id, changes=changes
            )
