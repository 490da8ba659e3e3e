"""One condition as somebody fills it in: field, operator, values, and beside which others it stands."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from genjin.customers import filters, known_values
from genjin.customers.conditions import group_in_words
from genjin.customers.filters import Asked, Condition, Field, Where
from genjin.customers.forms.people import offering
from genjin.customers.looked_up import choices_of, found_rows, labels_of
from genjin.customers.operator_words import operators_of
from genjin.organization.models import Person

WITH_OWN_VALUES = ("number", "amount", "days", "day")  # every operator has boxes of its own
SEVERAL = "、"


@dataclass(slots=True)
class ConditionForm:
    """`asked` is the list the condition is added to. Bound to a query with an operator it can be `added`."""

    asked: Asked
    of: Field
    given: QueryDict
    person: Person
    wrong: str = field(default="")

    @property
    def control(self) -> str:
        return self.of.kind.control

    @property
    def operators(self) -> list[tuple[str, Any]]:
        return operators_of(self.of)

    @property
    def operator(self) -> str:
        """The one that was chosen; one whose boxes were filled in counts more than one that was left standing."""
        names = [name for name, _label in self.operators]
        chosen = self.given.get("operator", names[0])
        filled = [name for name in names if any(self.given.getlist(name))]
        if filled and chosen not in filled and chosen not in filters.WITHOUT_VALUE:
            return filled[0]
        return chosen

    def values(self, operator: str) -> list[str]:
        """What stands in the boxes of an operator."""
        return self.given.getlist(operator if self.control in WITH_OWN_VALUES else "value")

    @property
    def text(self) -> str:
        return SEVERAL.join(self.values("value"))

    @property
    def box(self) -> dict[str, Any]:
        """The attributes of a box for text: it offers what is known where something is."""
        plain = {"maxlength": 400, "autofocus": True, "autocomplete": "off"}
        if not known_values.is_known(self.of.name):
            return plain
        return {**plain, "list": "f-value-offered", **offering(f"{reverse('values_offered')}?field={self.of.name}")}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The values to choose from: those that are chosen already, then those that are found."""
        if self.control == "choice":
            return choices_of(self.of.name, self.person)
        chosen = tuple(self.values("value"))
        kept = list(zip(chosen, labels_of(self.of.name, chosen, self.person), strict=True))
        found = found_rows(self.of.name, self.given.get("find", "").replace("\0", "").strip()[:60], self.person)
        return kept + [pair for pair in found if pair[0] not in chosen]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where the new condition can stand: beside the conditions of a group, or in a group of its own."""
        offered = []
        for number, group in enumerate(self.asked.where.groups):
            words = group_in_words(group, self.person)
            alone = len(group.conditions) == 1
            if alone or group.join == "all":
                offered.append((f"{number}-all", _("%(conditions)s, and the new one") % {"conditions": words}))
            if alone or group.join == "any":
                offered.append((f"{number}-any", _("%(conditions)s, or the new one") % {"conditions": words}))
        return [*offered, ("new", _("in a group of its own"))] if offered else []

    @property
    def place(self) -> str:
        known = [place for place, _words in self.places]
        return self.given.get("place") if self.given.get("place") in known else next(iter(known), "new")  # type: ignore[return-value]

    def added(self) -> Asked | None:
        """The list with the condition; None, and `wrong` says why, if it makes no sense or there are too many."""
        condition = filters.understood(Condition(self.of.name, self.operator, self._cleaned()), self.person)
        if condition is None:
            self.wrong = _("Say what it is compared with.")
            return None
        if len(self.asked.conditions()) >= filters.MOST:
            self.wrong = _("A list takes at most %(most)s conditions. Take some away first.") % {"most": filters.MOST}
            return None
        number, _dash, join = self.place.partition("-")
        where = self.asked.where
        if join:
            groups = list(where.groups)
            groups[int(number)] = replace(groups[int(number)], join=join)
            where = Where(tuple(groups), where.join).plus(condition, group=int(number))
        else:
            where = where.plus(condition)
        return replace(self.asked, where=replace(where, join=self._join(where)))

    def _join(self, where: Where) -> str:
        return self.given.get("join") if self.given.get("join") in ("all", "any") else where.join  # type: ignore[return-value]

    def _cleaned(self) -> tuple[str, ...]:
        if self.operator in filters.WITHOUT_VALUE:
            return ()
        values = [value.strip() for value in self.values(self.operator)]
        if self.control == "text" and self.operator in ("is", "not"):
            values = [part.strip() for value in values for part in value.split(SEVERAL)]
        return tuple(values)
