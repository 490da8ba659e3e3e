"""An address as the list it asks for: view, conditions, columns, order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

from django.db.models import Q
from django.http import QueryDict

from genjin.core.fields.reading import Viewer
from genjin.customers.filters.custom import field_named, known
from genjin.customers.filters.kinds import Reading, whole
from genjin.customers.filters.tree import EVERYBODY, MOST, Condition, Group, Where, parse
from genjin.customers.models import CustomerQuerySet
from genjin.customers.recycling.clocks import leaving

VIEWS = ("mine", "team", "today", "overdue", "none", "silent", "leaving", "all", "closed")
# Views whose condition is reckoned from other tables on the day: nothing of it can be worded beforehand.
RECKONED = frozenset({"leaving"})
ORDERS: dict[str, tuple[str, ...]] = {
    "class": ("class_rank", "due_on", "pk"),
    "name": ("name_key", "pk"),
    "due": ("due_on", "pk"),
    "planned": ("planned_on", "pk"),
    "touch": ("-last_touch_at", "-pk"),
    "created": ("-pk",),
    "closed": ("-closed_on", "-pk"),
}
# The parameters that write one condition each: the field it is about, and operator and values that a text means.
SHORT: dict[str, tuple[str, Callable[[str], tuple[str, tuple[str, ...]]]]] = {
    **{name: (name, lambda text: ("is", (text.strip(),))) for name in (
        "owner", "unit", "pool", "province", "city", "industry", "source", "tag", "kind", "import",
    )},
    "rests": ("rests", lambda text: ("is", (text,))),
    "window": ("window", lambda text: ("is", tuple(text.split(",")))),
    "class": ("class", lambda text: ("is", tuple(text.split(",")))),
    "state": ("state", lambda text: ("is", tuple(text.split(",")))),
    "q": ("q", lambda text: ("has", (text.strip(),))),
    "silent": ("silent", lambda text: ("min", (text,))),
    "attempts": ("attempts", lambda text: _span(text)),
    "created_from": ("created", lambda text: ("between", (text, ""))),
    "created_to": ("created", lambda text: ("between", ("", text))),
}  # fmt: skip
CODES = ("class", "state")  # `class=4&class=4k` is `class=4,4k`; of any other the last value counts


@dataclass(frozen=True, slots=True)
class Asked:
    """`short` are the conditions with a parameter of their own, by its name; they and `where` all hold.

    `left_out` are the pieces of the address that make no sense; `too_many` is how many conditions it states when these
    are more than a list takes: then it holds nobody. `saved` is the key of the kept view it was opened from.
    """

    view: str = ""
    saved: int | None = None
    short: tuple[tuple[str, Condition], ...] = ()
    where: Where = EVERYBODY
    columns: tuple[str, ...] = ()
    sort: str = "class"
    reverse: bool = False
    left_out: tuple[str, ...] = ()
    too_many: int = 0

    def value(self, name: str) -> tuple[str, ...]:
        """What the parameter `name` asks for; () if nothing."""
        return next((condition.values for param, condition in self.short if param == name), ())

    @property
    def pool(self) -> str:
        """The pool the list is about: `any`, `no` (owned), a key, or "" where nothing is said."""
        return "".join(self.value("pool"))

    @property
    def rests(self) -> bool:
        """Whether the list is about those that nobody may claim yet."""
        return bool(self.value("rests"))

    @property
    def run(self) -> int | None:
        return next(map(int, self.value("import")), None)

    def narrows(self, *, besides: tuple[str, ...] = ()) -> bool:
        """Whether any condition beside the view holds."""
        return bool(self.where) or any(name not in besides for name, _condition in self.short)

    def conditions(self) -> list[Condition]:
        return [*(condition for _name, condition in self.short), *self.where]


def read(params: QueryDict, reader: Viewer | None = None) -> Asked:
    """What an address asks for; a custom field that the reader (if given) does not see makes no sense."""
    view, sort = params.get("view", ""), params.get("sort", "")
    known = sort.removeprefix("-") in ORDERS
    left_out = [f"view={view}"] if view and view not in VIEWS else []
    left_out += [f"sort={sort}"] if sort and not known else []
    short = []
    for name in SHORT:
        given = [value for value in params.getlist(name) if value]
        if value := ",".join(given) if name in CODES else next(reversed(given), ""):
            condition = _short(name, value)
            if condition is None:
                left_out.append(f"{name}={value[:60]}")
            else:
                short.append((name, condition))
    where, astray = parse(params.getlist("where"), params.get("join", "all"))
    stated = len(short) + len(list(where))
    where, senseless = _understood(where, reader) if stated <= MOST else (EVERYBODY, [])
    return Asked(
        view=view if view in VIEWS else "",
        saved=whole(params.get("saved", ""), 10**17),
        short=tuple(short),
        where=where,
        columns=tuple(filter(None, params.get("columns", "").split(","))),
        sort=sort.removeprefix("-") if known else "class",
        reverse=known and sort.startswith("-"),
        left_out=(*left_out, *astray, *senseless),
        too_many=stated if stated > MOST else 0,
    )


def understood(condition: Condition, reader: Viewer | None = None) -> Condition | None:
    """The condition in its plain form, or None if there is no such field or operator, or the values make no sense."""
    field = field_named(condition.field, reader)
    if field is None or condition.operator not in field.kind.operators:
        return None
    values = field.kind.understood(condition.operator, condition.values)
    return None if values is None else Condition(condition.field, condition.operator, values)


def written(asked: Asked) -> QueryDict:
    """The shortest address that asks for the same; nothing of what was left out is in it."""
    kept = QueryDict(mutable=True)
    if asked.saved is not None:
        kept["saved"] = str(asked.saved)
    if asked.view:
        kept["view"] = asked.view
    for name, condition in asked.short:
        kept[name] = _as_short(condition)
    if asked.where:
        kept.setlist("where", asked.where.written())
        if asked.where.join == "any":
            kept["join"] = "any"
    if asked.columns:
        kept["columns"] = ",".join(asked.columns)
    if asked.reverse or asked.sort != "class":
        kept["sort"] = f"-{asked.sort}" if asked.reverse else asked.sort
    return kept


def order_of(asked: Asked, *, owned: bool = True) -> tuple[str, ...]:
    """The fields a list goes by. Without an owner there is no due date to go by."""
    order = ORDERS[asked.sort]
    if not owned and asked.sort in ("class", "due", "planned"):
        order = ("class_rank", "pk")
    return tuple(_turned(name) for name in order) if asked.reverse else order


def narrowed(rows: CustomerQuerySet, asked: Asked, *, person: int, today: date) -> CustomerQuerySet:
    """The rows that meet every condition but the view's and the name: a search looks through what these leave."""
    if asked.too_many:
        return rows.none()
    reading = Reading(person, rows, today)
    for name, condition in asked.short:
        if name != "q":
            rows = rows.filter(_q(condition, reading))
    if not asked.where:
        return rows
    groups = [
        reduce(or_ if group.join == "any" else and_, (_q(each, reading) for each in group.conditions))
        for group in asked.where.groups
    ]
    if asked.where.join == "any":
        return rows.filter(reduce(or_, groups))
    return rows.filter(*groups)


