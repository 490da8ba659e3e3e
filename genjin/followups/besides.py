"""What stands in today's list besides the contacts: tasks that somebody gave, visits to confirm. Asked for only where
it is shown."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from genjin.followups.day import Day
from genjin.followups.models import Task
from genjin.followups.tasks.reading import ShownTask, shown
from genjin.followups.week.confirming import Visit, visits_to_confirm
from genjin.organization.models import Person


@dataclass(frozen=True)
class Besides:
    """Of one person's day: `tasks` open by then, the latest first; `visits` up to the next working day, with those that
    are confirmed already."""

    person: Person
    day: Day
    at: datetime

    @cached_property
    def tasks(self) -> list[ShownTask]:
        if not self.day.around.tasks:
            return []
        rows = Task.objects.open().filter(person=self.person, on__lte=max(self.day.on, timezone.localdate(self.at)))
        return shown(rows.order_by("on", "at", "pk"), actor=self.person, at=self.at)

    @cached_property
    def visits(self) -> list[Visit]:
        if not self.day.around.visits:
            return []
        found = visits_to_confirm({self.person.pk: self.day.practice.calendar}, at=self.at)
        return found[self.person.pk]

    def tasks_at(self, customer: int) -> list[ShownTask]:
        """Those of them that are about one customer."""
        return [each for each in self.tasks if each.task.customer_id == customer]
