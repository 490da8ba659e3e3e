"""What a page shows before a lead becomes a customer, and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genjin.core.reasons import Reason
from genjin.customers.duplicates.hints import possible_duplicates
from genjin.customers.history_values import names_in, worded
from genjin.customers.history_words import FIELDS
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.pools.masking import masks
from genjin.customers.services.identity import FILE
from genjin.customers.services.records import refusal_to_work_now
from genjin.customers.services.restoring import standing_of
from genjin.leads.converting import rules
from genjin.leads.converting.joining import person_there
from genjin.leads.converting.models import Conversion
from genjin.leads.converting.services import carried_of
from genjin.leads.converting.undoing import may_undo, touched_since
from genjin.leads.models import Lead
from genjin.leads.services.arriving import customer_with
from genjin.organization.models import Person


@dataclass(frozen=True, slots=True)
class Match:
    """A customer that the lead may be. `may_join`: it may become part of it at once; `passes_to`: the colleague whose
    it is and to whom the lead can go instead. Of one that is out of sight only name and owner are shown."""

    customer: Customer
    percent: int
    reasons: list[dict[str, Any]]
    is_visible: bool
    may_join: bool
    passes_to: Person | None


def matches_of(lead: Lead, by: Person, today: Any) -> list[Match]:
    """Who may be it already, the surest first: by phone and e-mail, by name."""
    phones = [lead.phone] if lead.phone else []
    found = possible_duplicates(by, name=lead.company, phones=phones)
    known = {each.customer.pk for each in found}
    listed = [(each.customer, each.percent, each.reasons, each.is_visible) for each in found]
    strong = customer_with(phone=lead.phone, email=lead.email)
    if strong is not None and strong.pk not in known:
        seen = Customer.objects.visible_to(by).filter(pk=strong.pk).exists()
        listed.insert(0, (strong, 100, [{"field": "address", "alike": 100}], seen))
    return [_match(*each, lead=lead, by=by, today=today) for each in listed]


def _match(
    customer: Customer, percent: int, reasons: list[dict[str, Any]], seen: bool, *, lead: Lead, by: Person, today: Any
) -> Match:
    may_join = seen and customer.is_open and _joins(customer, by, today)
    owner = customer.owner if customer.is_open else None
    passes = owner if owner is not None and not may_join and owner.pk not in (by.pk, lead.owner_id) else None
    return Match(customer, percent, reasons, seen, may_join, passes)


def _joins(customer: Customer, by: Person, today: Any) -> bool:
    if customer.pool_id is not None:
        return by.may("customers.claim")
    return refusal_to_work_now(customer, by, today) is None


@dataclass(frozen=True, slots=True)
class Line:
    """One field in words: what stands at the customer, what the lead says, what will stand. `differs`: one chooses."""

    field: str
    label: str
    stands: str
    given: str
    becomes: str
    differs: bool


def preview(lead: Lead, customer: Customer, chosen: Sequence[str]) -> list[Line]:
    """What of a customer that is there would be filled and what would stay."""
    given = carried_of(lead)
    standing = standing_of(customer, FILE)
    differing = rules.differing(standing, given.file)
    filled = rules.filled(standing, given.file, chosen)
    after = standing | filled
    names = names_in([{field: [standing[field], given.file[field]] for field in rules.TAKEN}])
    lines = []
    for field in (*rules.TAKEN, "remarks"):
        stands, said, becomes = (worded(field, each[field], names, customer) for each in (standing, given.file, after))
        if said:
            lines.append(Line(field, str(FIELDS[field]), stands, said, becomes, field in differing))
    return lines + _people(customer, given)


def _people(customer: Customer, given: rules.Carried) -> list[Line]:
    lines = []
    hidden = masks(customer)
    known = set(Phone.objects.filter(customer=customer).values_list("number", flat=True))
    there = person_there(customer, given)
    if given.person:
        called = f"{given.person['name']} {given.person['title']}".strip()
        lines.append(Line("person", str(FIELDS["name"]), there.name if there else "", called, called, False))
        for field in ("wechat", "email"):
            if given.person[field]:
                stands = _reached(there, field) if not hidden else ""
                lines.append(
                    Line(field, str(FIELDS[field]), stands, given.person[field], stands or given.person[field], False)
                )
    for number in given.phones:
        stands = number if number in known and not hidden else ""
        lines.append(Line("phones", str(FIELDS["phones"]), stands, number, number, False))
    return lines


def _reached(person: ContactPerson | None, field: str) -> str:
    return str(getattr(person, field)) if person else ""


@dataclass(frozen=True, slots=True)
class Done:
    """A standing conversion, whether it can be taken back, and what would stay then."""

    conversion: Conversion
    may_undo: bool
    stays: Reason | None
    is_visible: bool


def done_of(lead: Lead, by: Person, at: datetime) -> Done | None:
    """What became of a lead that became a customer."""
    row = (
        Conversion.objects.filter(lead=lead, undone_at=None)
        .select_related("customer__owner", "customer__pool", "by", "lead", "told")
        .first()
    )
    if row is None or row.customer is None:
        return None
    can = may_undo(row, by, at)
    seen = Customer.objects.visible_to(by).filter(pk=row.customer.pk).exists()
    return Done(row, can, touched_since(row, row.customer) if can else None, seen)


def origin_of(customer: Customer, by: Person, at: datetime) -> Done | None:
    """The last conversion that made or joined this customer; `is_visible` is then the lead's."""
    rows = Conversion.objects.filter(customer=customer, undone_at=None).select_related("by", "lead", "told")
    row = rows.order_by("-at", "-pk").first()
    if row is None:
        return None
    can = may_undo(row, by, at)
    seen = Lead.objects.visible_to(by).filter(pk=row.lead_id).exists()
    return Done(row, can, touched_since(row, customer) if can else None, seen)
