"""The conditions of a list in words: the chips above it, the form that adds one, the orders to choose from."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from genjin.core.transfer.models import ImportRun
from genjin.customers import filters
from genjin.customers.classes import Rung, rung
from genjin.customers.models import Customer, Pool, SourceChannel, Tag
from genjin.organization.models import Person, Unit
from genjin.playbooks.schema import shipped
from genjin.playbooks.services import playbooks_for
from genjin.web import formats
from genjin.web.markup import with_query

TAGS_OFFERED = 300


@dataclass(frozen=True, slots=True)
class Stated:
    """One condition that holds; `name` is its name in the address."""

    name: str
    label: Any
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A stated condition with the address of the list without it."""

    label: Any
    value: str
    without: str


VIEW_WORDS = {
    "team": _("The team's"),
    "mine": _("Mine"),
    "today": _("To contact today"),
    "overdue": _("Overdue"),
    "none": _("Not planned"),
    "silent": _("Silent for 30+ days"),
    "all": _("All"),
    "closed": _("Closed"),
}

STATE_WORDS = {
    "overdue": _("overdue"),
    "today": _("today"),
    "planned": _("planned"),
    "none": _("not planned"),
}
ORDER_WORDS = {
    "class": _("Class, then next contact"),
    "due": _("Due date"),
    "planned": _("Planned day"),
    "touch": _("Last contact"),
    "name": _("Name"),
    "created": _("Created last"),
}
ATTEMPTS = (("0", _("none yet")), ("1-3", "1–3"), ("4-9", "4–9"), ("10-", _("10 and more")))


def chips(asked: filters.Conditions, request: HttpRequest, *, besides: tuple[str, ...] = ()) -> list[Shown]:
    """Every condition beside the view and those named, each removable."""
    return [
        Shown(each.label, each.value, with_query(request, **{each.name: None}))
        for each in stated(asked, request.user)
        if each.name not in besides
    ]


def stated(asked: filters.Conditions, actor: Person) -> list[Stated]:
    """Every condition beside the view, in words; what the actor may not see is named by nobody's name."""
    every = (
        ("q", _("name"), asked.q),
        ("owner", _("owner"), asked.owner and _owner(asked.owner, actor)),
        ("unit", _("unit"), asked.unit and _name(Unit.objects.visible_to(actor), asked.unit)),
        ("class", _("class"), "、".join(_badges(asked.classes))),
        ("pool", _("pool"), _pool(asked.pool, actor)),
        ("state", _("next contact"), "、".join(str(STATE_WORDS[state]) for state in asked.states)),
        ("silent", _("without effective contact"), asked.silent and days(asked.silent)),
        ("province", _("province"), asked.province),
        ("city", _("city"), asked.city),
        ("industry", _("industry"), asked.industry),
        ("source", _("source"), asked.source and _name(SourceChannel.objects.all(), asked.source)),
        ("tag", _("tag"), asked.tag and _name(Tag.objects.all(), asked.tag)),
        ("kind", _("kind"), asked.kind and str(Customer.Kind(asked.kind).label)),
        ("attempts", _("attempts"), asked.attempts and _span(asked.attempts)),
        ("created_from", _("created from"), asked.created_from and formats.day(asked.created_from)),
        ("created_to", _("created to"), asked.created_to and formats.day(asked.created_to)),
        ("import", _("import"), asked.run and _run(asked.run, actor)),
    )
    return [Stated(name, label, value) for name, label, value in every if value]


def orders_shown(asked: filters.Conditions, request: HttpRequest) -> list[dict[str, Any]]:
    """The orders to choose from; the current one turns around when it is chosen again."""
    shown = []
    for name, label in ORDER_WORDS.items():
        current = name == asked.sort
        turned = current and not asked.reverse
        direction = ("descending" if asked.reverse else "ascending") if current else ""
        href = with_query(request, sort=f"-{name}" if turned else name)
        shown.append({"name": name, "label": label, "href": href, "sorted": direction})
    return shown


def choices_for(actor: Person) -> dict[str, Any]:
    """What the form offers: only people, units and classes within the reader's scope."""
    people = Person.objects.visible_to(actor).holding_customers().select_related("unit").order_by("unit", "pk")
    units = Unit.objects.visible_to(actor)
    return {
        "owners": [(person.pk, f"{person.name} · {person.unit.name}") for person in people],
        "units": [(unit.pk, unit.name) for unit in units],
        "rungs": _rungs([unit.pk for unit in units]),
        "states": list(STATE_WORDS.items()),
        "silent": [(number, days(number)) for number in filters.SILENT_DAYS],
        "pools": [(pool.pk, pool.name) for pool in Pool.objects.visible_to(actor)],
        "sources": list(SourceChannel.objects.values_list("pk", "name")),
        "tags": list(Tag.objects.values_list("pk", "name")[:TAGS_OFFERED]),
        "kinds": Customer.Kind.choices,
        "attempts": ATTEMPTS,
    }


def days(number: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def _rungs(units: list[int]) -> list[Rung]:
    seen: dict[str, Rung] = {}
    for playbook in dict.fromkeys(playbooks_for(units).values()):
        for cls in playbook.classes:
            seen.setdefault(cls.code, rung(cls))
    return list(seen.values())


def _badges(codes: tuple[str, ...]) -> list[str]:
    """The badges of classes, whichever playbook has them."""
    language = get_language()
    known = {cls.code: cls.badge.in_language(language) for book in shipped().values() for cls in book.classes}
    return [known.get(code, code) for code in codes]


def _owner(pk: int, actor: Person) -> str:
    return gettext("me") if pk == actor.pk else _name(Person.objects.visible_to(actor), pk)


def _name(rows: Any, pk: int) -> str:
    return rows.filter(pk=pk).values_list("name", flat=True).first() or "–"


def _pool(asked: str, actor: Person) -> str:
    if not asked:
        return ""
    if asked in ("any", "no"):
        return gettext("in a pool") if asked == "any" else gettext("owned")
    return _name(Pool.objects.visible_to(actor), int(asked))


def _span(span: tuple[int, int | None]) -> str:
    fewest, most = span
    if most is None:
        return gettext("%(n)d and more") % {"n": fewest}
    return str(fewest) if fewest == most else f"{fewest}–{most}"


def _run(pk: int, actor: Person) -> str:
    run = ImportRun.objects.visible_to(actor).filter(pk=pk).first()
    return f"{run.file_name} {formats.moment(run.made_at)}" if run else "–"
