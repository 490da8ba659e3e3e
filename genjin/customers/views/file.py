"""Changing who a customer is, in place: its file, its people, its profile."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.customers.forms.file import ContactForm, FileForm, ProfileForm
from genjin.customers.history import Told, tell
from genjin.customers.models import ContactPerson, Customer, Profile
from genjin.customers.services import identity
from genjin.customers.views import verbs
from genjin.customers.views.finding import customer_for, require_ability
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def customer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The section “file” as a form, in its place."""
    row = _workable(request, pk)
    form = FileForm(request.POST or None, instance=row, actor=request.user)

    def save(version: int | None) -> None:
        identity.change_customer(
            customer=row, fields=form.values, phones=form.cleaned_data["phones"], tags=form.cleaned_data["tags"],
            custom=form.custom,
            by=request.user, at=timezone.now(), version=version,
        )  # fmt: skip

    return _edit(request, row, form, "file", _("Customer file"), save)


def customer_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """What one wants to know before dialling, as a form in its place."""
    row = _workable(request, pk)
    profile = Profile.objects.filter(customer=row).first() or Profile(customer=row)
    form = ProfileForm(request.POST or None, instance=profile, initial={"version": row.version})

    def save(version: int | None) -> None:
        identity.change_profile(customer=row, fields=form.values, by=request.user, at=timezone.now(), version=version)

    return _edit(request, row, form, "profile", _("Before the call"), save)


def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    row = _workable(request, pk)
    form = ContactForm(
        request.POST or None, custom_actor=request.user, custom_is_new=True, initial={"version": row.version}
    )

    def save(version: int | None) -> None:
        identity.save_contact_person(
            customer=row, contact=form.file, by=request.user, at=timezone.now(), version=version
        )

    return _edit(request, row, form, "contacts", _("New contact person"), save)


def contact_edit(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    row = _workable(request, pk)
    person = get_object_or_404(ContactPerson.objects.visible_to(request.user), pk=contact, customer=row)
    numbers = list(person.phones.values_list("number", flat=True))
    form = ContactForm(
        request.POST or None,
        custom_actor=request.user,
        custom_held=person.custom,
        initial=ContactForm.initial_of(person, numbers, row.version),
    )

    def save(version: int | None) -> None:
        identity.save_contact_person(
            customer=row, contact=form.file, existing=person, by=request.user, at=timezone.now(), version=version
        )

    remove = reverse("contact_remove", args=[row.pk, person.pk])
    return _edit(request, row, form, "contacts", person.name, save, remove=remove)


def contact_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Asked once more: who it was stays in the record, but it cannot be taken back."""
    row = _workable(request, pk)
    person = get_object_or_404(ContactPerson.objects.visible_to(request.user), pk=contact, customer=row)
    asking = verbs.Asking(
        title=_("Remove %(name)s") % {"name": person.name},
        submit=_("Remove"),
        back=reverse("customer", args=[row.pk]),
        lines=[_("The record keeps who it was. Notes stay.")],
        is_danger=True,
    )

    def act(_data: dict[str, Any]) -> verbs.Done:
        identity.remove_contact_person(contact=person, by=request.user, at=timezone.now())
        return verbs.Done(_("Removed: %(name)s") % {"name": person.name})

    return verbs.answer(request, Form(request.POST if request.method == "POST" else None), asking, act)


def _workable(request: HttpRequest, pk: int) -> Customer:
    row = customer_for(request, pk)
    require_ability("work", row, request.user, timezone.localdate())
    return row


def _edit(
    request: HttpRequest, row: Customer, form: Any, section: str, title: str, save: Any, *, remove: str = ""
) -> HttpResponse:
    """Show the form, or save it. Who was slower is shown what changed, keeps what they typed, and may save again."""
    changed: Sequence[Told] = ()
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                save(form.cleaned_data["version"])
            except NotPermitted:
                raise
            except Outdated as outdated:
                changed = tell(outdated.changes, row, request.user)
                form.data = form.data.copy()
                form.data["version"] = str(customer_for(request, row.pk).version)
            except Refused as refused:
                form.add_error(None, word(refused))
            else:
                say(request, _("Saved."))
                return redirect_to(request, reverse("customer", args=[row.pk]))
        status = 422
    context = {
        "customer": row, "form": form, "section": section, "title": title, "changed": changed, "remove": remove,
        "action": request.path,
    }  # fmt: skip
    return respond(
        request, "customers/section_form.html", context, fragment="customers/_section_form.html", status=status
    )
