"""Leads and customers as rows that can be compared: only what is known when they come in.

A custom field counts where its definition says that it is known on arrival.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genjin.core.fields.reading import fields_of
from genjin.core.likeness.rules import Scheme, Trait
from genjin.customers.models import Customer
from genjin.followups.models import Payment
from genjin.leads.models import Lead, Outcome

LEAD, CUSTOMER = "lead", "customer"
GROUP = "source"
MOST = 200_000  # the newest so many are learned from (ours)
KINDS = {"choice": "word", "yes_no": "yes_no", "number": "number", "money": "number"}  # of custom fields
JUDGED = (Outcome.CONVERTED, Outcome.NO_NEED, Outcome.BOUGHT, Outcome.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known of a row: what it is called, and how it is read off the values of `columns`."""

    trait: Trait
    label: Any
    column: str

    def read(self, values: Mapping[str, Any]) -> Any:
        value = values.get(self.column)
        if self.trait.name.startswith("has_") or self.trait.name == "referred":
            return value not in (None, "")
        if self.trait.name == "words":
            return len(value or "")
        if self.trait.name == "hour":
            return timezone.localtime(value).hour if value else None
        return value


def _word(name: str, label: Any, column: str = "") -> Known:
    return Known(Trait(name), label, column or name)


def _given(name: str, label: Any, column: str) -> Known:
    return Known(Trait(name, "yes_no"), label, column)


STANDARD: dict[str, tuple[Known, ...]] = {
    LEAD: (
        _word(GROUP, _("source"), "source_id"),
        _word("channel", _("arrived by")),
        _word("campaign", _("campaign")),
        _word("product", _("product")),
        _word("province", _("province")),
        _word("city", _("city")),
        _word("language", _("language")),
        _given("has_company", _("company named"), "company"),
        _given("has_name", _("person named"), "person_name"),
        _given("has_phone", _("phone given"), "phone"),
        _given("has_email", _("e-mail given"), "email"),
        _given("has_wechat", _("WeChat given"), "wechat"),
        _given("referred", _("referred by a customer"), "referred_by_id"),
        Known(Trait("words", "number"), _("length of what they wrote"), "wants"),
        Known(Trait("hour", "number"), _("hour of arrival"), "arrived_at"),
    ),
    CUSTOMER: (
        _word(GROUP, _("source"), "source_id"),
        _word("kind", _("kind")),
        _word("industry", _("industry")),
        _word("province", _("province")),
        _word("city", _("city")),
        _given("referred", _("referred by a customer"), "referred_by_id"),
    ),
}


def known_of(subject: str) -> list[Known]:
    """All that is known of such a row on arrival, custom fields included."""
    own = [
        Known(Trait(f"own_{field.code}", KINDS[field.kind]), field.label, f"custom.{field.code}")
        for field in fields_of(subject)
        if field.is_known_at_arrival and field.kind in KINDS
    ]
    return [*STANDARD[subject], *own]


def scheme_of(known: Iterable[Known]) -> Scheme:
    return Scheme(tuple(each.trait for each in known), GROUP)


def row_of(values: Mapping[str, Any], known: Iterable[Known]) -> dict[str, Any]:
    """A row of a table as it is compared."""
    custom = values.get("custom") or {}
    flat = {**values, **{f"custom.{code}": value for code, value in custom.items()}}
    return {each.trait.name: _plain(each.read(flat)) for each in known}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def judged(subject: str) -> QuerySet:
    """Those of whom it is known what became of them, the earliest first."""
    rows: QuerySet
    if subject == LEAD:
        rows = Lead.objects.filter(outcome__in=JUDGED).order_by("-arrived_at", "-pk")
    else:
        bought_or_dead = Q(won_on__isnull=False) | Q(closed_kind=Customer.Closed.DEAD)
        rows = Customer.objects.filter(bought_or_dead).order_by("-created_at", "-pk")
    return rows


def learned_from(subject: str, known: list[Known]) -> Iterator[tuple[dict[str, Any], bool, int | None]]:
    """The rows in their order of time, whether it came true, and the key of the customer that it is."""
    columns = {each.column for each in known if not each.column.startswith("custom.")}
    wanted = ["pk", *sorted(columns)] + (["outcome", "customer_id"] if subject == LEAD else ["won_on"])
    if _has_custom(subject):
        wanted.append("custom")
    newest = list(judged(subject).values(*wanted)[:MOST])
    for values in reversed(newest):
        if subject == LEAD:
            yield row_of(values, known), values["outcome"] == Outcome.CONVERTED, values["customer_id"]
        else:
            yield row_of(values, known), values["won_on"] is not None, values["pk"]


def values_of(row: Lead | Customer) -> dict[str, Any]:
    """One row's values by column."""
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


def paid_by(customers: Iterable[int]) -> dict[int, float]:
    """What each of these has paid in all."""
    wanted = set(customers)
    sums = Payment.objects.order_by().values_list("customer").annotate(paid=Sum("amount"))
    return {pk: float(paid) for pk, paid in sums if pk in wanted}


def _has_custom(subject: str) -> bool:
    model = Lead if subject == LEAD else Customer
    return any(column.attname == "custom" for column in model._meta.concrete_fields)
