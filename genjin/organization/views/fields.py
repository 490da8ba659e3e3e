"""Custom fields: which there are of what, and defining them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genjin.core.fields import registry, services
from genjin.core.fields.checks import MOST_FIELDS
from genjin.core.fields.definitions import Definition
from genjin.core.fields.models import Field
from genjin.core.fields.reading import fields_of
from genjin.core.permissions import require
from genjin.core.reasons import Outdated, Refused
from genjin.organization.forms.fields import FieldForm
from genjin.organization.models import Role
from genjin.web.fields.words import KIND_WORDS
from genjin.web.htmx import respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_safe
def field_list(request: HttpRequest) -> HttpResponse:
    """Of every subject the fields in use in their order, then the retired ones."""
    require(request.user, "fields.see")
    groups = []
    for subject in registry.subjects():
        every = fields_of(subject.kind, request.user, retired=True)
        used = [field for field in every if not field.is_retired]
        groups.append((subject, used, [field for field in every if field.is_retired]))
    context: dict[str, Any] = {
        "groups": groups,
        "kinds": KIND_WORDS,
        "roles_of": roles_of,
        "most": MOST_FIELDS,
        "may_change": request.user.may(services.VERB),
    }
    return respond(request, "organization/field_list.html", context)


def field_add(request: HttpRequest) -> HttpResponse:
    """`/settings/fields/new/?of=customer`."""
    require(request.user, services.VERB)
    try:
        subject = registry.subject_of(request.GET.get("of", ""))
    except KeyError:
        raise Http404 from None
    form = FieldForm(request.POST or None, subject=subject.kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_field(subject=subject.kind, **form.details(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is made.") % {"name": made.label})
            return redirect("field_list")
    return _form_page(request, form, subject=subject, field=None)


def field_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Label, choices, bounds, who sees it; the kind as long as no value stands."""
    require(request.user, services.VERB)
    field = get_object_or_404(Field, pk=pk)
    form = FieldForm(request.POST or None, field=field)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            services.change_field(
                field=field, **form.details(), version=int(version) if version.isdecimal() else None,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Outdated:
            form.add_error(None, _("Somebody else has changed this field meanwhile. Look at it anew."))
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is saved.") % {"name": form.cleaned_data["label"]})
            return redirect("field_list")
    return _form_page(request, form, subject=registry.subject_of(field.subject), field=field)


@require_POST
def field_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """One place up or down."""
    require(request.user, services.VERB)
    field = get_object_or_404(Field, pk=pk, retired_on=None)
    services.move_field(field=field, up=way == "up", by=request.user, at=timezone.now())
    return redirect("field_list")


@require_POST
def field_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it no more."""
    require(request.user, services.VERB)
    field = services.retire_field(field=get_object_or_404(Field, pk=pk), by=request.user, at=timezone.now())
    say(request, _("%(name)s is offered no more. What stands in it is kept.") % {"name": field.label})
    return redirect("field_list")


@require_POST
def field_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it again."""
    require(request.user, services.VERB)
    field = get_object_or_404(Field, pk=pk)
    try:
        services.bring_back_field(field=field, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("%(name)s is offered again.") % {"name": field.label})
    return redirect("field_list")


def roles_of(field: Definition, name: str) -> str:
    """Which roles see (or change) it besides who defines fields, in words; "" for all."""
    roles = getattr(field, name)
    return "、".join(str(label) for role, label in Role.choices if role in roles)


def _form_page(
    request: HttpRequest, form: FieldForm, *, subject: registry.Subject, field: Field | None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "subject": subject, "field": field}
    return respond(request, "organization/field_form.html", context, status=422 if form.errors else 200)
