"""The columns a list of customers can show: each a name, a label, a plain value of a line, and how its cell is drawn.

A column is drawn by the macro of `customers/cells.html` that `cell` names and exported by its `value`; nothing else
knows what stands in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from genjin.customers.models import CustomerQuerySet
from genjin.customers.shown import Line
from genjin.playbooks.rules import close_window, missing_conditions
from genjin.playbooks.services import variant
from genjin.web import formats


@dataclass(frozen=True, slots=True)
class Column:
    """`value` answers text, a number, a day, an instant or None. `sort` is the order that a click on the head gives.

    `joins` and `fetches` name what must be read with the rows, so that no line asks the database for itself; `reads`
    the fields of its own row that are left out where no column shows them.
    """

    name: str
    label: Any
    value: Callable[[Line], Any]
    cell: str = "text"
    sort: str = ""
    num: bool = False
    joins: tuple[str, ...] = ()
    fetches: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


def _region(line: Line) -> str:
    return f"{line.customer.city} {line.customer.district}".strip()


def _phone(line: Line) -> str:
    """Whole where somebody answers for the customer; who lies in a pool is masked until claimed."""
    return formats.masked(line.number) if line.is_masked and line.number else line.number


def _contact(name: str, *, until_claimed: bool = False) -> Callable[[Line], Any]:
    def value(line: Line) -> str:
        hidden = until_claimed and line.is_masked
        return getattr(line.contact, name) if line.contact and not hidden else ""

    return value


def _name_of(relation: str) -> Callable[[Line], str]:
    def name(line: Line) -> str:
        related = getattr(line.customer, relation)
        return str(related) if related is not None else ""

    return name


def window_words(line: Line) -> str:
    """How many days are left of the class's close window; "" for who has none."""
    customer = line.customer
    entered = customer.entered_classes.get(customer.class_code) if customer.owner_id and customer.is_open else None
    if not entered:
        return ""
    try:
        cls = variant(customer.playbook).class_of(customer.class_code)
    except KeyError:
        return ""
    window = close_window(cls, date.fromisoformat(entered), line.today)
    if window is None:
        return ""
    left = window.days_left
    if left < 0:
        return gettext("close window passed %(n)s days ago") % {"n": -left}
    return gettext("%(n)s days left to close") % {"n": left}


def missing_of(line: Line) -> str:
    """The entry conditions of its class that it does not meet yet."""
    try:
        cls = variant(line.customer.playbook).class_of(line.customer.class_code)
    except KeyError:
        return ""
    return "、".join(formats.words(each.words) for each in missing_conditions(cls, line.facts))


def _days_since(name: str) -> Callable[[Line], int | None]:
    def days(line: Line) -> int | None:
        day = getattr(line.customer, name)
        return (line.today - day).days if day is not None else None

    return days


def _silent_days(line: Line) -> int | None:
    since = line.customer.last_effective_on or line.customer.owned_since
    return (line.today - since).days if since and line.customer.owner_id and line.customer.is_open else None


def _field(name: str, label: Any, cell: str = "text", **more: Any) -> Column:
    return Column(name, label, lambda line: getattr(line.customer, name), cell, **more)


def _number(name: str, label: Any) -> Column:
    return _field(name, label, "number", num=True)


