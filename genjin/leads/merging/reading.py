"""What a page shows of a lead's merges, and who else may be one with it.

The whole company is asked, not only what the reader may see: two sellers shall not push one person unknowingly. Of what
lies outside the reader's scope only name, owner and state are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from genjin.customers.duplicates.hints import Duplicate, possible_duplicates
from genjin.customers.rules import name_key, normalised_phone
from genjin.leads.merging.models import LeadMerge
from genjin.leads.merging.services import UNDOABLE_FOR, decides
from genjin.leads.models import Lead, Outcome
from genjin.organization.models import Person

SHOWN = 5
PROPOSED = 30


@dataclass(frozen=True, slots=True)
class Twin:
    """A lead that may be the same, and by what (phone, email, company), the surest first. `is_visible`: the reader may
    open it; `may_merge`: and make it one with others."""

    lead: Lead
    reasons: tuple[str, ...]
    is_visible: bool
    may_merge: bool


@dataclass(frozen=True, slots=True)
class Hints:
    leads: list[Twin]
    customers: list[Duplicate]

    def __bool__(self) -> bool:
        return bool(self.leads or self.customers)


def hints_for(actor: Person, *, company: str = "", phone: str = "", email: str = "", without: int = 0) -> Hints:
    """Leads, ended ones too, with this phone, e-mail or company, and customers that may be the same. `phone` is as it
    was typed; one that is none says nothing."""
    number = normalised_phone(phone) if phone.strip() else ""
    number = number if isinstance(number, str) else ""
    customers = possible_duplicates(actor, name=company, phones=[number] if number else [])
    return Hints(twins_with(actor, company=company, number=number, email=email, without=without), customers)


def hints_of(actor: Person, lead: Lead) -> Hints:
    """Who else may be this open lead; the customer that it is by its phone or e-mail is told elsewhere."""
    found = hints_for(actor, company=lead.company, phone=lead.phone, email=lead.email, without=lead.pk)
    return Hints(found.leads, [each for each in found.customers if each.customer.pk != lead.matched_id])


def twins_with(actor: Person, *, company: str, number: str, email: str, without: int = 0) -> list[Twin]:
    """Each key is asked by its own index."""
    keys = {"phone": number, "email": email.strip().lower(), "name_key": name_key(company) if company.strip() else ""}
    shared: dict[int, list[str]] = {}
    for field, value in keys.items():
        if value:
            rows = Lead.objects.filter(**{field: value}).exclude(pk=without).exclude(outcome=Outcome.DUPLICATE)
            for pk in rows.order_by("-pk").values_list("pk", flat=True)[:PROPOSED]:
                shared.setdefault(pk, []).append(field)
    if not shared:
        return []
    visible = set(Lead.objects.visible_to(actor).filter(pk__in=shared).values_list("pk", flat=True))
    leads = Lead.objects.select_related("owner", "queue").in_bulk(shared)
    order = {"phone": 0, "email": 0, "name_key": 1}
    ranked = sorted(
        (row for row in leads.values()),
        key=lambda row: (min(order[each] for each in shared[row.pk]), not row.is_open, -row.pk),
    )
    return [
        Twin(row, tuple(shared[row.pk]), row.pk in visible, row.pk in visible and _may_merge(row, actor))
        for row in ranked[:SHOWN]
    ]


def _may_merge(lead: Lead, actor: Person) -> bool:
    return lead.outcome != Outcome.CONVERTED and decides(lead, actor)


@dataclass(frozen=True, slots=True)
class Part:
    """A merge in which the lead took in another, or (`is_into`) became part of one. `can_be_undone`: by the reader,
    still."""

    merge: LeadMerge
    is_into: bool
    can_be_undone: bool


def merges_of(lead: Lead, actor: Person, at: datetime) -> list[Part]:
    """The standing merges of this lead, the latest first."""
    of_it = Q(kept=lead) | Q(absorbed=lead)
    rows = LeadMerge.objects.standing().filter(of_it).select_related("kept", "absorbed", "by").order_by("-pk")
    return [
        Part(merge, merge.absorbed_id == lead.pk, at - merge.at <= UNDOABLE_FOR and decides(merge.kept, actor))
        for merge in rows
    ]


def parsed(keys: str, most: int) -> list[int]:
    """The keys in an address like 7-9-11; nothing for what is none."""
    parts: list[Any] = keys.split("-")
    wanted = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 18]
    return wanted if len(wanted) == len(parts) and 2 <= len(set(wanted)) == len(wanted) <= most else []
