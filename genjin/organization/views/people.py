"""Colleagues: the list, adding, changing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.organization import rules
from genjin.organization.filters import PeopleFilter
from genjin.organization.forms.people import PersonForm
from genjin.organization.models import Person
from genjin.organization.services import add_person, change_person
from genjin.organization.views.ways_in import show_link
from genjin.web.htmx import respond
from genjin.web.toasts import say

FIELDS = ("name", "sign_in", "role", "phone", "email", "daily_slots")


def person_list(request: HttpRequest) -> HttpResponse:
    """The colleagues one may see, unit by unit; `unit`, `role`, `state` and `q` narrow it."""
    require(request.user, "organization.see_people")
    chosen = PeopleFilter(request.GET, actor=request.user)
    context = {
        "chosen": chosen,
        "page": chosen.page(),
        "may_change": request.user.may("organization.change_people"),
    }
    return respond(request, "organization/person_list.html", context, fragment="organization/_person_table.html")


def person_add(request: HttpRequest) -> HttpResponse:
    """A new colleague; then their one-time link, shown once."""
    require(request.user, "organization.change_people")
    form = PersonForm(
        request.POST or None, actor=request.user, initial={"role": "seller", "unit": request.user.unit_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            person, secret = add_person(
                by=request.user, at=timezone.now(), today=timezone.localdate(), **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return show_link(request, person, secret)
    return _form_page(request, form, person=None)


def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague's page: what is known, their way in, and leaving. Who may only look sees it without a form."""
    require(request.user, "organization.see_people")
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if may_change(request.user, person) is not None:
        return respond(request, "organization/person_seen.html", {"person": person})
    start = {field: getattr(person, field) for field in FIELDS} | {"unit": person.unit_id}
    form = PersonForm(request.POST or None, actor=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            person = change_person(
                person, by=request.user, at=timezone.now(), today=timezone.localdate(), **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is saved.") % {"name": person.name})
            return redirect("person_list")
    return _form_page(request, form, person=person)


def may_change(actor: Person, person: Person) -> Any:
    """Why the actor may not change this colleague; None when they may."""
    return rules.refusal_to_touch(
        actor=actor.scope, actor_role=actor.role, person_role=person.role, person_unit=person.unit_id
    )


def _form_page(request: HttpRequest, form: PersonForm, *, person: Person | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": person}
    return respond(request, "organization/person_form.html", context, status=422 if form.errors else 200)