EVERY: tuple[Column, ...] = (
    Column("class", _("class"), lambda line: line.rung.badge, "badge", sort="class"),
    Column("name", _("customer"), lambda line: line.customer.name, "name", sort="name"),
    Column("region", _("region"), _region),
    Column("contact", _("main contact"), _contact("name"), "contact"),
    Column("phone", _("phone"), _phone, "phone"),
    Column("next", _("next contact"), lambda line: line.next, "state", sort="due", joins=("pool",)),
    _field("last_touch_at", _("last contact"), "day", sort="touch"),
    Column(
        "last_note",
        _("last note"),
        lambda line: line.customer.last_note if line.customer.is_open else line.customer.closed_reason,
        "note",
    ),
    Column("owner", _("owner"), _name_of("owner"), joins=("owner",)),
    Column("pool", _("pool"), _name_of("pool"), joins=("pool",)),
    Column("unit", _("unit"), _name_of("unit"), joins=("unit",)),
    _field("claimable_from", _("may be claimed from"), "day"),
    Column("pooled", _("in the pool"), lambda line: line.in_pool_since, "since", num=True),
    _field("short_name", _("short name")),
    Column("kind", _("kind"), lambda line: str(line.customer.get_kind_display())),
    _field("industry", _("industry")),
    Column("source", _("source"), _name_of("source"), joins=("source",)),
    _field("province", _("province")),
    _field("city", _("city")),
    _field("district", _("district")),
    _field("address", _("address"), "long"),
    _field("remarks", _("remarks"), "long"),
    _field("external_id", _("external id")),
    Column("tags", _("tags"), lambda line: "、".join(tag.name for tag in line.customer.tags.all()), fetches=("tags",)),
    Column("contact_title", _("title"), _contact("title")),
    Column("wechat", _("WeChat"), _contact("wechat", until_claimed=True)),
    Column("email", _("e-mail"), _contact("email", until_claimed=True)),
    _field("class_since", _("in class since"), "day"),
    Column("class_days", _("days in the class"), _days_since("class_since"), "number", num=True),
    Column("window", _("close window"), window_words, reads=("entered_classes",)),
    Column("left", _("working days until the pool"), lambda line: line.days_left, "number", num=True, joins=("unit",)),
    Column("missing", _("missing entry conditions"), missing_of, "long"),
    _field("due_on", _("due on"), "day", sort="due"),
    _field("planned_on", _("planned on"), "day", sort="planned"),
    _field("appointment_at", _("appointment"), "moment"),
    _field("last_effective_on", _("last effective contact"), "day"),
    Column("silent_days", _("days without effective contact"), _silent_days, "number", num=True),
    _number("attempts", _("attempts")),
    _number("effective_contacts", _("effective contacts")),
    _number("missed_in_row", _("missed in a row")),
    _number("postponements", _("postponed")),
    _field("owned_since", _("owned since"), "day"),
    _field("won_on", _("won on"), "day"),
    _field("created_at", _("created"), "day", sort="created"),
    Column("created_by", _("created by"), _name_of("created_by"), joins=("created_by",)),
    Column("import", _("import"), _name_of("import_run"), joins=("import_run",)),
    _field("closed_on", _("closed on"), "day", sort="closed"),
    Column("closed_kind", _("closed as"), lambda line: str(line.customer.get_closed_kind_display())),
    _field("closed_reason", _("why closed"), "long"),
)
COLUMNS = {column.name: column for column in EVERY}
LIST = ("class", "name", "region", "contact", "phone", "next", "last_touch_at", "last_note")
RESTING = ("class", "name", "region", "industry", "phone", "claimable_from", "attempts", "last_note")
LEAVING = ("class", "name", "left", "contact", "phone", "next", "last_effective_on", "last_note")
POOL = ("class", "name", "region", "industry", "phone", "attempts", "pooled", "last_note")


def named(names: Iterable[str]) -> tuple[Column, ...]:
    """The columns of these names, in this order; what is no column, or stands there twice, is left out."""
    return tuple(COLUMNS[name] for name in dict.fromkeys(names) if name in COLUMNS)


# What stands on a customer and in no column: JSON that would be read and parsed for nothing.
UNSHOWN = ("due_why", "planned_why", "entered_classes", "kept_why", "custom")


def with_columns(rows: CustomerQuerySet, columns: Sequence[Column]) -> CustomerQuerySet:
    """The rows with all that these columns show, in as many queries whether ten rows or a thousand."""
    joins = {name for column in columns for name in column.joins}
    fetches = {name: None for column in columns for name in column.fetches}
    rows = rows.select_related(*sorted(joins)) if joins else rows
    shown = {name for column in columns for name in column.reads}
    return rows.prefetch_related(*fetches).defer(*(name for name in UNSHOWN if name not in shown))
