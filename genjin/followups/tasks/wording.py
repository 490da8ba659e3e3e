"""The reasons and refusals of tasks in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from genjin.web import wording


def _task_given(**figures: Any) -> str:
    return _("%(by)s asks: %(purpose)s") % figures


def tasks(num: int) -> str:
    return ngettext("%(num)s task", "%(num)s tasks", num) % {"num": num}


wording.register(
    {
        "task_given": _task_given,
        "task_for_nobody": gettext_lazy("Choose who is to do it."),
        "task_says_nothing": gettext_lazy("Write what is to be done."),
        "task_person_out_of_reach": gettext_lazy("%(name)s is not in your unit. You give tasks to your own people."),
        "task_customer_of_another": gettext_lazy(
            "%(name)s belongs to %(owner)s. Give the task to %(owner)s, or tick that it is lent to %(person)s."
        ),
        "task_is_anothers": gettext_lazy("This task is for %(name)s. Only %(name)s can answer it."),
        "task_declined_why": gettext_lazy("Write in a few words why not."),
        "task_done_how": gettext_lazy("Choose the note it was done by, or write in a few words what came of it."),
        "task_note_does_not_fit": gettext_lazy("This note is of another customer, or was taken back. Choose another."),
        "task_ended_by_rule": gettext_lazy("This task ended by itself, with its customer or its person."),
        "task_person_left": gettext_lazy("%(name)s does not work here any more. Give the task to somebody else."),
        "too_many_tasks": gettext_lazy("%(count)s customers are chosen; at most %(most)s tasks go out at once."),
        "has_tasks": gettext_lazy("has a task"),
    }
)
