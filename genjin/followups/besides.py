"""What stands in today's list besides the contacts: tasks that somebody gave. Asked for only where it is shown."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from genjin.followups.day import Day
from genjin.followups.models import Task
from genjin.followups.tasks.reading import ShownTask, shown
from genjin.organization.models import Person


@dataclass(frozen=True)
class Besides:
    """Of one person's day: `tasks` open by then, the latest first."""

    person: Person
    day: Day
    at: datetime

    @cached_property
    def tasks(self) -> list[ShownTask]:
        rows = Task.objects.open().filter(person=self.person, on__lte=max(self.day.on, timezone.localdate(self.at)))
        return shown(rows.order_by("on", "at", "pk"), actor=self.person, at=self.at)

    def tasks_at(self, customer: int) -> list[ShownTask]:
        """Those of them that are about one customer."""
        return [each for each in self.tasks if each.task.customer_id == customer]
