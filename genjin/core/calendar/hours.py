"""Working minutes: counting in the hours of a shift on working days. Plain values, no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from genjin.core.calendar.rules import WorkingCalendar

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A team's shift, the same on each of its working days, as its clock on the wall shows it."""

    calendar: WorkingCalendar
    begins: time
    ends: time
    zone: tzinfo

    def is_working(self, at: datetime) -> bool:
        """Whether somebody is at work at this instant; the end of the shift is no longer within it."""
        begins, ends = self._shift(at.astimezone(self.zone).date())
        return self.calendar.is_working(at.astimezone(self.zone).date()) and begins <= at < ends

    def next_working(self, at: datetime) -> datetime:
        """The instant itself if it is worked, else the next beginning of a shift, by the team's clock."""
        begins, _ends = next(self._shifts(at))
        return max(begins, at).astimezone(self.zone)

    def after(self, at: datetime, minutes: int) -> datetime:
        """The instant at which so many working minutes have passed, by the team's clock.

        At 17:55 with 30 minutes and a shift until 18:00: 08:55 of the next working day, where it begins at 08:30.
        Raises ValueError for a calendar in which nobody works.
        """
        left = minutes * MINUTE
        for begins, ends in self._shifts(at):
            start = max(begins, at)
            if left <= ends - start:
                return (start + left).astimezone(self.zone)
            left -= ends - start
        raise ValueError("nobody ever works in this calendar")

    def between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes from one instant to a later one; 0 where it is not later."""
        if end <= start:
            return 0
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        passed = self._within(first, start, end)
        if last != first:
            begins, ends = self._shift(first)
            whole_days = self.calendar.between(first, last - DAY)
            passed += self._within(last, start, end) + whole_days * (ends - begins)
        return passed // MINUTE

    def _within(self, day: date, start: datetime, end: datetime) -> timedelta:
        """How much of the shift of a day lies between two instants."""
        if not self.calendar.is_working(day):
            return timedelta()
        begins, ends = self._shift(day)
        return max(min(ends, end) - max(begins, start), timedelta())

    def _shifts(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The shifts that end after an instant."""
        found = False
        for day in self.calendar.working_days(at.astimezone(self.zone).date()):
            begins, ends = self._shift(day)
            if ends > at:
                found = True
                yield begins, ends
        if not found:
            raise ValueError("nobody ever works in this calendar")

    def _shift(self, day: date) -> tuple[datetime, datetime]:
        # Told in UTC, so that a day on which clocks are set is as long as it is.
        begins = datetime.combine(day, self.begins, self.zone).astimezone(UTC)
        return begins, datetime.combine(day, self.ends, self.zone).astimezone(UTC)
