"""The promises behind a figure of the board."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from genjin.followups.models import Promise
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules.period import Period
from genjin.organization.models import Person

WHAT = {"late": _("Late"), "open": _("To come"), "broken": _("Broken"), "kept": _("Kept")}
MOST = 500


def found(actor: Person, people: list[Person], what: str, *, period: Period, at: datetime) -> list[Promise]:
    """At most five hundred: open ones whatever their day, those that ended in the period."""
    rows = Promise.objects.visible_to(actor).filter(by__in=people).select_related("customer", "by")
    if what == "late":
        rows = rows.open().filter(by_when__lt=at).order_by("by_when", "pk")
    elif what == "open":
        rows = rows.open().filter(by_when__gte=at).order_by("by_when", "pk")
    else:
        rows = rows.filter(
            ended_at__gte=start_of(period.first), ended_at__lt=end_of(period.last), is_broken=what == "broken"
        ).order_by(F("ended_at").desc(), "pk")
    return list(rows[:MOST])
