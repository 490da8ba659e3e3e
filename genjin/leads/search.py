"""What a lead is found by, and how a found one is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from genjin.core.search import index
from genjin.core.search.matching import span
from genjin.core.search.queries import Query
from genjin.core.search.registry import Answer
from genjin.core.search.rules import Document
from genjin.leads.models import Lead, LeadQuerySet

KIND = "lead"
BATCH = 2000
MOST_IN_LIST = 500


def documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """The documents of these leads, or of all, read in batches."""
    if pks is not None:
        wanted = sorted(set(pks))
        for start in range(0, len(wanted), BATCH):
            yield from _documents_of(Lead.objects.filter(pk__in=wanted[start : start + BATCH]))
        return
    after = 0
    while batch := list(_documents_of(Lead.objects.filter(pk__gt=after).order_by("pk")[:BATCH])):
        yield from batch
        after = batch[-1].pk


def _documents_of(leads: Any) -> Iterator[Document]:
    for pk, company, person, phone, email, wechat in leads.values_list(
        "pk", "company", "person_name", "phone", "email", "wechat"
    ):
        addresses = tuple(filter(None, (wechat, email)))
        yield Document(KIND, pk, tuple(filter(None, (company, person))), (phone,) if phone else (), addresses)


def reindex_lead(lead: Lead) -> None:
    """Make a lead findable by what it is called now. Called in the transaction that made or changed it."""
    index.index(documents([lead.pk]))


@dataclass(frozen=True, slots=True)
class Row:
    """A found lead as its line shows it; `name` is what stands before, in and after what was typed."""

    lead: Lead
    name: tuple[str, str, str]
    tail: str
    state: str

    @property
    def pk(self) -> int:
        return self.lead.pk

    @property
    def label(self) -> str:
        return self.lead.called


def answer(actor: Any, query: Query, limit: int, today: date) -> Answer:
    """The leads in the actor's scope that a query finds, the actor's own first."""
    found = index.find(
        KIND, query, limit=limit, within=Lead.objects.visible_to(actor), first=Lead.objects.owned_by(actor.pk)
    )
    leads = Lead.objects.select_related("owner", "queue").in_bulk([hit.pk for hit in found.hits])
    rows = [_row(leads[hit.pk], query, today) for hit in found.hits if hit.pk in leads]
    return Answer(rows, found.is_complete)


def _row(lead: Lead, query: Query, today: date) -> Row:
    called = lead.called
    start, end = span(called, query)
    tail = lead.phone[-4:] if len(lead.phone) >= 8 else ""
    return Row(lead, (called[:start], called[start:end], called[end:]), tail, lead.state(today))


def narrowed(rows: LeadQuerySet, text: str) -> LeadQuerySet:
    """Those of a list that a search finds; `rows` is in the reader's scope already."""
    hits = index.find(KIND, text, limit=MOST_IN_LIST, within=rows).hits
    return rows.filter(pk__in=[hit.pk for hit in hits])
