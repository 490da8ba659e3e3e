"""The tables of the boards as files: what stands on the page, read again by whoever takes it home."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from genjin.core.permissions import require
from genjin.core.transfer.exports import ExportKind
from genjin.core.transfer.models import ExportRun
from genjin.core.transfer.sheets import Cells
from genjin.insights import contacts, leads, moves, promises, sources
from genjin.insights.floor import floor_of, people_of
from genjin.insights.quality.counting import FAULTS
from genjin.insights.quality.reading import quality_of
from genjin.insights.rules.period import week
from genjin.insights.supervision import boards_of
from genjin.insights.three_numbers import numbers_of
from genjin.insights.units import units_within
from genjin.insights.views.asked import classes_of, days_of, period_of, person_of, time_of, unit_of
from genjin.organization.models import Person
from genjin.playbooks.variant import CustomerClass
from genjin.web import formats
from genjin.web.paging import in_order
from genjin.web.wording import line

MOST = 20_000  # rows of a list that go into one sheet (ours)
Table = tuple[list[str], list[list[Any]]]


def _badge(cls: CustomerClass) -> str:
    return formats.words(cls.badge)


def _board(asked: Any) -> Table:
    at = timezone.now()
    today = timezone.localdate(at)
    boards = boards_of(floor_of(asked.user, unit_of(asked), today=today), at=at, on=today)
    head = [
        _("Colleague"), _("Missing"), _("Too many"), _("Overdue"), _("Score"), _("Notes"), _("Poor"), _("Copied"),
        _("To come"), _("Late"), _("Broken"), _("Kept"), _("Nearer"), _("Farther"), _("New class 3"),
        _("Booked for next week"), _("Contacts today"),
    ]  # fmt: skip
    rows = [
        [
            each.person.name, each.short, each.excess, each.overdue[0] if each.overdue else 0, each.notes.score,
            each.notes.notes, each.notes.poor, each.notes.copied, each.promises.open, each.promises.late,
            each.promises.broken, each.promises.kept, each.moves.nearer, each.moves.farther, each.moves.new_three,
            sum(each.booked), len(each.made),
        ]
        for board in boards
        for each in board.lines
    ]  # fmt: skip
    return head, rows


def _numbers(asked: Any) -> Table:
    today = timezone.localdate()
    floor = floor_of(asked.user, unit_of(asked), today=today)
    head = [
        _("Colleague"), _("Class"), _("effective contacts"), _("were in the class"), _("came"), _("went on"),
        _("Conversion"), _("Speed"),
    ]  # fmt: skip
    rows = []
    for numbers in numbers_of(floor.boards, period_of(asked, today), today=today):
        for person in numbers.people:
            for station, count in zip(numbers.stations, numbers.counts[person.pk], strict=True):
                rate = formats.percent(count.rate)
                figures = [count.contacts, count.had, count.came, count.exits, rate, count.speed]
                rows.append([person.name, _badge(station.cls), *figures])
    return head, rows


def _people(asked: Any) -> list[Person]:
    person = person_of(asked)
    return [person] if person else people_of(asked.user, unit_of(asked))


def _whole(rows: QuerySet, order: tuple[str, ...]) -> list[Any]:
    """All pages of a list in their order, as far as one sheet goes."""
    return list(in_order(rows, order)[:MOST])


def _contacts(asked: Any) -> Table:
    what = asked.GET.get("what", "")
    wanted = contacts.Asked(
        people=_people(asked),
        period=days_of(asked, timezone.localdate()),
        what=what if what in contacts.WHAT else "",
        after=time_of(asked, "after"),
        before=time_of(asked, "before"),
        class_codes=classes_of(asked, "class"),
    )
    found = contacts.shown(_whole(contacts.found(asked.user, wanted), contacts.NEWEST_FIRST), wanted)
    head = [_("When"), _("Colleague"), _("Class"), _("Customer"), _("Note"), _("Score"), _("Why")]
    return head, [
        [
            formats.moment(row.touch.at), row.touch.whose, row.rung.badge, row.touch.customer.name, row.said,
            row.judged.verdict.score if row.judged else None,
            line(row.judged.verdict.reasons, "；") if row.judged else "",
        ]
        for row in found
    ]  # fmt: skip


def _moves(asked: Any) -> Table:
    today = timezone.localdate()
    what, period = asked.GET.get("what", ""), days_of(asked, today, otherwise=week(today))
    before, after = (",".join(classes_of(asked, name)) for name in ("class", "to"))
    asked_for = moves.found(asked.user, _people(asked), what, period=period, before=before, after=after)
    found = moves.shown(_whole(asked_for, moves.NEWEST_FIRST))
    head = [_("When"), _("Owner"), _("from class"), _("to class"), _("Customer"), _("Moved by"), _("How")]
    return head, [
        [
            formats.moment(row.move.at), row.move.owner.name if row.move.owner else "", row.before.badge,
            row.after.badge, row.move.customer.name, row.move.by.name if row.move.by else "",
            row.move.reason or row.move.get_cause_display(),
        ]
        for row in found
    ]  # fmt: skip


def _promises(asked: Any) -> Table:
    at = timezone.now()
    what = asked.GET.get("what", "")
    period = days_of(asked, timezone.localdate(at), otherwise=week(timezone.localdate(at)))
    kind = what if what in promises.WHAT else "late"
    asked_for = promises.found(asked.user, _people(asked), kind, period=period, at=at)
    found = _whole(asked_for, promises.order_of(kind))
    head = [_("By when"), _("Colleague"), _("Customer"), _("Promised"), _("Ended")]
    return head, [
        [
            formats.moment(row.by_when), row.by.name if row.by else "", row.customer.name, row.what,
            formats.moment(row.ended_at),
        ]
        for row in found
    ]  # fmt: skip


def _quality(asked: Any) -> Table:
    floor = floor_of(asked.user, unit_of(asked), today=timezone.localdate())
    found = quality_of(asked.user, floor.within, today=timezone.localdate())
    head = [_("Colleague"), _("Customers"), *(str(fault.label) for fault in FAULTS)]
    return head, [[str(row.of), row.held, *(row.faults[fault.code] for fault in FAULTS)] for row in found.people]


def _leads(asked: Any) -> Table:
    today = timezone.localdate()
    found = leads.layers_of(asked.user, unit_of(asked), period_of(asked, today), today=today)
    head = [
        _("Unit or colleague"), _("Came"), _("Pushed"), _("Reached"), pgettext("leads", "Converted"), _("Won"),
        pgettext("leads", "Ended"), _("Minutes to the first push"), _("In queues now"), _("Overdue now"),
    ]  # fmt: skip
    return head, leads.as_table(found.lines)


def _sources(asked: Any) -> Table:
    require(asked.user, "leads.see_costs")
    today = timezone.localdate()
    found = sources.yields_of(
        asked.user, units_within(asked.user, unit_of(asked)), period_of(asked, today), today=today
    )
    head = [
        _("Source"), _("Leads"), _("Judged"), pgettext("leads", "Converted"), _("Customers without a lead"), _("Won"),
        _("Attempts"), pgettext("of work", "Hours"), _("Cost"), _("Paid by them"),
    ]  # fmt: skip
    return head, [
        [
            str(each.source or _("no source noted")), each.leads, each.judged, each.converted, each.own, each.won,
            each.pushes, each.hours, each.cost, each.paid,
        ]
        for each in found
    ]  # fmt: skip


TABLES: dict[str, tuple[Any, Callable[[Any], Table]]] = {
    "board": (gettext_lazy("Board"), _board),
    "numbers": (gettext_lazy("Three numbers"), _numbers),
    "contacts": (gettext_lazy("All contacts"), _contacts),
    "moves": (gettext_lazy("Class moves"), _moves),
    "promises": (gettext_lazy("Promises"), _promises),
    "quality": (gettext_lazy("Data quality"), _quality),
    "leads": (gettext_lazy("Leads"), _leads),
    "sources": (gettext_lazy("Sources"), _sources),
}


class TableExporter:
    """A table has no keys of its own: its rows are numbered."""

    def __init__(self, run: ExportRun) -> None:
        require(run.by, "insights.see_board")
        query = QueryDict(run.query)
        self._header, self._rows = TABLES[query["of"]][1](SimpleNamespace(GET=query, user=run.by))

    @property
    def header(self) -> Sequence[str]:
        return [str(title) for title in self._header]

    def keys(self) -> Iterable[int]:
        return range(len(self._rows))

    def rows(self, keys: Sequence[int]) -> Iterator[Cells]:
        return (["" if cell is None else cell for cell in self._rows[key]] for key in keys)


def title(person: Any, query: str) -> str:
    """Which table it is, in words."""
    return str(TABLES[QueryDict(query)["of"]][0])


KIND = ExportKind("insights", "customers.export", gettext_lazy("Insights"), TableExporter, title)
