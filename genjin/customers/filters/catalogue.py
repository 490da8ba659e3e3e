"""The fields a list can be asked for, each with its kind. A new field is one line here and a word beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

from genjin.core.reasons import Reason
from genjin.customers import search
from genjin.customers.filters.faults import ImpossibleDates, shares_a_phone
from genjin.customers.filters.kinds import (
    EMPTY,
    Choice,
    Day,
    DaysSince,
    Flag,
    Kind,
    Number,
    Reading,
    Row,
    Several,
    Text,
    TextOf,
)
from genjin.customers.importing.models import ImportedChange
from genjin.customers.models import HELD, SILENT_SINCE, ContactPerson, Customer, Phone, Profile
from genjin.customers.recycling.filter import DaysLeft
from genjin.customers.rules import name_key, normalised_phone
from genjin.customers.windows import window_is
from genjin.playbooks.editions.current import current
from genjin.playbooks.services import variant
from genjin.playbooks.variant import EntryCondition

STATES = ("overdue", "today", "planned", "none")
WINDOWS = ("passed", "warns", "runs")  # of the close window
SHOWN_DIGITS = 3  # of a phone in a pool, which lists show as 138****5521


@dataclass(frozen=True, slots=True)
class Field:
    """`place` is the part of the chooser it stands in ("" for what has a control of its own elsewhere). `cost` tells
    which condition to narrow where a list takes too long: 0 an index helps, 1 rows are read, 2 texts, 3 other tables.
    """

    name: str
    label: Any
    kind: Kind
    place: str = ""
    cost: int = 1


@dataclass(frozen=True, slots=True)
class State:
    """The four states as `Customer.follow_up_state` tells them apart.

    What is overdue and placed on no day stands in both: it is to be planned, too.
    """

    control: str = "choice"
    operators: tuple[str, ...] = ("is", "not")

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return tuple(dict.fromkeys(value for value in values if value in STATES)) or None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        today = reading.today
        of = {
            "overdue": Q(due_on__lt=today),
            "today": Q(due_on__gte=today, planned_on__lte=today),
            "none": Q(due_on__lte=today, planned_on=None),
            "planned": Q(due_on__gte=today, planned_on__gt=today) | Q(due_on__gt=today, planned_on=None),
        }
        wanted = reduce(or_, (of[value] for value in values))
        return HELD & (wanted if operator == "is" else ~wanted)


@dataclass(frozen=True, slots=True)
class Window:
    """How the close window of its class stands: passed, warning, running."""

    control: str = "choice"
    operators: tuple[str, ...] = ("is",)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return tuple(dict.fromkeys(value for value in values if value in WINDOWS)) or None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        wanted = Q(pk__in=[])
        for playbook in map(variant, current()):
            for cls in playbook.classes:
                if cls.close_within is not None:
                    wanted |= reduce(or_, (window_is(cls, value, reading.today) for value in values))
        return HELD & wanted


@dataclass(frozen=True, slots=True)
class PoolOf:
    """In any pool, in none (owned), or in one of these."""

    control: str = "row"
    operators: tuple[str, ...] = ("is",)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return Row("pool").understood(operator, values) or (values if values in (("any",), ("no",)) else None)

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        if values == ("any",):
            return Q(closed_on=None, pool__isnull=False)
        if values == ("no",):
            return Q(owner__isnull=False)
        return Q(closed_on=None) & Row("pool").q(operator, values, reading)


@dataclass(frozen=True, slots=True)
class Rests:
    """In a pool, and not to be claimed yet."""

    control: str = "choice"
    operators: tuple[str, ...] = ("is",)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return values if values == ("yes",) else None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        return Q(claimable_from__gt=reading.today)


@dataclass(frozen=True, slots=True)
class Found:
    """What the search finds by a name, a contact person or a phone."""

    control: str = "text"
    operators: tuple[str, ...] = ("has",)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        return Text("name").understood(operator, values[:1])

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        return Q(pk__in=list(search.narrowed(reading.rows, values[0]).rows.values_list("pk", flat=True)))


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone: the whole number, how it begins, or none at all.

    Of a customer in a pool lists show the first digits only, so no more of them can be asked for.
    """

    control: str = "text"
    operators: tuple[str, ...] = ("begins", "is", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        if operator in EMPTY:
            return None if any(values) else ()
        if operator == "begins":
            return tuple(value for value in values if value.isascii() and value.lstrip("+").isdecimal())[:20] or None
        numbers = [normalised_phone(value) for value in values]
        return tuple(number for number in numbers if not isinstance(number, Reason)) or None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        own = Phone.objects.filter(customer=OuterRef("pk"))
        if operator in EMPTY:
            return Q(Exists(own)) if operator == "filled" else ~Q(Exists(own))
        if operator == "is":
            return Q(pk__in=Phone.objects.filter(number__in=values).values("customer"))
        return reduce(or_, (self._beginning(value, own) for value in values))

    def _beginning(self, digits: str, own: Any) -> Q:
        # A range and not LIKE, which SQLite reads no index for; ":" is the sign after "9".
        within = {"number__gte": digits, "number__lt": f"{digits}:"}
        if len(digits) <= SHOWN_DIGITS:
            return Q(Exists(own.filter(**within)))
        return Q(pk__in=Phone.objects.filter(**within).values("customer"), owner__isnull=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """Which entry conditions of its class a customer does not meet: these, any (`filled`), none (`empty`)."""

    control: str = "choice"
    operators: tuple[str, ...] = ("is", *EMPTY)

    def understood(self, operator: str, values: tuple[str, ...]) -> tuple[str, ...] | None:
        if operator in EMPTY:
            return None if any(values) else ()
        known = entry_conditions()
        return tuple(dict.fromkeys(value for value in values if value in known)) or None

    def q(self, operator: str, values: tuple[str, ...], reading: Reading) -> Q:
        lacking = Q(pk__in=[])
        for playbook in map(variant, current()):
            for cls in playbook.classes:
                asked = [each for each in cls.entry_conditions if operator in EMPTY or each.code in values]
                if asked:
                    met = reduce(lambda one, other: one & other, (_is_met(each) for each in asked))
                    lacking |= Q(playbook=playbook.code, class_code=cls.code) & ~met
        return ~lacking if operator == "empty" else lacking


def _is_met(condition: EntryCondition) -> Q:
    """As `shown.Line.facts` tells it of one customer."""
    known = {
        "kp_known": _with_key_person,
        "next_contact_clear": lambda: Q(planned_on__isnull=False) | Q(appointment_at__isnull=False),
    }
    kept = Cast(F("conditions"), TextField())
    each = (Q(Contains(kept, f'"{code}"')) | (known[code]() if code in known else Q()) for code in condition.codes)
    return reduce(or_, each)


def entry_conditions() -> dict[str, EntryCondition]:
    """Every entry condition of the playbooks there are."""
    classes = (cls for playbook in map(variant, current()) for cls in playbook.classes)
    return {each.code: each for cls in classes for each in cls.entry_conditions}


def _with_key_person() -> Q:
    return Q(Exists(ContactPerson.objects.filter(customer=OuterRef("pk"), is_key_person=True)))


def _of_contacts(path: str, *, until_claimed: bool = False) -> TextOf:
    return TextOf(ContactPerson.objects.all, path, until_claimed)


def _of_profile(path: str) -> TextOf:
    return TextOf(Profile.objects.all, path)


PLACES = {
    "stand": _("Where it stands"),
    "contact": _("How it was contacted"),
    "who": _("Who it is"),
    "people": _("People there"),
    "whose": _("Whose it is"),
    "profile": _("Before dialling"),
    "custom": _("Custom fields"),
    "contact_custom": _("Custom fields of contact people"),
}
EVERY: Iterable[Field] = (
    Field("q", _("name"), Found(), cost=2),
    Field("pool", _("pool"), PoolOf(), cost=0),
    Field("rests", _("resting"), Rests(), cost=0),
    Field("class", _("class"), Choice("class_code"), "stand", 0),
    Field("state", _("next contact"), State(), "stand", 0),
    Field("due", _("due on"), Day("due_on", may_be_empty=False), "stand", 0),
    Field("planned", _("planned on"), Day("planned_on"), "stand", 0),
    Field("appointment", _("appointment"), Day("appointment_at", is_instant=True), "stand"),
    Field("class_since", _("in class since"), Day("class_since", may_be_empty=False), "stand"),
    Field("class_days", _("days in the class"), DaysSince(F("class_since"), Q()), "stand"),
    Field("window", _("close window"), Window(), "stand"),
    Field("left", _("working days until the pool"), DaysLeft(), "stand"),
    Field("missing", _("missing entry conditions"), Missing(), "stand", 3),
    Field("won", _("won on"), Day("won_on"), "stand"),
    Field("impossible", _("impossible dates"), ImpossibleDates(), "stand", 2),
    Field("silent", _("days without effective contact"), DaysSince(SILENT_SINCE, HELD), "contact", 0),
    Field("effective", _("last effective contact"), Day("last_effective_on"), "contact"),
    Field("touched", _("last contact"), Day("last_touch_at", is_instant=True), "contact", 0),
    Field("note", _("last note"), Text("last_note"), "contact", 2),
    Field("attempts", _("attempts"), Number("attempts"), "contact"),
    Field("contacts", _("effective contacts"), Number("effective_contacts"), "contact"),
    Field("missed", _("missed in a row"), Number("missed_in_row"), "contact"),
    Field("postponed", _("postponed"), Number("postponements"), "contact"),
    Field("name", _("customer"), Text("name", name_key, "name_key"), "who", 2),
    Field("short_name", _("short name"), Text("short_name"), "who", 2),
    Field("kind", _("kind"), Choice("kind", lambda: Customer.Kind.values), "who"),
    Field("industry", _("industry"), Text("industry"), "who"),
    Field("province", _("province"), Text("province"), "who"),
    Field("city", _("city"), Text("city"), "who"),
    Field("district", _("district"), Text("district"), "who"),
    Field("address", _("address"), Text("address"), "who", 2),
    Field("tag", _("tag"), Several(Customer.tags.through.objects.all, "tag"), "who"),
    Field("source", _("source"), Row("source"), "who"),
    Field("remarks", _("remarks"), Text("remarks"), "who", 2),
    Field("external_id", _("external id"), Text("external_id"), "who"),
    Field("referred", _("referred by"), Flag(lambda: Q(referred_by__isnull=False)), "who"),
    Field("contact", _("contact person"), _of_contacts("name"), "people", 3),
    Field("title", _("title"), _of_contacts("title"), "people", 3),
    Field("wechat", _("WeChat"), _of_contacts("wechat", until_claimed=True), "people", 3),
    Field("email", _("e-mail"), _of_contacts("email", until_claimed=True), "people", 3),
    Field("key_person", _("key person (KP)"), Flag(_with_key_person), "people", 3),
    Field("phone", _("phone"), PhoneNumber(), "people", 3),
    Field("shared_phone", _("phone of another customer, too"), Flag(shares_a_phone), "people", 3),
    Field("owner", _("owner"), Row("owner", is_person=True), "whose", 0),
    Field("unit", _("unit"), Row("unit", may_be_empty=False), "whose", 0),
    Field("owned_since", _("owned since"), Day("owned_since"), "whose"),
    Field("created", _("created"), Day("created_at", is_instant=True, may_be_empty=False), "whose"),
    Field("created_by", _("created by"), Row("created_by", may_be_empty=False, is_person=True), "whose"),
    Field("import", _("import"), Row("import_run"), "whose", 0),
    Field("import_updated", _("updated by import"), Several(ImportedChange.objects.all, "run"), "whose", 3),
    Field("closed", _("closed on"), Day("closed_on", may_be_empty=False), "whose", 0),
    Field(
        "closed_as", _("closed as"), Choice("closed_kind", lambda: Customer.Closed.values, may_be_empty=True), "whose"
    ),
    Field("closed_why", _("why closed"), Text("closed_reason"), "whose", 2),
    Field("peers", _("what peers do"), _of_profile("peers"), "profile", 3),
    Field("competitor_use", _("what they use at competitors"), _of_profile("competitor_use"), "profile", 3),
    Field("own_pages", _("their own posts and pages"), _of_profile("own_pages"), "profile", 3),
    Field("search_presence", _("presence in search engines"), _of_profile("search_presence"), "profile", 3),
    Field("market", _("industry news and market trend"), _of_profile("market"), "profile", 3),
)
FIELDS: dict[str, Field] = {field.name: field for field in EVERY}


def register(field: Field) -> None:
    """A field that an app further right knows how to ask for. In the chooser it stands behind those of its place."""
    FIELDS[field.name] = field
