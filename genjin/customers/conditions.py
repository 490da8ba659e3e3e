"""The conditions of a list in words: the chips above it, its sentence, the orders to choose from."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from genjin.customers import filters
from genjin.customers.filters import Condition, known
from genjin.customers.looked_up import labels_of
from genjin.organization.models import Person
from genjin.web import formats
from genjin.web.markup import with_query

VIEW_WORDS = {
    "team": _("The team's"),
    "mine": _("Mine"),
    "today": _("To contact today"),
    "overdue": _("Overdue"),
    "none": _("Not planned"),
    "silent": _("Silent for 30+ days"),
    "leaving": _("Soon back to the pool"),
    "all": _("All"),
    "closed": _("Closed"),
}
ORDER_WORDS = {
    "class": _("Class, then next contact"),
    "due": _("Due date"),
    "planned": _("Planned day"),
    "touch": _("Last contact"),
    "name": _("Name"),
    "created": _("Created last"),
    "closed": _("Closed last"),
}
OF_OPEN = ("class", "due", "planned")  # orders that say nothing of closed customers: these go by the day of closing
# What stands behind the field's name; "is" says nothing but its value.
WORDED = {
    "has": _("contains %(value)s"),
    "begins": _("begins with %(value)s"),
    "not": _("not %(value)s"),
    "every": _("every one of %(value)s"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
    "yes": _("yes"),
    "no": _("no"),
    "min": _("%(value)s or more"),
    "max": _("at most %(value)s"),
    "between": _("%(first)s to %(last)s"),
    "before": _("before %(value)s"),
    "after": _("after %(value)s"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One condition that holds, with the address of the list without it."""

    label: Any
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Conditions beside each other; `either` says that one of them is enough, `instead` that this group is."""

    chips: list[Shown]
    either: bool = False
    instead: bool = False


def chips(asked: filters.Asked, request: HttpRequest, *, besides: tuple[str, ...] = ()) -> list[ShownGroup]:
    """Every condition beside the view and those named, each removable, in its groups."""
    short = [
        Shown(known(condition.field).label, value_of(condition, request.user), with_query(request, **{name: None}))
        for name, condition in asked.short
        if name not in besides
    ]
    groups = [ShownGroup(short)] if short else []
    for number, group in enumerate(asked.where.groups):
        shown = [
            Shown(
                known(each.field).label,
                value_of(each, request.user),
                with_query(request, where=asked.where.without(number, place).written()),
            )
            for place, each in enumerate(group.conditions)
        ]
        groups.append(ShownGroup(shown, group.join == "any", number > 0 and asked.where.join == "any"))
    return groups


def sentence(asked: filters.Asked, actor: Person) -> list[str]:
    """Every condition beside the view as a clause; what the actor may not see is named by nobody's name."""
    clauses = [in_words(condition, actor) for _name, condition in asked.short]
    groups = [group_in_words(group, actor) for group in asked.where.groups]
    if asked.where.join == "any" and len(groups) > 1:
        return [*clauses, gettext(" or ").join(groups)]
    return [*clauses, *groups]


def group_in_words(group: filters.Group, actor: Person) -> str:
    clauses = [in_words(condition, actor) for condition in group.conditions]
    if group.join == "any" and len(clauses) > 1:
        return gettext("(%(conditions)s)") % {"conditions": gettext(" or ").join(clauses)}
    return gettext("; ").join(clauses)


def in_words(condition: Condition, actor: Person) -> str:
    """城市：无锡."""
    return gettext("%(label)s: %(value)s") % {
        "label": known(condition.field).label,
        "value": value_of(condition, actor),
    }


def value_of(condition: Condition, actor: Person) -> str:
    """What stands behind the field's name: 无锡、苏州; 不是 无锡; 最近 7 天."""
    control, operator = known(condition.field).kind.control, condition.operator
    if operator in ("last", "next"):
        return _days_around(operator, int(condition.values[0]))
    given = _given(condition, control, actor)
    if operator == "between":
        if not all(given):
            pattern = gettext("from %(value)s on") if given[0] else gettext("until %(value)s")
            return pattern % {"value": given[0] or given[1]}
        if given[0] == given[1]:
            return given[0]
    value = "、".join(given)
    if operator == "is":
        return value
    return str(WORDED[operator]) % {"value": value, "first": given[:1] and given[0], "last": given[-1:] and given[-1]}


def _given(condition: Condition, control: str, actor: Person) -> list[str]:
    if control in ("choice", "row"):
        return labels_of(condition.field, condition.values, actor)
    if control == "day":
        return [formats.day(value) for value in condition.values]
    if control == "days":
        return [days(int(value)) for value in condition.values]
    return list(condition.values)


def _days_around(operator: str, number: int) -> str:
    if operator == "last":
        return ngettext("last %(n)d day", "last %(n)d days", number) % {"n": number}
    return ngettext("next %(n)d day", "next %(n)d days", number) % {"n": number}


def days(number: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def orders_shown(asked: filters.Asked, request: HttpRequest) -> list[dict[str, Any]]:
    """The orders to choose from; the current one turns around when it is chosen again."""
    closed = asked.view == "closed" and not asked.pool
    sort = "closed" if closed and asked.sort in OF_OPEN else asked.sort
    shown = []
    for name, label in ORDER_WORDS.items():
        if name in (OF_OPEN if closed else ("closed",)):
            continue
        current = name == sort
        turned = current and not asked.reverse
        direction = ("descending" if asked.reverse else "ascending") if current else ""
        href = with_query(request, sort=f"-{name}" if turned else name)
        shown.append({"name": name, "label": label, "href": href, "sorted": direction})
    return shown
