"""The register of key customers: one's own, that of somebody one leads, and writing into it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from genjin.core.permissions import require
from genjin.customers.views import verbs
from genjin.followups.desk import customer_for
from genjin.followups.models import KeyNote
from genjin.followups.register.reading import register_of
from genjin.followups.register.services import note_key_customer
from genjin.organization.models import Person
from genjin.web.forms import Form
from genjin.web.htmx import respond


class KeyNoteForm(Form):
    next_step = forms.CharField(label=gettext_lazy("Next step"), max_length=200, required=False)
    left_open = forms.CharField(label=gettext_lazy("What was left open"), max_length=200, required=False)
    memo = forms.CharField(label=gettext_lazy("Memo"), widget=forms.Textarea, max_length=2000, required=False)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own key customers."""
    require(request.user, "customers.work")
    return _page(request, request.user)


@require_safe
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of somebody one leads."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if person.pk != request.user.pk:
        require(request.user, "followups.see_team")
    return _page(request, person)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a key customer's line."""
    customer = customer_for(request.user, pk)
    known = KeyNote.objects.visible_to(request.user).filter(customer=customer).first()
    typed = {name: getattr(known, name) if known else "" for name in ("next_step", "left_open", "memo")}
    form = KeyNoteForm(request.POST if request.method == "POST" else None, initial=typed)
    back = reverse("register")
    if customer.owner_id and customer.owner_id != request.user.pk:
        back = reverse("register_of", args=[customer.owner_id])
    asking = verbs.Asking(customer.name, _("Save"), back)

    def act(given: dict[str, Any]) -> verbs.Done:
        note_key_customer(customer=customer, **given, by=request.user, at=timezone.now())
        return verbs.Done(_("%(name)s: noted") % {"name": customer.name})

    return verbs.answer(request, form, asking, act)


def _page(request: HttpRequest, person: Person) -> HttpResponse:
    context = {
        "register": register_of(person, today=timezone.localdate()),
        "is_own": person.pk == request.user.pk,
        "may_write": request.user.may("customers.work"),
    }
    return respond(request, "followups/register.html", context)
