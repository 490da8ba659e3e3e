"""Making one contact person of several of a customer: who, then side by side; and taking them apart again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.reasons import NotPermitted, Refused
from genjin.customers.merging import people, side_by_side
from genjin.customers.models import ContactPerson, PeopleMerge
from genjin.customers.views.finding import customer_for, require_ability
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def contact_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """`/customers/7/contacts/merge/?who=3&who=5`: 3 is kept, 5 becomes part of them. Without two it asks who."""
    row = customer_for(request, pk)
    require_ability("work", row, request.user, timezone.localdate())
    everybody = list(row.contact_people.prefetch_related("phones"))
    known = {str(person.pk): person for person in everybody}
    chosen_people = [known[key] for key in dict.fromkeys(request.GET.getlist("who")) if key in known]
    if len(chosen_people) < 2:
        context: dict[str, Any] = {"customer": row, "people": everybody, "asked": "who" in request.GET}
        return respond(request, "customers/contact_merge_who.html", context)
    refused = ""

    def lines(chosen: Any) -> list[side_by_side.Line]:
        return side_by_side.people_compared(chosen_people, chosen, request.user)

    chosen = side_by_side.read_choice(request.POST, chosen_people, lines) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            merge = people.merge_people(
                customer=row, kept=chosen_people[0], absorbed=chosen_people[1:], chosen=chosen, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except NotPermitted:
            raise
        except Refused as refusal:
            refused = word(refusal)
        else:
            undo = reverse("people_merge_undo", args=[merge.pk])
            say(request, _("Merged: %(name)s") % {"name": chosen_people[0].name}, undo=undo)
            return redirect_to(request, reverse("customer", args=[row.pk]))
    context = {
        "customer": row,
        "rows": chosen_people,
        "orders": {person.pk: _address(request, [person, *chosen_people]) for person in chosen_people},
        "lines": lines(chosen),
        "refused": refused,
    }
    return respond(request, "customers/contact_merge.html", context, status=422 if refused else 200)


@require_POST
def people_merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """As many contact people again as there were."""
    merge = get_object_or_404(PeopleMerge.objects.visible_to(request.user), pk=pk)
    people.undo_people_merge(merge=merge, by=request.user, at=timezone.now())
    say(request, _("Contact people of their own again"))
    return redirect_to(request, reverse("customer", args=[merge.customer_id]))


def _address(request: HttpRequest, rows: list[ContactPerson]) -> str:
    keys = dict.fromkeys(person.pk for person in rows)
    return f"{request.path}?{'&'.join(f'who={pk}' for pk in keys)}"
