"""Making one contact person of two or more of a customer, and as many again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from genjin.core import joining
from genjin.core.audit.services import changes_between, plain
from genjin.core.reasons import Refused
from genjin.customers import custom
from genjin.customers.merging.models import Merge, PeopleMerge
from genjin.customers.merging.services import BOTH, MOST, UNDOABLE_FOR, Chosen
from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.customers.search import reindex_customer
from genjin.customers.services.identity import CONTACT
from genjin.customers.services.records import keep, locked, require_working
from genjin.organization.models import Person

CHOSEN = tuple(field for field in CONTACT if field != "is_key_person")  # a KP stays one, whoever of them was
LONG = "remarks"


@transaction.atomic
def merge_people(
    *,
    customer: Customer,
    kept: ContactPerson,
    absorbed: Sequence[ContactPerson],
    chosen: Chosen | None = None,
    by: Person,
    at: datetime,
) -> PeopleMerge:
    """All of `absorbed` become part of `kept`: their phones go along without a double, notes name the kept one, fields
    that it lacks are filled. `chosen` as for customers.

    Whoever works the customer may. Raises Refused for people of another customer, or none.
    """
    row = locked(customer)
    require_working(row, by, timezone.localdate(at))
    keys = [kept.pk, *(person.pk for person in absorbed)]
    found = ContactPerson.objects.filter(customer=row).in_bulk(keys)
    if not absorbed or len(found) < len(keys):
        raise Refused("not_people_of_one_customer")
    if len(keys) > MOST:
        raise Refused("too_many_to_merge", most=MOST)
    merge = PeopleMerge(customer=row, people=keys, by=by, at=at, chosen=dict(chosen or {}))
    carry_out(merge, by=by, at=at)
    return merge


@transaction.atomic
def undo_people_merge(*, merge: PeopleMerge, by: Person, at: datetime) -> PeopleMerge:
    """As many people again, for thirty days, in any order. What was changed since stays with the kept one.

    Raises Refused when it is too old, or somebody removed the kept one.
    """
    row = locked(merge.customer_id)
    require_working(row, by, timezone.localdate(at))
    merge.refresh_from_db()
    if merge.undone_at is not None:
        return merge
    if at - merge.at > UNDOABLE_FOR:
        raise Refused("merge_is_too_old", days=UNDOABLE_FOR.days)
    later = resting_on([merge])
    taken_back = [merge, *later]
    for each in reversed(taken_back):
        take_back(each, by=by, at=at)
    for each in later:
        again(each, by=by, at=at)
    return merge


def carry_out(merge: PeopleMerge, *, by: Person, at: datetime) -> None:
    """The merge and its journal, by what is `chosen` in it; the customer is locked."""
    found = ContactPerson.objects.in_bulk(merge.people)
    kept, *others = (found[pk] for pk in merge.people)
    merge.kept, merge.customer_id = kept, kept.customer_id
    fields = (*CONTACT, *custom.names_of(kept.custom, *(person.custom for person in others)))
    merge.stood = _fields_of(kept, fields)
    both = merge.stood
    for person in others:
        its = _fields_of(person, fields)
        taken = [field for field, whose in merge.chosen.items() if whose == person.pk and field in fields]
        long = [LONG] if merge.chosen.get(LONG) == BOTH else []
        key = both["is_key_person"] or its["is_key_person"]
        both = joining.joined(both, its, fields, chosen=taken, both=long) | {"is_key_person": key}
    if len(both[LONG]) > _longest(LONG):
        raise Refused("remarks_too_long_together", length=len(both[LONG]), longest=_longest(LONG))
    merge.gone = [_row_of(person) for person in others]
    merge.phones = _bring_phones(kept, others)
    merge.named = _name_instead(kept, others)
    merge.left = both
    merge.undone_at = merge.undone_by = None
    _write(kept, both)
    ContactPerson.objects.filter(pk__in=[person.pk for person in others]).delete()
    merge.save()
    changes = changes_between(merge.stood, both) | {
        "contact_person": ["、".join(person.name for person in others), kept.name]
    }
    _record(merge.customer, "contact_person.merged", changes, by=by, at=at)


def take_back(merge: PeopleMerge, *, by: Person, at: datetime) -> None:
    """One merge back, the customer locked; says on the merge that it was."""
    kept = ContactPerson.objects.filter(pk=merge.people[0]).first()
    if kept is None:
        raise Refused("merged_person_is_gone")
    now = _fields_of(kept, merge.stood)
    merge.chosen = {field: whose for field, whose in merge.chosen.items() if now.get(field) == merge.left.get(field)}
    people = [_made_again(ContactPerson, row | {"customer_id": kept.customer_id}) for row in merge.gone]
    numbers = set(Phone.objects.filter(contact_person=kept).values_list("number", flat=True))
    phones = [pk for pk, _whose in merge.phones["moved"]]
    for pk, (whose, position) in merge.phones["moved"]:
        Phone.objects.filter(pk=pk, contact_person=kept).update(contact_person=whose, position=position)
    for gone in merge.phones["gone"]:
        if gone["number"] in numbers:  # else somebody has taken the number off the one that they were
            phones.append(_made_again(Phone, gone | {"customer_id": kept.customer_id}).pk)
    for table, rows in merge.named.items():
        model, field = _referring()[table]
        for pk, (was, became) in rows.items():
            model._default_manager.filter(pk=pk, **{field: became}).update(**{field: was})
    back = joining.taken_apart(merge.stood, merge.left, now)
    _write(kept, back)
    _went_along(kept, [person.pk for person in people], phones)
    merge.undone_at, merge.undone_by = at, by
    merge.save()
    changes = changes_between(now, now | back)
    changes["contact_person"] = [kept.name, "、".join((kept.name, *(person.name for person in people)))]
    _record(kept.customer, "contact_person.taken_apart", changes, by=by, at=at)


def between(kept: Customer, absorbed: Customer, came: Collection[int], journals: Collection[int]) -> list[PeopleMerge]:
    """Standing merges of people of both customers, and those that rest on them, the earliest first. `came`: the people
    who came along from the absorbed one; `journals`: merges of people that did."""
    there = PeopleMerge.objects.standing().filter(customer=kept, kept__isnull=False).exclude(pk__in=journals)
    crossing = [
        each for each in there.order_by("pk") if 0 < len(set(each.people).intersection(came)) < len(each.people)
    ]
    found = {each.pk: each for first in crossing for each in (first, *resting_on([first]))}
    here = ContactPerson.objects.filter(customer=kept).values_list("pk", flat=True)
    named = {pk for each in found.values() for pk in each.people[1:]}.union(here)
    return [found[pk] for pk in sorted(found) if found[pk].people[0] in named]


def again(merge: PeopleMerge, *, by: Person, at: datetime) -> None:
    """Carry out once more what was taken back on the way, where all of them still are with one customer."""
    people = ContactPerson.objects.filter(pk__in=merge.people)
    if people.count() == len(merge.people) and people.values("customer").distinct().count() == 1:
        carry_out(merge, by=by, at=at)


def resting_on(merges: Sequence[PeopleMerge]) -> list[PeopleMerge]:
    """Standing merges that came after these and have people of theirs, the earliest first."""
    touched = {pk for each in merges for pk in each.people}
    newest = max(each.pk for each in merges)
    found = []
    same = PeopleMerge.objects.standing().filter(customer__in={each.customer_id for each in merges}, pk__gt=newest)
    for each in same.order_by("pk"):
        if touched.intersection(each.people):
            touched.update(each.people)
            found.append(each)
    return found


def fits_together(texts: Iterable[str]) -> bool:
    """Whether remarks of all can stand one below the other."""
    return len("\n".join(text for text in texts if text)) <= _longest(LONG)


def _fields_of(person: ContactPerson, fields: Iterable[str]) -> dict[str, Any]:
    return {field: custom.value_of(person, field) for field in fields}


def _write(person: ContactPerson, values: Mapping[str, Any]) -> None:
    for field, value in values.items():
        if custom.is_custom(field):
            custom.set_value(person, field, value)
        else:
            setattr(person, field, value)
    person.save()


def _bring_phones(kept: ContactPerson, others: Sequence[ContactPerson]) -> dict[str, list[Any]]:
    known = list(Phone.objects.filter(contact_person=kept))
    numbers = {phone.number for phone in known}
    place = max((phone.position for phone in known), default=-1)
    moved, gone = [], []
    order: dict[int | None, int] = {person.pk: place for place, person in enumerate(others)}
    phones = list(Phone.objects.filter(contact_person__in=others))
    phones.sort(key=lambda phone: (order[phone.contact_person_id], phone.position, phone.pk))
    for phone in phones:
        if phone.number in numbers:
            gone.append(_row_of(phone))
            phone.delete()
            continue
        numbers.add(phone.number)
        moved.append([phone.pk, [phone.contact_person_id, phone.position]])
        place += 1
        Phone.objects.filter(pk=phone.pk).update(contact_person=kept, position=place)
    return {"moved": moved, "gone": gone}


def _name_instead(kept: ContactPerson, others: Sequence[ContactPerson]) -> dict[str, dict[str, list[int | None]]]:
    """Whatever names one of the others names the kept one; an earlier merge into one of them names nobody."""
    journal: dict[str, dict[str, list[int | None]]] = {}
    for table, (model, field) in _referring().items():
        rows = model._default_manager.filter(**{f"{field}__in": others}).values_list("pk", field)
        became = None if model is PeopleMerge else kept.pk
        if named := {str(pk): [was, became] for pk, was in rows}:
            journal[table] = named
            model._default_manager.filter(pk__in=list(named)).update(**{field: became})
    return journal


def _went_along(kept: ContactPerson, people: Sequence[int], phones: Sequence[int]) -> None:
    """Where the kept one came along with a customer that was merged, those that are there again did, too."""
    wanted = [kept.customer_id]
    while wanted:
        merges = [
            merge
            for merge in Merge.objects.standing().filter(kept__in=wanted)
            if kept.pk in merge.moved.get("customers.contactperson.customer", ())
        ]
        for merge in merges:
            for table, keys in (("contactperson", people), ("phone", phones)):
                came = merge.moved.setdefault(f"customers.{table}.customer", [])
                came += [pk for pk in keys if pk not in came]
            merge.save(update_fields=["moved"])
        wanted = [merge.absorbed_id for merge in merges]


def _row_of(row: Any) -> dict[str, Any]:
    return {column.attname: plain(getattr(row, column.attname)) for column in row._meta.concrete_fields}


def _made_again(model: Any, row: Mapping[str, Any]) -> Any:
    made = model(**row)
    made.save(force_insert=True)
    return made


def _record(customer: Customer, verb: str, changes: dict[str, list[Any]], *, by: Person, at: datetime) -> None:
    row = locked(customer.pk)
    keep(row, {}, by=by, at=at, verb=verb, changes=changes)
    reindex_customer(row)


def _longest(field: str) -> int:
    column: Any = ContactPerson._meta.get_field(field)
    return column.max_length


@cache
def _referring() -> dict[str, tuple[Any, str]]:
    """Whatever names a contact person, by what the journal calls it: tables of this app and of those to the right."""
    return {
        f"{one.related_model._meta.label_lower}.{one.field.name}": (one.related_model, one.field.name)
        for one in ContactPerson._meta.related_objects
        if one.related_model is not Phone
    }
