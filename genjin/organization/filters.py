"""Which colleagues a list shows."""

from collections.abc import Mapping
from functools import cached_property

from genjin.organization.models import Person, PersonQuerySet, Role, Unit
from genjin.organization.shown_tree import choices_of, in_tree_order, visible_tree
from genjin.web.paging import Page

PAGE = 100


class PeopleFilter:
    """Unit (with what lies below), role, state and part of a name, from a page's query."""

    def __init__(self, query: Mapping[str, str], *, actor: Person) -> None:
        self.actor = actor
        self.text = query.get("q", "").strip()[:60]
        self.role = query.get("role", "") if query.get("role") in Role.values else ""
        self.state = query.get("state", "") if query.get("state") in ("left", "all") else ""
        wanted = query.get("unit", "")
        self.unit = wanted if wanted in {str(unit.pk) for unit in self.units} else ""
        start = query.get("cursor", "")
        self.start = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0

    @cached_property
    def units(self) -> list[Unit]:
        return list(Unit.objects.visible_to(self.actor))

    @property
    def unit_choices(self) -> list[tuple[int, str]]:
        return choices_of(self.units)

    @property
    def role_choices(self) -> list[tuple[str, str]]:
        return [(role, str(label)) for role, label in Role.choices]

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.role or self.state or self.unit)

    def people(self) -> PersonQuerySet:
        people = Person.objects.visible_to(self.actor)
        if self.unit:
            people = people.filter(unit__in=visible_tree(self.units).below(int(self.unit)))
        if self.role:
            people = people.filter(role=self.role)
        if self.state != "all":
            people = people.filter(is_active=self.state != "left")
        if self.text:
            people = people.filter(name__icontains=self.text) | people.filter(sign_in__icontains=self.text)
        return people

    def page(self) -> Page:
        """A hundred people: unit by unit from the top, those who work here before those who left."""
        place = {unit.pk: number for number, (unit, _depth) in enumerate(in_tree_order(self.units))}
        keys = sorted(
            self.people().values_list("pk", "unit_id", "is_active"),
            key=lambda row: (place.get(row[1], 0), not row[2], row[0]),
        )
        start = min(self.start, len(keys)) // PAGE * PAGE
        shown = [key for key, _unit, _active in keys[start : start + PAGE]]
        people = Person.objects.visible_to(self.actor).select_related("unit").in_bulk(shown)
        return Page(
            rows=[people[key] for key in shown],
            has_previous=start > 0,
            has_next=start + PAGE < len(keys),
            previous_cursor=str(start - PAGE),
            next_cursor=str(start + PAGE),
            first_index=start + 1 if shown else None,
            total=len(keys),
        )
