"""Dated remarks of an imported file on the timeline. They are no contacts and move no date."""

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from genjin.customers.models import Remark
from genjin.customers.timeline import Asked, Item

TEMPLATE = "customers/_timeline_remark.html"


def remarks_for_timeline(asked: Asked) -> Sequence[Item]:
    """The remarks of a customer, each at the beginning of its day: the file knows no hour."""
    if asked.kind not in ("", "remark"):
        return []
    rows = Remark.objects.filter(customer=asked.customer).select_related("by").order_by("-on", "-pk")
    if asked.before is not None:
        rows = rows.filter(on__lte=timezone.localdate(asked.before))
    if asked.text:
        rows = rows.filter(text__icontains=asked.text)
    items = (Item(_beginning(row.on), "remark", TEMPLATE, {"remark": row}) for row in rows[: asked.limit + 1])
    return [item for item in items if asked.before is None or item.at < asked.before][: asked.limit]


def _beginning(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
