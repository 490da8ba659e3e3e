"""What tasks plug into core, web and the apps before them: who gives them, their words, panel, holdings."""

from django.utils.translation import gettext_lazy as _

from genjin.core import panels, permissions
from genjin.customers import hanging
from genjin.followups.tasks import wording
from genjin.followups.tasks.models import Task
from genjin.organization import holdings
from genjin.web import commands

permissions.declare({"followups.give_tasks": {"owner", "manager"}})
panels.register(panels.Panel(place="customer", url_name="customer_tasks", title=_("Tasks"), order=6))
commands.register(
    commands.Command("task_new", _("Give a task"), "task_new", "flag", order=40, permission="followups.give_tasks")
)
hanging.register(
    hanging.Hanging(
        Task,
        "has_tasks",
        hanging.every_row,
        goes_along=True,
        told=wording.tasks,
        follows=("person_id", "ended_at", "outcome", "withdrawn_by_rule"),
    )
)
holdings.register(
    holdings.Holding(
        "tasks", _("Tasks"), lambda person: Task.objects.open().filter(person=person).count(), order=40, follows=True
    )
)
