"""Kept lists: the link to one, naming the list in front of one, changing, pinning, deleting."""

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from genjin.core.audit.models import Entry
from genjin.core.reasons import Refused
from genjin.core.scoping import Reader, Scope
from genjin.core.statements import Statement
from genjin.customers import listing
from genjin.customers.forms.saved_views import SavedViewForm
from genjin.customers.listing import Listing
from genjin.customers.saved.models import SavedView
from genjin.customers.services import saved_views as services
from genjin.web.htmx import redirect_to, respond, shown_anew
from genjin.web.toasts import say, warn
from genjin.web.wording import word

SHOWN = 200
IN_MENU = 20


def address_of_view(view: SavedView) -> str:
    """The list of a view: all of it stands in the address, so that what somebody changes there can be sent on."""
    kept = QueryDict(view.query)
    is_pool = kept.get("pool", "no") != "no" and "view" not in kept
    return f"{reverse('pool' if is_pool else 'customers')}?saved={view.pk}&{view.query}"


def tabs_of_views(wanted: Listing) -> tuple[list[dict[str, Any]], list[SavedView], SavedView | None]:
    """The pinned views as tabs, others for the menu, and the one that is open."""
    person = wanted.person
    views = _views_of(person.scope.everything, person.scope.commons, person.unit_id)(person=person.pk)
    prefetch_related_objects(views, "pinned_by")
    pinned: list[dict[str, Any]] = []
    others: list[SavedView] = []
    opened: SavedView | None = None
    for view in views:
        current = view.pk == wanted.asked.saved
        opened = view if current else opened
        if current or any(each.pk == person.pk for each in view.pinned_by.all()):
            pinned.append({"label": view.name, "href": address_of_view(view), "current": current})
        elif len(others) < IN_MENU:
            others.append(view)
    return pinned, others, opened


@lru_cache(512)
def _views_of(everything: bool, commons: frozenset[int], unit: int | None) -> Statement:
    """The question for whoever sees alike: it stands on every list, and there is mostly none."""

    def views(person: int) -> QuerySet:
        reader = Reader(person, Scope(person, everything, commons=commons), unit)
        return SavedView.objects.visible_to(reader).select_related("owner")[:SHOWN]

    return Statement(views)


def menu_of_views(request: HttpRequest, wanted: Listing, others: list[SavedView], opened: SavedView | None) -> dict:
    """What the menu “Views” offers for the list in front of one."""
    plain = listing.without_saved(wanted.query)
    changed = opened is not None and plain != opened.query
    return {
        "others": [(view.name, address_of_view(view)) for view in others],
        "opened": opened,
        "may_save_changes": changed and services.may_change(opened, request.user),  # type: ignore[arg-type]
        "is_changed": changed,
        "list_query": wanted.query,
        "may_save": request.user.may("customers.save_views"),
    }


@require_GET
def saved_view_list(request: HttpRequest) -> HttpResponse:
    """One's own and those that others share."""
    views = SavedView.objects.visible_to(request.user).select_related("owner").prefetch_related("pinned_by")
    rows = [
        {
            "view": view,
            "address": address_of_view(view),
            "words": listing.read(view.query, request.user).words(),
            "is_pinned": any(person.pk == request.user.pk for person in view.pinned_by.all()),
            "may_change": services.may_change(view, request.user),
        }
        for view in views[:SHOWN]
    ]
    return respond(request, "customers/saved_view_list.html", {"rows": rows})


@require_GET
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The link one sends: it leads to the list, of which everybody sees what is theirs."""
    return redirect(address_of_view(_view(request, pk)))


def saved_view_new(request: HttpRequest) -> HttpResponse:
    """Name the list in front of one."""
    wanted = listing.read(request.POST.get("list") or request.GET.get("list", ""), request.user)
    form = SavedViewForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_view(
                name=form.cleaned_data["name"],
                share=form.cleaned_data["share"],
                query=wanted.kept(),
                widths=wanted.layout().widths,
                pinned=True,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("name", word(refused))
        else:
            say(request, _("Saved: %(name)s") % {"name": made.name})
            return redirect_to(request, address_of_view(made))
    return _form(request, form, wanted, reverse("saved_view_new"), _("Save this list as a view"))


def saved_view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, other readers."""
    view = _view(request, pk)
    form = SavedViewForm(request.POST or None, actor=request.user, view=view)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_view(
                view=view,
                name=form.cleaned_data["name"],
                share=form.cleaned_data["share"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("name", word(refused))
        else:
            say(request, _("Saved."))
            return redirect_to(request, reverse("saved_view_list"))
    wanted = listing.read(view.query, request.user)
    return _form(request, form, wanted, reverse("saved_view_change", args=[pk]), _("Change the view"))


@require_POST
def saved_view_query(request: HttpRequest, pk: int) -> HttpResponse:
    """The view holds from now on the list in front of one."""
    wanted = listing.read(request.POST.get("list", ""), request.user)
    view = services.change_view(
        view=_view(request, pk),
        query=wanted.kept(),
        widths=wanted.layout().widths,
        by=request.user,
        at=timezone.now(),
    )
    say(request, _("Saved: %(name)s") % {"name": view.name})
    return redirect_to(request, address_of_view(view))


@require_POST
def saved_view_pin(request: HttpRequest, pk: int) -> HttpResponse:
    view = _view(request, pk)
    services.pin_view(view=view, pinned=request.POST.get("pinned") == "1", by=request.user, at=timezone.now())
    return redirect_to(request, reverse("saved_view_list"))


@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = _view(request, pk)
    entry = services.delete_view(view=view, by=request.user, at=timezone.now())
    say(request, _("Deleted: %(name)s") % {"name": view.name}, undo=reverse("saved_view_give_back", args=[entry.pk]))
    return redirect_to(request, reverse("saved_view_list"))


@require_POST
def saved_view_give_back(request: HttpRequest, entry: int) -> HttpResponse:
    """Take one's own deletion back."""
    deleted = get_object_or_404(Entry, pk=entry, kind="saved_view", verb="view.deleted", by=request.user)
    try:
        services.give_view_back(entry=deleted, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
    else:
        say(request, _("Taken back."))
    return shown_anew(request, reverse("saved_view_list"))


def _view(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user).select_related("owner"), pk=pk)


def _form(request: HttpRequest, form: SavedViewForm, wanted: Listing, action: str, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "action": action,
        "list_query": wanted.query,
        "words": wanted.words(),
        "column_labels": [column.label for column in wanted.columns()],
        "back": f"{reverse('customers')}?{wanted.query}",
    }
    status = 422 if form.errors else 200
    fragment = "customers/_saved_view_form.html"
    return respond(request, "customers/saved_view_form.html", context, fragment=fragment, status=status)
