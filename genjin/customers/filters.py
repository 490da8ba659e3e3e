"""What a list of customers is asked for: the conditions of an address, its views and orders.

Everything stands in the query string, so that a list can be sent to a colleague, who sees of it what is theirs. What
an address says that makes no sense is left out, never an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date

from genjin.customers import search
from genjin.customers.models import Customer, CustomerQuerySet

STATES = ("overdue", "today", "planned", "none")
SILENT_DAYS = (7, 15, 30, 90, 180)
VIEWS = ("mine", "team", "today", "overdue", "none", "silent", "all", "closed")
ORDERS: dict[str, tuple[str, ...]] = {
    "class": ("class_rank", "due_on", "pk"),
    "name": ("name_key", "pk"),
    "due": ("due_on", "pk"),
    "planned": ("planned_on", "pk"),
    "touch": ("-last_touch_at", "-pk"),
    "created": ("-pk",),
}
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one list. `owner`, `unit`, `source`, `tag`, `run` are keys; days are calendar days."""

    view: str = ""
    q: str = ""
    owner: int | None = None
    unit: int | None = None
    classes: tuple[str, ...] = ()
    pool: str = ""
    states: tuple[str, ...] = ()
    silent: int | None = None
    province: str = ""
    city: str = ""
    industry: str = ""
    source: int | None = None
    tag: int | None = None
    kind: str = ""
    attempts: tuple[int, int | None] | None = None
    created_from: date | None = None
    created_to: date | None = None
    run: int | None = None
    columns: tuple[str, ...] = ()
    sort: str = "class"
    reverse: bool = False

    def narrows(self) -> bool:
        """Whether any condition beside the view holds."""
        return any(getattr(self, name) not in (None, "", ()) for name in NARROWING)


NARROWING = (
    "q", "owner", "unit", "classes", "pool", "states", "silent", "province", "city", "industry", "source", "tag",
    "kind", "attempts", "created_from", "created_to", "run",
)  # fmt: skip


def read(params: Mapping[str, str], *, me: int) -> Conditions:
    """The conditions an address states. `owner=me` is the reader."""
    sort = params.get("sort", "")
    silent = _number(params.get("silent"))
    return Conditions(
        view=_one_of(params.get("view"), VIEWS),
        q=params.get("q", "").strip()[:LONGEST],
        owner=me if params.get("owner") == "me" else _number(params.get("owner")),
        unit=_number(params.get("unit")),
        classes=_codes(params, "class"),
        pool=params.get("pool", "") if params.get("pool") in ("any", "no") else str(_number(params.get("pool")) or ""),
        states=tuple(state for state in _codes(params, "state") if state in STATES),
        silent=silent if silent is not None and 0 < silent <= 3660 else None,
        province=params.get("province", "").strip()[:30],
        city=params.get("city", "").strip()[:30],
        industry=params.get("industry", "").strip()[:LONGEST],
        source=_number(params.get("source")),
        tag=_number(params.get("tag")),
        kind=_one_of(params.get("kind"), Customer.Kind.values),
        attempts=_span(params.get("attempts")),
        created_from=_day(params.get("created_from")),
        created_to=_day(params.get("created_to")),
        run=_number(params.get("import")),
        columns=tuple(params.get("columns", "").split(",")) if params.get("columns") else (),
        sort=_one_of(sort.removeprefix("-"), ORDERS) or "class",
        reverse=sort.startswith("-"),
    )


def order_of(asked: Conditions, *, owned: bool = True) -> tuple[str, ...]:
    """The fields a list goes by. Without an owner there is no due date to go by."""
    order = ORDERS[asked.sort]
    if not owned and asked.sort in ("class", "due", "planned"):
        order = ("class_rank", "pk")
    return tuple(_turned(name) for name in order) if asked.reverse else order


def narrowed(rows: CustomerQuerySet, asked: Conditions, today: date) -> CustomerQuerySet:
    """The rows that meet every condition but the view's."""
    if asked.owner is not None:
        rows = rows.filter(owner=asked.owner)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.classes:
        rows = rows.filter(class_code__in=asked.classes)
    if asked.pool == "any":
        rows = rows.in_pool()
    elif asked.pool == "no":
        rows = rows.filter(owner__isnull=False)
    elif asked.pool:
        rows = rows.open().filter(pool=int(asked.pool))
    if asked.states:
        rows = _in_states(rows, asked.states, today)
    if asked.silent is not None:
        rows = rows.without_effective_contact_since(today - timedelta(days=asked.silent))
    rows = rows.filter(**{name: getattr(asked, name) for name in EQUAL if getattr(asked, name)})
    if asked.source is not None:
        rows = rows.filter(source=asked.source)
    if asked.tag is not None:
        rows = rows.filter(pk__in=Customer.tags.through.objects.filter(tag=asked.tag).values("customer"))
    if asked.attempts is not None:
        fewest, most = asked.attempts
        rows = rows.filter(attempts__gte=fewest)
        rows = rows if most is None else rows.filter(attempts__lte=most)
    if asked.created_from:
        rows = rows.filter(created_at__date__gte=asked.created_from)
    if asked.created_to:
        rows = rows.filter(created_at__date__lte=asked.created_to)
    if asked.run is not None:
        rows = rows.filter(import_run=asked.run)
    if asked.q:
        rows = search.narrowed(rows, asked.q)
    return rows


EQUAL = ("province", "city", "industry", "kind")


def in_view(rows: CustomerQuerySet, view: str, *, person: int, today: date) -> CustomerQuerySet:
    """The rows of a shipped view. `rows` is what the list is about: one's own, or one's team's."""
    if view == "closed":
        return rows.closed()
    if view == "mine":
        return rows.owned_by(person)
    held = rows.open().filter(owner__isnull=False)
    if view == "today":
        return held.filter(Q(planned_on__lte=today) | Q(due_on__lte=today))
    if view == "overdue":
        return held.overdue(today)
    if view == "none":
        return held.unplanned(today)
    if view == "silent":
        return held.without_effective_contact_since(today - timedelta(days=30))
    return held


def _in_states(rows: CustomerQuerySet, states: tuple[str, ...], today: date) -> CustomerQuerySet:
    """The four states as `Customer.follow_up_state` tells them apart; several are added up.

    What is overdue and placed on no day stands in both: it is to be planned, too.
    """
    of = {
        "overdue": Q(due_on__lt=today),
        "today": Q(due_on__gte=today, planned_on__lte=today),
        "none": Q(due_on__lte=today, planned_on=None),
        "planned": Q(due_on__gte=today, planned_on__gt=today) | Q(due_on__gt=today, planned_on=None),
    }
    wanted = Q()
    for state in states:
        wanted |= of[state]
    return rows.open().filter(owner__isnull=False).filter(wanted)


def _codes(params: Mapping[str, str], name: str) -> tuple[str, ...]:
    """`class=4,4k` and `class=4&class=4k` are the same."""
    given = params.getlist(name) if hasattr(params, "getlist") else [params.get(name, "")]
    codes = ",".join(given).split(",")
    return tuple(dict.fromkeys(code for code in codes if code.isalnum() and len(code) <= 8))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else None


def _one_of(text: str | None, known: Any) -> str:
    return text if text and text in known else ""


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _span(text: str | None) -> tuple[int, int | None] | None:
    """`3` is 3, `1-3` is 1 to 3, `4-` is 4 and more."""
    first, dash, last = (text or "").partition("-")
    fewest, most = _number(first), _number(last)
    if fewest is None:
        return None
    return (fewest, most if dash else fewest)


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
