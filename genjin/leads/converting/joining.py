"""What a lead adds to a customer that is there, and how it is taken off again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.services.identity import FILE
from genjin.customers.services.restoring import standing_of
from genjin.followups.models import Touch
from genjin.leads.converting.rules import Carried, filled, person_filled

PERSON = ("name", "title", "wechat", "email")


@dataclass(slots=True)
class Joined:
    """`changes` for the record; `phones` that were made; `people`: key → what stood at a contact person (None: was
    made) and what stands now."""

    changes: dict[str, list[Any]] = field(default_factory=dict)
    phones: list[int] = field(default_factory=list)
    people: dict[str, list[Any]] = field(default_factory=dict)


def join(customer: Customer, given: Carried, chosen: Collection[str]) -> Joined:
    """Fill what a locked customer lacks, add the person and the number it does not know. Saves not the row itself."""
    for name, value in filled(standing_of(customer, FILE), given.file, chosen).items():
        setattr(customer, name, value)
    joined = Joined()
    person = _person(customer, given, joined)
    known = set(Phone.objects.filter(customer=customer).values_list("number", flat=True))
    new = [number for number in given.phones if number not in known]
    for number in new:
        row = Phone.objects.create(customer=customer, contact_person=person, number=number, position=len(known))
        joined.phones.append(row.pk)
    if new:
        joined.changes["phones"] = [[], new]
    return joined


def _person(customer: Customer, given: Carried, joined: Joined) -> ContactPerson | None:
    if not given.person:
        return None
    there = person_there(customer, given)
    if there is None:
        position = customer.contact_people.count()
        there = ContactPerson.objects.create(customer=customer, position=position, **given.person)
        joined.people[str(there.pk)] = [None, _fields(there)]
        joined.changes["contact_person"] = [None, there.name]
        return there
    before = _fields(there)
    if added := person_filled(before, given.person):
        for name, value in added.items():
            setattr(there, name, value)
        there.save(update_fields=list(added))
        joined.people[str(there.pk)] = [before, _fields(there)]
        joined.changes["contact_person"] = [there.name, there.name]
        joined.changes |= {name: [before[name], value] for name, value in added.items()}
    return there


def person_there(customer: Customer, given: Carried) -> ContactPerson | None:
    """Who of the customer's people it is: by an address of theirs, or by name."""
    for person in ContactPerson.objects.filter(customer=customer):
        email, wechat = person.email.casefold(), person.wechat
        if (email and email == given.person["email"].casefold()) or (wechat and wechat == given.person["wechat"]):
            return person
        if person.name == given.person["name"]:
            return person
    return None


def _fields(person: ContactPerson) -> dict[str, str]:
    return {name: getattr(person, name) for name in PERSON}


def take_off(customer: Customer, *, phones: Collection[int], people: Mapping[str, list[Any]]) -> None:
    """Take away the person and the number that came with the lead, and what it filled in, unless somebody has changed
    or used it since."""
    there = {row.pk: row for row in ContactPerson.objects.filter(customer=customer, pk__in=map(int, people))}
    going = {
        pk
        for pk, row in there.items()
        if people[str(pk)][0] is None and _fields(row) == people[str(pk)][1] and _unused(row, phones)
    }
    stay = {pk for pk in there if people[str(pk)][0] is None and pk not in going}
    Phone.objects.filter(customer=customer, pk__in=phones).exclude(contact_person__in=stay).delete()
    for pk, row in there.items():
        before, after = people[str(pk)]
        if pk in going:
            row.delete()
        elif before is not None:
            back = [name for name in PERSON if before[name] != after[name] and getattr(row, name) == after[name]]
            for name in back:
                setattr(row, name, before[name])
            if back:
                row.save(update_fields=back)


def _unused(person: ContactPerson, phones: Collection[int]) -> bool:
    """Nobody has talked with them, and they have no further number."""
    return not (
        Touch.objects.filter(contact_person=person).exists()
        or Phone.objects.filter(contact_person=person).exclude(pk__in=phones).exists()
    )
