"""The customer page: who it is, what happened, what comes next."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from genjin.core.panels import panels_for
from genjin.core.time_limit import TakesTooLong
from genjin.customers import listing, timeline
from genjin.customers.abilities import abilities_of
from genjin.customers.classes import rung_of
from genjin.customers.custom_words import Filled, filled
from genjin.customers.duplicates.hints import duplicates_of
from genjin.customers.duplicates.people import who_may_be_one
from genjin.customers.merging.reading import merge_of, parts_of, people_made_one
from genjin.customers.models import Customer
from genjin.customers.pools.claiming import refusal_to_claim
from genjin.customers.pools.counting import look_at
from genjin.customers.pools.masking import masks
from genjin.customers.reading import with_people_read
from genjin.customers.recycling.reading import going_of
from genjin.customers.services.standing import confirmable, practice_for
from genjin.customers.shown import in_pool_since, next_contact_in_words
from genjin.customers.views.finding import customer_for, instant
from genjin.customers.views.lists import limit_of
from genjin.organization.models import Person
from genjin.playbooks.rules import close_window
from genjin.web.htmx import respond
from genjin.web.paging import neighbours, position_of


@require_GET
def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/customers/7/`, with the list one came from in the query string."""
    row, today = with_people_read(customer_for(request, pk, beside=("profile",))), timezone.localdate()
    look_at(customer=row, by=request.user, at=timezone.now())
    contacts = list(row.contact_people.all())
    context = header_of(row, request) | {
        "contacts": contacts,
        "who_may_be_one": [] if masks(row) else who_may_be_one(contacts),
        "own_phones": [phone.number for phone in row.phones.all() if phone.contact_person_id is None],
        "tags": list(row.tags.all()),
        "custom": filled("customer", [row], request.user, masked=masks(row))[0],
        "contacts_custom": custom_of_people(row, request.user),
        "profile": profile_of(row),
        "lent": list(row.collaborations.select_related("person")),
        "today": today,
        "place_in_list": place_in_list(request, row, today),
        "panels": panels_for("customer", request.user),
        "in_pool_since": in_pool_since([row])[row.pk] if row.pool_id and row.is_open else None,
    }
    return respond(request, "customers/customer.html", context | timeline_of(request, row))


def custom_of_people(row: Customer, reader: Person) -> dict[int, list[Filled]]:
    """What custom fields say of each contact person, by key."""
    people = list(row.contact_people.all())
    told = filled("contact_person", people, reader, masked=masks(row))
    return {person.pk: each for person, each in zip(people, told, strict=True)}


def header_of(row: Customer, request: HttpRequest) -> dict[str, Any]:
    """What the head and the bar of the next contact show."""
    today = timezone.localdate()
    practice = practice_for(row)
    abilities = abilities_of(row, request.user, today)
    return {
        "customer": row,
        "cannot_claim": refusal_to_claim(row, request.user, today=today) if abilities.claim else None,
        "rung": rung_of(row.playbook, row.class_code),
        "may": abilities,
        "masks": masks(row),
        "state": row.follow_up_state(today),
        "next": next_contact_in_words(row, today),
        "window": window_of(row, practice, today),
        "to_confirm": conditions_to_confirm(row, practice) if abilities.confirm else [],
        "number": first_number(row),
        "going": going_of(row, practice, today),
    }


def window_of(row: Customer, practice: Any, today: Any) -> Any:
    """How much of the class's close window is left, from the first entry into the class."""
    entered = row.entered_classes.get(row.class_code)
    if not row.is_open or entered is None or not practice.playbook.has_class(row.class_code):
        return None
    return close_window(practice.playbook.class_of(row.class_code), datetime.fromisoformat(entered).date(), today)


def conditions_to_confirm(row: Customer, practice: Any) -> list[tuple[str, str]]:
    """What a team lead could still confirm about this customer, in words."""
    language = get_language()
    asked = confirmable(practice).values()
    return [(each.code, each.words.in_language(language)) for each in asked if each.code not in row.conditions]


def first_number(row: Customer) -> str:
    """Whom one calls: the first contact person (the KP comes first), else the customer itself."""
    numbers = [phone.number for person in row.contact_people.all() for phone in person.phones.all()]
    rest = sorted(row.phones.all(), key=lambda phone: (phone.contact_person_id or 0, phone.position))
    return next(iter(numbers or [phone.number for phone in rest]), "")


def profile_of(row: Customer) -> Any:
    return getattr(row, "profile", None)


def place_in_list(request: HttpRequest, row: Customer, today: Any) -> dict[str, Any] | None:
    """Previous and next of the list one came from, which one this is, and the way back to it."""
    if not listing.is_stated(request.GET):
        return None
    wanted = listing.read(request.GET, request.user)
    query, order = wanted.query, wanted.order()
    try:
        with limit_of(wanted):
            rows = wanted.rows(today)
            before, after = neighbours(rows, order, row)
            position = position_of(rows, order, row)
    except TakesTooLong:
        before = after = position = None

    def address(pk: int | None) -> str:
        return f"{reverse('customer', args=[pk])}?{query}" if pk else ""

    base = reverse("pool") if wanted.in_pool and not wanted.asked.view else reverse("customers")
    return {
        "previous": address(before),
        "next": address(after),
        "position": position,
        "back": f"{base}?{query}",
        "query": query,
    }


def timeline_of(request: HttpRequest, row: Customer) -> dict[str, Any]:
    kind = request.GET.get("happened", "")
    before = instant(request.GET.get("before", ""))
    text = request.GET.get("text", "").strip()[:60]
    asked = timeline.Asked(row, request.user, kind if kind in timeline.KINDS else "", text, before)
    page = timeline.page_of(asked)
    return {
        "customer": row,
        "items": page.items,
        "older": page.before.isoformat() if page.before else "",
        "kinds": timeline.KINDS,
        "happened": asked.kind,
        "text": text,
        "continues": before is not None,
        "last_day": request.GET.get("last_day", ""),
    }


@require_GET
def customer_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened: one kind or all, with a text or any; `before` gives the older part."""
    row = customer_for(request, pk)
    look_at(customer=row, by=request.user, at=timezone.now())
    context = timeline_of(request, row)
    fragment = "customers/_timeline_more.html" if context["continues"] else "customers/_customer_timeline.html"
    return respond(request, "customers/customer_timeline.html", context, fragment=fragment)


@require_GET
def customer_duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of who may be the same customer."""
    row = customer_for(request, pk)
    merged = merge_of(row, timezone.now())
    found = [] if merged else duplicates_of(request.user, row, with_phones=not masks(row))
    context = {
        "customer": row,
        "duplicates": found,
        "merged": merged,
        "parts": parts_of(row, request.user, timezone.now()),
        "people": people_made_one(row, abilities_of(row, request.user, timezone.localdate()).work, timezone.now()),
    }
    return respond(
        request, "customers/customer_duplicates.html", context, fragment="customers/_customer_duplicates.html"
    )
