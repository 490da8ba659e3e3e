"""The reasons and refusals of leads in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from genjin.web import formats, wording


def _on_day(text: Any) -> Callable[..., str]:
    """A sentence with a day in it, as people write days."""
    return lambda day, **figures: str(text) % {**figures, "day": formats.day_weekday(day)}


def _laid_back(person: str, text: str) -> str:
    said = _("Laid back by %(person)s: %(text)s") if text else _("Laid back by %(person)s")
    return str(said) % {"person": person, "text": text}


wording.register(
    {
        "leads_to_export_none": _("This list has no leads to export."),
        "leads_to_export_too_many": _("More than %(most)s leads: narrow the list first."),
        "lead_is_new": _("New: not pushed yet"),
        "lead_came_again": _("Came again, %(times)s times by now"),
        "lead_visit_agreed": _on_day(_("Visit agreed for %(day)s")),
        "lead_named_need_later": _on_day(_("Needs it later, asked for %(day)s")),
        "lead_named_need_now": _on_day(_("Needs it now, agreed for %(day)s")),
        "lead_named_again": _on_day(_("May be contacted again on %(day)s")),
        "lead_named_visit": _on_day(_("Wants a visit, agreed for %(day)s")),
        "lead_named_unreachable": _on_day(_("Not reached, tried again on %(day)s")),
        "lead_needs_now": _("Needs it now: make it a customer"),
        "lead_missed": _("Missed %(missed)s in a row"),
        "lead_again": _("May be contacted again, %(days)s working days later"),
        "lead_reopened": _("Opened again"),
        "lead_given_by_hand": _("Entered for you"),
        "lead_given_by": _("Given by %(person)s"),
        "lead_accepted": _("Accepted out of the queue %(queue)s"),
        "lead_is_customer_of": _("Is a customer of %(person)s already"),
        "lead_laid_back": _laid_back,
        "lead_of_leaver": _("From %(person)s, who left"),
        "lead_accept_first": _("%(name)s lies in a queue. Accept it first."),
        "lead_belongs_to_another": _("%(name)s belongs to a colleague."),
        "lead_was_accepted": _("%(person)s was faster: %(name)s is accepted."),
        "lead_not_yours_to_do": _("%(name)s is not yours to do this with."),
        "lead_has_ended": _("%(name)s has ended. Open it again first."),
        "lead_was_converted": _("%(name)s became a customer. Go on there."),
        "lead_later_needs_a_day": _("Write the day on which it comes back."),
        "lead_later_is_today": _("Later is a day after today."),
        "lead_visit_needs_a_time": _("Write the day and time of the visit."),
        "lead_day_too_far": _on_day(_("%(day)s is more than two years away.")),
        "lead_end_needs_reason": _("Write in a few words why."),
        "queue_out_of_scope": _("This queue is not open to you."),
        "queue_is_closed": _("%(name)s is closed."),
        "own_queue_stays_open": _("A unit's own queue stays open to the unit."),
        "queue_needs_members": _("Choose at least one colleague, or open the queue to everybody."),
        "queue_is_not_empty": _("%(count)s leads still lie in %(name)s. Give them to somebody first."),
        "queue_needs_a_name": _("Give the queue a name."),
        "queue_name_taken": _("The unit has a queue called %(name)s already."),
        "person_too_far_from_queue": _("%(person)s does not work in the queue's unit, below it or above it."),
        "has_leads": _("came from a lead"),
    }
)
