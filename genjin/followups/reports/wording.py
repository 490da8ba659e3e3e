"""The reasons and refusals of reports and working hours in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genjin.web import wording
from genjin.web.formats import day_weekday


def _to_come(**figures: Any) -> str:
    return _("%(day)s is still to come: hand it in when the day is here.") % {"day": day_weekday(figures["day"])}


def _not_of_the_day(**figures: Any) -> str:
    return _("Both times must lie on %(day)s and not ahead of now.") % {"day": day_weekday(figures["day"])}


wording.register(
    {
        "report_of_days_to_come": _to_come,
        "report_wants_an_answer": gettext_lazy("Nothing was sold that day. Say what was done."),
        "report_is_submitted": gettext_lazy("This report is handed in. Take it back to change it."),
        "report_was_read": gettext_lazy("%(by)s has read it: it stays as it is. Add what you have to say as a reply."),
        "report_is_no_more": gettext_lazy("This report was taken back meanwhile."),
        "only_the_author_withdraws": gettext_lazy("Only who wrote a report can do this."),
        "not_ones_own_report": gettext_lazy("Your own report is read by who leads you."),
        "comment_says_nothing": gettext_lazy("Write what you want to say."),
        "correction_needs_a_reason": gettext_lazy("Say in a few words why; it stays in the record."),
        "hours_long_past": gettext_lazy("More than %(days)s days ago: your manager corrects it."),
        "hours_not_of_the_day": _not_of_the_day,
        "hours_run_backwards": gettext_lazy("The end lies before the beginning."),
        "report_corrected_attempts": gettext_lazy("Contacts %(was)s, now %(now)s"),
        "report_corrected_effective": gettext_lazy("Effective %(was)s, now %(now)s"),
        "report_corrected_paid_total": gettext_lazy("Paid %(was)s, now %(now)s"),
        "report_corrected_standard": gettext_lazy("Target classes %(was)s, now %(now)s"),
        "export_of_reports_too_long": gettext_lazy("%(rows)s reports; at most %(most)s at once. Choose fewer days."),
        "export_of_reports_is_empty": gettext_lazy("No report was handed in on these days."),
    }
)
