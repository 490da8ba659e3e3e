"""What an import of contacts says of its file and rows."""

from django.utils.translation import gettext_lazy as _

from genjin.web.wording import register

register(
    {
        "contact_time_column_missing": _("No column tells when the contacts were. Choose it."),
        "contact_day_missing": _("No day: when was it?"),
        "time_impossible": _("“%(text)s” is no time of day"),
        "time_unreadable": _("“%(text)s” is no time of day; write it as 14:30"),
        "effective_unknown": _("“%(text)s” says neither effective nor not"),
        "duration_unreadable": _("“%(text)s” is no length of a talk; write seconds or 4:12"),
        "no_contact_told": _("Tells of no contact"),
        "log_without_day": _("“%(text)s” has no day before it; write 2026-03-02 and who it was"),
        "pool_of_others": _("Lies in the pool of other units"),
        "same_contact": _("This contact is on record already"),
        "same_contact_in_row": _("The same contact as in row %(row)d"),
    }
)
