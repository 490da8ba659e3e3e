"""The reasons of levelled days in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from genjin.web import wording
from genjin.web.formats import day_weekday

Figures = Any


def _levelled_full(**figures: Figures) -> str:
    said = {name: day_weekday(figures[name]) for name in ("was", "day", "due_on")}
    said |= {"asked": figures["asked"], "slots": figures["slots"], "tasks": figures.get("tasks", 0)}
    if said["tasks"]:
        said |= {"ends": said["due_on"]}
        return _("%(was)s has %(asked)d for %(slots)d slots, %(tasks)d tasks: moved to %(day)s, up to %(ends)s.") % said
    return _("%(was)s has %(asked)d for %(slots)d slots: moved to %(day)s, its cycle ends on %(due_on)s.") % said


def _levelled_not_worked(**figures: Figures) -> str:
    said = {name: day_weekday(figures[name]) for name in ("was", "day")}
    return _("%(was)s is not worked: moved to %(day)s.") % said


def _levelled_on_leave(**figures: Figures) -> str:
    said = {name: day_weekday(figures[name]) for name in ("was", "day", "due_on")}
    return _("Away on %(was)s: moved to %(day)s, its cycle ends on %(due_on)s.") % said


def _levelled_half_day(**figures: Figures) -> str:
    said = {name: day_weekday(figures[name]) for name in ("was", "day")}
    said |= {"asked": figures["asked"], "slots": figures["slots"]}
    return _("Half of %(was)s is off, %(asked)d for %(slots)d slots: moved to %(day)s.") % said


def _no_day_is_free(**figures: Figures) -> str:
    said = {"slots": figures["slots"], "taken": figures["taken"], "from": day_weekday(figures["from"])}
    if not figures["slots"] and figures.get("away"):
        said["to"] = day_weekday(figures["to"])
        return (
            _("Away on %(from)s, the only day left.") % said
            if figures["from"] == figures["to"]
            else _("Away from %(from)s to %(to)s, all the days left.") % said
        )
    if figures["from"] == figures["to"]:
        told = _("%(from)s has %(slots)d slots and %(taken)d who come first: no place for this one.") % said
    else:
        said["to"] = day_weekday(figures["to"])
        told = _("%(from)s to %(to)s have %(slots)d slots and %(taken)d who come first: no place for this one.") % said
    return f"{told} {tasks_said(figures['tasks'])}" if figures.get("tasks") else told


def tasks_said(tasks: int) -> str:
    """How many slots tasks take, as a sentence of its own."""
    return ngettext("%(num)d slot goes to a task.", "%(num)d slots go to tasks.", tasks) % {"num": tasks}


wording.register(
    {
        "levelled_full": _levelled_full,
        "levelled_on_leave": _levelled_on_leave,
        "levelled_half_day": _levelled_half_day,
        "levelled_not_worked": _levelled_not_worked,
        "no_day_is_free": _no_day_is_free,
        "no_day_is_worked": gettext_lazy("No day is worked until its cycle ends."),
    }
)
