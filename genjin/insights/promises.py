"""The promises behind a figure of the board."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from genjin.followups.models import Promise
from genjin.insights.floor import end_of, start_of
from genjin.insights.rules.period import Period
from genjin.organization.models import Person

WHAT = {"late": _("Late"), "open": _("To come"), "broken": _("Broken"), "kept": _("Kept")}


def order_of(what: str) -> tuple[str, ...]:
    """Open ones the earliest due first, those that ended the latest first."""
    return ("by_when",) if what in ("late", "open") else ("-ended_at!",)


def found(actor: Person, people: list[Person], what: str, *, period: Period, at: datetime) -> QuerySet[Promise]:
    """Open ones whatever their day, those that ended in the period."""
    rows = Promise.objects.visible_to(actor).filter(by__in=people).select_related("customer", "by")
    if what == "late":
        return rows.open().filter(by_when__lt=at)
    if what == "open":
        return rows.open().filter(by_when__gte=at)
    return rows.filter(
        ended_at__gte=start_of(period.first), ended_at__lt=end_of(period.last), is_broken=what == "broken"
    )