def in_view(rows: CustomerQuerySet, view: str, *, person: int, today: date) -> CustomerQuerySet:
    """The rows of a shipped view. `rows` is what the list is about: one's own, or one's team's."""
    if view == "closed":
        return rows.closed()
    if view == "mine":
        return rows.owned_by(person)
    held = rows.open().filter(owner__isnull=False)
    if view == "today":
        return rows.to_contact_by(today)
    if view == "overdue":
        return held.overdue(today)
    if view == "none":
        return held.unplanned(today)
    if view == "silent":
        return held.without_effective_contact_since(today - timedelta(days=30))
    if view == "leaving":
        return held.filter(leaving(today, None))
    return held


def _q(condition: Condition, reading: Reading) -> Q:
    return known(condition.field).kind.q(condition.operator, condition.values, reading)


def _understood(where: Where, reader: Viewer | None) -> tuple[Where, list[str]]:
    """The conditions that make sense, and those that do not as they are written."""
    groups, senseless = [], []
    for group in where.groups:
        found = []
        for condition in group.conditions:
            plain = understood(condition, reader)
            if plain is None:
                senseless.append(str(condition)[:60])
            else:
                found.append(plain)
        if found:
            groups.append(Group(tuple(found), group.join))
    return Where(tuple(groups), where.join), senseless


def _short(name: str, value: str) -> Condition | None:
    field, meant = SHORT[name]
    operator, values = meant(value)
    return understood(Condition(field, operator, values))


def _as_short(condition: Condition) -> str:
    """A condition as its parameter has it: 4,4k or 1-3."""
    if condition.field == "attempts":
        return {"min": "{0}-", "is": "{0}"}.get(condition.operator, "{0}-{1}").format(*condition.values)
    return ",".join(filter(None, condition.values))


def _span(text: str) -> tuple[str, tuple[str, ...]]:
    """`3` is 3, `1-3` is 1 to 3, `4-` is 4 and more."""
    first, dash, last = text.partition("-")
    if not dash:
        return "is", (first,)
    return ("between", (first, last)) if last else ("min", (first,))


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
