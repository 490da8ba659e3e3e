"""Replies as others show them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from genjin.customers.timeline import Item
from genjin.leads.models import Lead
from genjin.leads.replies.models import Reply

MOST = 50


def language_of(token: UUID) -> str | None:
    """In which language the reply with this token was written; None where there is none."""
    return Reply.objects.filter(token=token).values_list("language", flat=True).first()


def replies_for_timeline(lead: Lead, actor: Any) -> Sequence[Item]:
    """What was answered by itself, and what became of it."""
    rows = Reply.objects.visible_to(actor).filter(lead=lead).select_related("rule").order_by("-pk")[:MOST]
    return [Item(row.tried_at or row.made_at, "reply", "leads/_timeline_reply.html", {"reply": row}) for row in rows]
